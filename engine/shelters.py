"""Shelters and their beds, for those who place people: under code names, and never where they lie."""

from __future__ import annotations

from dataclasses import dataclass

from engine.access import Actor, NotAllowed
from engine.application import Ihala
from engine.persistence import place_rows
from engine.text import Text

EVERYWHERE = frozenset({"case_coordinator", "case_approver", "duty_officer"})
"""Roles that see every shelter; the people of a shelter see their own."""
INSIDE = frozenset({"shelter_manager", "shelter_social_worker"})


@dataclass(frozen=True, slots=True)
class ShelterRow:
    """One shelter: whom it admits and how many of its beds are free, reserved and occupied now."""

    organisation_id: str
    name: Text
    is_open: bool
    admits_sexes: list[str]
    min_age: int | None
    max_age: int | None
    admits_children: bool
    is_emergency: bool
    security: str
    free: int
    reserved: int
    occupied: int

    @property
    def beds(self) -> int:
        return self.free + self.reserved + self.occupied


def may_see(actor: Actor) -> bool:
    """Whether there is anything for this person here."""
    return any(one.role in EVERYWHERE | INSIDE for one in actor.memberships)


def shelter_list(ihala: Ihala, actor: Actor) -> list[ShelterRow]:
    """Every shelter for those who place people; their own for those who work in one. Raises `NotAllowed`."""
    if not may_see(actor):
        raise NotAllowed(expected=Text("those who place people in shelters", "القائمين على الإيواء"))
    sees_all = any(one.role in EVERYWHERE for one in actor.memberships)
    own = {one.organisation_id for one in actor.memberships if one.role in INSIDE}
    with ihala.database.reading() as tx:
        found = place_rows.occupancy(tx, ihala.clock.now())
    return [
        ShelterRow(
            row.organisation_id,
            Text(row.name_en, row.name_ar),
            row.is_open,
            list(row.profile.get("admits_sexes", ())),
            row.profile.get("min_age"),
            row.profile.get("max_age"),
            bool(row.profile.get("admits_children")),
            bool(row.profile.get("emergency")),
            str(row.profile.get("security", "standard")),
            row.free,
            row.reserved,
            row.occupied,
        )
        for row in found
        if sees_all or row.organisation_id in own
    ]
