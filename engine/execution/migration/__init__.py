"""Carries running instances over to other diagrams: what waits goes on, at the same element or at a chosen one."""
