"""Carries a running instance over to other diagrams: what waits goes on waiting, at the same element or a chosen one."""
