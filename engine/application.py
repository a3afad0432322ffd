"""The application object: one database, one vault, one clock, handed to every command and query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.clock import Clock
from engine.errors import Refusal
from engine.live import LiveInstances
from engine.persistence import Database, is_migrated
from engine.persistence.staffing import StaffingCache
from engine.settings import Settings
from engine.text import Text
from engine.vault import Vault, open_vault

if TYPE_CHECKING:
    from engine.releases import Release


class NotMigrated(Refusal):
    sentence = Text(
        "The tables of the database are not the ones this version expects. The operator can run `ihala migrate`.",
        "جداول قاعدة البيانات ليست التي تتوقعها هذه النسخة. يمكن لمشغّل النظام تنفيذ الأمر `ihala migrate`.",
    )


@dataclass(slots=True)
class Ihala:
    """What every command and query is given first. Safe to share between threads."""

    database: Database
    vault: Vault
    clock: Clock
    settings: Settings
    live: LiveInstances = field(default_factory=LiveInstances)
    releases: dict[str, Release] = field(default_factory=dict)
    """Releases read so far: a release never changes, so they stay."""
    staffing: StaffingCache = field(default_factory=StaffingCache)

    def close(self) -> None:
        self.database.close()


def open_ihala(settings: Settings, clock: Clock | None = None) -> Ihala:
    """Open an installation; raises `NotMigrated` where `ihala migrate` has not been run, `NoKey` without a key."""
    database = Database(settings.database_url)
    if not is_migrated(database):
        database.close()
        raise NotMigrated
    live = LiveInstances(settings.live_instances)
    return Ihala(database, open_vault(settings), clock or Clock(), settings, live)
