"""Which organisation receives a task: the diagram's, the team's, the nearest that can, or whoever stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.charter import Charter


@dataclass(frozen=True, slots=True)
class Seat:
    """An active organisation with at least one active person in the role."""

    organisation_id: str
    role: str
    kind: str
    governorate: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task goes. `joins`: the organisation enters the team by it; `nobody`: nobody holds the role asked for."""

    organisation_id: str
    role: str
    is_fixed: bool = False
    joins: bool = False
    nobody: bool = False


def candidates(role: str, seats: Iterable[Seat], held_by: Sequence[str], governorate: str) -> list[str]:
    """Organisations that could take the role: same governorate first, then the kinds in the charter's order."""
    able = [seat for seat in seats if seat.role == role and (not held_by or seat.kind in held_by)]
    order = {kind: place for place, kind in enumerate(held_by)}
    able.sort(key=lambda seat: (seat.governorate != governorate, order.get(seat.kind, 0), seat.organisation_id))
    return list(dict.fromkeys(seat.organisation_id for seat in able))


def place(
    role: str,
    fixed: str,
    team: Mapping[str, str],
    seats: Sequence[Seat],
    charter: Charter,
    governorate: str,
    home: str,
    *,
    joins: bool = True,
) -> Place:
    """Where a task of `role` goes. No task waits for nobody: without any holder it goes to the fallback role.

    `fixed` is the organisation the diagram names, or empty; `home` the organisation that opened the case.
    `joins`: whether an organisation that is found enters the team; one that does not is asked for this task alone.
    """
    held = {(seat.organisation_id, seat.role) for seat in seats}
    if fixed:
        if (fixed, role) in held:
            return Place(fixed, role, is_fixed=True)
    elif (team.get(role, ""), role) in held:
        return Place(team[role], role)
    else:
        able = candidates(role, seats, charter.role(role).held_by, governorate)
        if able:
            return Place(able[0], role, is_fixed=not joins, joins=joins)
    return _stand_in(team, seats, charter, governorate, home)


def _stand_in(team: Mapping[str, str], seats: Sequence[Seat], charter: Charter, governorate: str, home: str) -> Place:
    fallback = charter.fallback_role
    able = candidates(fallback, seats, charter.role(fallback).held_by, governorate)
    standing = team.get(fallback)
    if standing in able or (standing and not able):
        return Place(standing, fallback, nobody=True)
    return Place(able[0] if able else home, fallback, joins=bool(able), nobody=True)
