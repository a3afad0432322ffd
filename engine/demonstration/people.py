"""Invented staff: one or two people for every role of every organisation, all with the demonstration's password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from engine import passwords
from engine.access import Actor, Membership
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.application import Ihala
from engine.charter import Charter
from engine.directory import Directory
from engine.persistence import administration_rows
from engine.text import Text

IN_PAIRS = frozenset(
    {
        "administrator",
        "case_coordinator",
        "case_approver",
        "competent_authority",
        "process_owner",
        "reintegration_officer",
    }
)
"""Roles of which an organisation has two people, so that a second person can be found."""
_FIRST = ("نور", "سلمى", "كريم", "هدى", "عمر", "ليلى", "يوسف", "منى", "طارق", "ريم", "حسام", "دينا", "سامي", "هالة")
_LAST = ("الشريف", "عبد الله", "منصور", "حنا", "السيد", "زكي", "رمزي", "الجندي", "فوزي", "بدوي", "شوقي", "نصر", "عازر")


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff in one role."""

    sign_in_name: str
    actor: Actor
    role: str
    role_title: Text
    organisation: Text


def hire(ihala: Ihala, directory: Directory, charter: Charter) -> list[Person]:
    """Write the accounts of everybody; each holds one role."""
    people = list(_people(directory, charter))
    password_hash, now = passwords.hashed(DEMONSTRATION_PASSWORD, "demonstration"), ihala.clock.now()
    with ihala.database.writing() as tx:
        for one in people:
            account_id, seat = one.actor.account_id, one.actor.memberships[0]
            administration_rows.insert_account(
                tx,
                id=account_id,
                sign_in_name=one.sign_in_name,
                name=one.actor.name,
                language="ar",
                password_hash=password_hash,
                is_demonstration=True,
                created_at=now,
            )
            administration_rows.insert_membership(
                tx,
                id=uuid4().hex,
                account_id=account_id,
                organisation_id=seat.organisation_id,
                role=seat.role,
                granted_at=now,
            )
    return people


def _people(directory: Directory, charter: Charter) -> Iterator[Person]:
    numbers = count()
    for organisation in directory.organisations.values():
        for role in sorted(organisation.roles):
            title = charter.role(role).title
            for place in range(2 if role in IN_PAIRS else 1):
                seat = Membership(organisation.id, organisation.name, role, title)
                name = f"{role}.{organisation.id}" + ("" if place == 0 else f".{place + 1}")
                actor = Actor(uuid4().hex, _name(next(numbers)), "ar", (seat,))
                yield Person(name, actor, role, title, organisation.name)


def _name(number: int) -> str:
    """A first and a last name that meet only by chance: these people do not exist."""
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[(number * 5 + number // len(_FIRST)) % len(_LAST)]}"


def one_per_role(people: list[Person]) -> list[Person]:
    """The first person of every role: the sign-ins that are worth printing."""
    found: dict[str, Person] = {}
    for one in people:
        found.setdefault(one.role, one)
    return list(found.values())
