"""Roles, kinds of organisation, the working calendar and who signs: `mechanism.toml` of a draft, as pages edit it."""
