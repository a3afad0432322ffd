"""The world of a rehearsal: organisations, beds, agreements, consents, in memory under the port of operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from engine.clock import Clock
from engine.directory import Directory, Organisation
from engine.operations import IN_THE_DIRECTORY, OperationFailed, Values

SOMEBODY_ELSE = "somebody else"
"""Who holds the beds that a scenario fills from outside."""


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed of a shelter: free where `case` is None; reserved while `until` is set, else occupied."""

    id: str
    shelter: str
    case: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A content-free notice: which role of which case was told of what, at which element."""

    case: str
    role: str
    kind: str
    element: str


@dataclass(slots=True)
class World:
    """Everything outside the cases. Starts from a directory; an empty one suits diagrams that ask nothing of it."""

    directory: Directory = field(default_factory=Directory)
    beds: dict[str, Bed] = field(default_factory=dict)
    teams: dict[str, dict[str, str]] = field(default_factory=dict)
    consents: dict[str, dict[str, str]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    figures: dict[str, dict[str, object]] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    closed: dict[str, str] = field(default_factory=dict)
    matches: int = 0
    """How many earlier cases the next search of the blind index finds: a rehearsal stores no identities."""
    outrun: set[str] = field(default_factory=set)
    """Shelters whose last bed somebody else takes at the very moment it is reserved."""

    def __post_init__(self) -> None:
        for shelter in self.directory.shelters.values():
            for number in range(1, shelter.beds + 1):
                bed = Bed(f"{shelter.organisation}-{number}", shelter.organisation)
                self.beds.setdefault(bed.id, bed)

    def copy(self) -> World:
        """The world as it is now, to come back to if a step fails."""
        return World(self.directory, **{part: _copied(getattr(self, part)) for part in _CHANGING})

    def restore(self, other: World) -> None:
        """Be as `other` was."""
        for part in fields(World):
            setattr(self, part.name, getattr(other, part.name))

    def free_beds(self, shelter: str, now: datetime) -> list[Bed]:
        """Beds nobody holds: never taken, given back, or reserved for longer than was agreed."""
        return [
            bed
            for bed in self.beds.values()
            if bed.shelter == shelter and (bed.case is None or (bed.until is not None and bed.until <= now))
        ]

    def set_beds(self, shelter: str, *, taken: bool) -> None:
        """Fill every bed of a shelter (or of `all`) with somebody else, or empty those again."""
        for bed in list(self.beds.values()):
            if shelter in ("all", bed.shelter) and bed.case in (None, SOMEBODY_ELSE):
                self.beds[bed.id] = replace(bed, case=SOMEBODY_ELSE if taken else None, until=None)

    def holders(self, role: str) -> list[Organisation]:
        return [one for one in self.directory.organisations.values() if role in one.roles]


_CHANGING = tuple(part.name for part in fields(World) if part.name != "directory")


def _copied(part: Any) -> Any:
    """A part that can be changed without the other: what stands in it is frozen, and the directory never changes."""
    if isinstance(part, dict):
        return {key: _copied(value) for key, value in part.items()}
    return part.copy() if isinstance(part, list | set) else part


class CaseWorld:
    """The port of the operations for one case of a rehearsal."""

    def __init__(
        self, world: World, case: str, clock: Clock, decide: Callable[[str, Values], object], governorate: str = ""
    ) -> None:
        self._world, self._case, self._clock, self._decide = world, case, clock, decide
        self._governorate = governorate

    def now(self) -> datetime:
        return self._clock.now()

    def decide(self, decision: str, inputs: Values) -> object:
        return self._decide(decision, inputs)

    def shelters(self) -> Sequence[Mapping[str, object]]:
        offers = []
        for shelter in self._world.directory.shelters.values():
            free = len(self._world.free_beds(shelter.organisation, self.now()))
            if free and shelter.is_open:
                offers.append({**shelter.profile, "shelter": shelter.organisation, "free_beds": free})
        return offers

    def reserve_bed(self, shelter: str, until: datetime) -> str | None:
        if shelter in self._world.outrun:
            self._world.outrun.remove(shelter)
            self._world.set_beds(shelter, taken=True)
        free = self._world.free_beds(shelter, self.now())
        if not free:
            return None
        self._world.beds[free[0].id] = replace(free[0], case=self._case, until=until)
        return free[0].id

    def occupy_bed(self, shelter: str) -> str | None:
        held = [b for b in self._world.beds.values() if b.shelter == shelter and b.case == self._case]
        bed = next(iter(held), None) or next(iter(self._world.free_beds(shelter, self.now())), None)
        if bed is None:
            return None
        self._world.beds[bed.id] = replace(bed, case=self._case, until=None)
        return bed.id

    def release_bed(self, shelter: str | None) -> int:
        held = [b for b in self._world.beds.values() if b.case == self._case and shelter in (None, b.shelter)]
        for bed in held:
            self._world.beds[bed.id] = replace(bed, case=None, until=None)
        return len(held)

    def providers(self, service: str) -> Sequence[Mapping[str, object]]:
        today = self.now().date()
        return [
            {**agreement.profile, "provider": agreement.organisation}
            for agreement in self._world.directory.agreements
            if agreement.service == service and agreement.is_valid_on(today)
        ]

    def team(self) -> Mapping[str, str]:
        return self._world.teams.setdefault(self._case, {})

    def join_team(self, role: str, organisation: str, reason: str) -> None:
        if organisation not in self._world.directory.organisations:
            raise OperationFailed("unknown_organisation", reason, organisation, IN_THE_DIRECTORY)
        self._world.teams.setdefault(self._case, {})[role] = organisation

    def leave_team(self, role: str, organisation: str | None, reason: str) -> int:
        team = self._world.teams.setdefault(self._case, {})
        if role not in team or organisation not in (None, team[role]):
            return 0
        del team[role]
        return 1

    def candidates(self, role: str) -> Sequence[str]:
        holders = self._world.holders(role)
        return [one.id for one in sorted(holders, key=lambda o: (o.governorate != self._governorate, o.id))]

    def consent(self, purpose: str, state: str, by: str, reason: str) -> None:
        self._world.consents.setdefault(self._case, {})[purpose] = state

    def tell(self, role: str, notice: str, element: str) -> int:
        self._world.notices.append(Notice(self._case, role, notice, element))
        return 1

    def forget_person(self) -> None:
        self.release_bed(None)
        self._world.forgotten.add(self._case)

    def keep_figures(self, figures: Values) -> None:
        self._world.figures.setdefault(self._case, {}).update(figures)

    def possible_matches(self) -> int:
        return self._world.matches

    def close_case(self, reason: str, archive_on: date | None, anonymise_on: date | None) -> None:
        self._world.closed[self._case] = reason
