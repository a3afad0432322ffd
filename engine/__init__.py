"""Runs whatever a release of the mechanism says; knows no country and no HTTP."""
