"""Every table, one module per part of the mechanism; imported here so that `metadata` knows them all."""

from engine.persistence.tables import cases, moves, people, places, releases, safeguards, work
from engine.persistence.tables.base import metadata

__all__ = ["cases", "metadata", "moves", "people", "places", "releases", "safeguards", "work"]
