"""Who is active in which seat, and the holidays: read whole and kept in memory while the directory stays the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence import holiday_rows
from engine.persistence.tables.people import account, directory_version, membership, organisation
from engine.routing import Seat

VERSION = sa.select(directory_version.c.version).scalar_subquery().label("directory_version")
"""Which state of the directory this is: the database itself counts it up with every change (migration 0004)."""

_ACTIVE: sa.Select[Any] = (
    sa.select(
        membership.c.organisation_id,
        membership.c.role,
        organisation.c.kind,
        organisation.c.governorate,
        account.c.id,
        account.c.email,
        account.c.language,
    )
    .join(account, account.c.id == membership.c.account_id)
    .join(organisation, organisation.c.id == membership.c.organisation_id)
    .where(membership.c.revoked_at.is_(None), account.c.disabled_at.is_(None), organisation.c.is_active.is_(True))
    .order_by(account.c.id)
)


@dataclass(frozen=True, slots=True)
class Staffing:
    """The active people of every seat, and all holidays, as they stood at one version of the directory."""

    version: int | None
    seats: Sequence[Seat]
    people: Mapping[tuple[str, str], Sequence[Row[Any]]]
    """By (organisation, role): account `id`, `email` and `language`."""
    holidays: frozenset[date]

    def seats_of(self, roles: Iterable[str]) -> list[Seat]:
        """Active organisations with an active person in any of the roles."""
        wanted = frozenset(roles)
        return [seat for seat in self.seats if seat.role in wanted]

    def people_in(self, organisation_id: str, role: str) -> Sequence[Row[Any]]:
        """Active people who hold the role there."""
        return self.people.get((organisation_id, role), ())


class StaffingCache:
    """The last `Staffing` read. Whoever asks names the version their transaction sees; another one is read anew."""

    def __init__(self) -> None:
        self._kept: Staffing | None = None

    def at(self, tx: Connection, version: int | None) -> Staffing:
        """The staffing at this version, as the same transaction has read it."""
        kept = self._kept
        if kept is None or version is None or kept.version != version:
            kept = self._kept = _read(tx, version)
        return kept

    def now(self, tx: Connection) -> Staffing:
        return self.at(tx, tx.execute(sa.select(VERSION)).scalar())


def _read(tx: Connection, version: int | None) -> Staffing:
    people: dict[tuple[str, str], list[Row[Any]]] = {}
    seats: dict[tuple[str, str], Seat] = {}
    for row in tx.execute(_ACTIVE).all():
        place = (row.organisation_id, row.role)
        people.setdefault(place, []).append(row)
        seats[place] = Seat(row.organisation_id, row.role, row.kind, row.governorate)
    return Staffing(version, list(seats.values()), people, frozenset(one.day for one in holiday_rows.every(tx)))
