"""Holidays announced for one date: beside all releases, heeded by every clock that begins from then on.

A deadline that runs already keeps its date, unless whoever announces the holiday says that it is to move; both are told
with their number before anything is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from engine import journal
from engine.access import Actor, NotAllowed, NotFound
from engine.errors import Refusal
from engine.persistence import Row, Transaction, holiday_rows
from engine.releases import current_release, mechanism_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

KEEPERS = Text("administrators and case coordinators", "مديري النظام ومنسّقي الملفات")
LONGEST_NAME, LONGEST_REASON = 200, 1_000
EARLIEST, LATEST = timedelta(days=366), timedelta(days=5 * 366)
"""How far before and after today a date is believed to be meant."""


class DayUnfit(Refusal):
    sentence = Text(
        "A date between {first} and {last} was expected, as 2026-03-20.",
        "المطلوب تاريخ بين {first} و{last}، مثل 2026-03-20.",
    )


class DayTaken(Refusal):
    sentence = Text("{day} was announced already.", "سبق إعلان يوم {day}.")


class WordsMissing(Refusal):
    sentence = Text(
        "Write the name in both languages, why it was announced, and the decision in which it stands.",
        "يُرجى كتابة الاسم باللغتين وسبب الإعلان والقرار الذي ورد فيه.",
    )


class CountChanged(Refusal):
    """Between asking and doing, other deadlines began or ended."""

    sentence = Text(
        "Meanwhile the number of running deadlines has changed: it is {count} now. Please look again and decide.",
        "تغيّر في هذه الأثناء عدد المواعيد الجارية وأصبح {count}. يُرجى الاطلاع من جديد واتخاذ القرار.",
    )


@dataclass(frozen=True, slots=True)
class Holiday:
    """An announced holiday. Those of an older version have no reason, source or announcer."""

    day: date
    name: Text
    reason: str = ""
    source: str = ""
    announcer: str = ""
    announced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the holidays does to deadlines that run already, if they are to move."""

    deadlines: int
    cases: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided about running deadlines, knowing that there were so many."""

    moves: bool
    counted: int


def holidays(ihala: Ihala, actor: Actor) -> list[Holiday]:
    """Every announced holiday by its date. Raises `NotAllowed`."""
    with ihala.database.reading() as tx:
        _check_keeper(ihala, tx, actor)
        return [
            Holiday(
                one.day, Text(one.name_en, one.name_ar), one.reason, one.source, one.announcer or "", one.announced_at
            )
            for one in holiday_rows.every(tx)
        ]


def may_keep(ihala: Ihala, actor: Actor) -> bool:
    """Whether the page of holidays is offered; told from the releases in memory, since every page asks."""
    stand_ins = {one.charter.fallback_role for one in ihala.releases.values()}
    return actor.holds("administrator") or any(actor.holds(role) for role in stand_ins)


def effect_of_announcing(ihala: Ihala, actor: Actor, wish: Holiday) -> Effect:
    """What announcing it would do. Raises `NotAllowed`, `DayUnfit`, `DayTaken`, `WordsMissing`."""
    with ihala.database.reading() as tx:
        _check_wish(ihala, tx, actor, wish)
        return _effect(_moved(ihala, tx, _days(tx) | {wish.day}))


def announce(ihala: Ihala, actor: Actor, wish: Holiday, choice: Choice) -> Effect:
    """Announce a holiday; what it did to running deadlines.

    Raises as `effect_of_announcing` does, and `CountChanged`.
    """
    with ihala.database.writing() as tx:
        _check_wish(ihala, tx, actor, wish)
        moved = _decided(_moved(ihala, tx, _days(tx) | {wish.day}), choice)
        values = {"day": wish.day, "name_en": wish.name.en.strip(), "name_ar": wish.name.ar.strip()}
        values |= {"reason": wish.reason.strip(), "source": wish.source.strip(), "announced_by": actor.account_id}
        holiday_rows.insert(tx, {**values, "announced_at": ihala.clock.now()})
        holiday_rows.move(tx, moved)
        _note(ihala, tx, "holiday_announced", actor, wish.day, len(moved))
    return _effect(moved)


def effect_of_taking_back(ihala: Ihala, actor: Actor, day: date) -> Effect:
    """What taking an announced holiday back would do. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        _check_keeper(ihala, tx, actor)
        if day not in _days(tx):
            raise NotFound
        return _effect(_moved(ihala, tx, _days(tx) - {day}))


def take_back(ihala: Ihala, actor: Actor, day: date, choice: Choice) -> Effect:
    """Take an announced holiday back. Raises as `effect_of_taking_back` does, and `CountChanged`."""
    with ihala.database.writing() as tx:
        _check_keeper(ihala, tx, actor)
        if not holiday_rows.delete(tx, day):
            raise NotFound
        moved = _decided(_moved(ihala, tx, _days(tx)), choice)
        holiday_rows.move(tx, moved)
        _note(ihala, tx, "holiday_taken_back", actor, day, len(moved))
    return _effect(moved)


Moved = list[tuple[Row[Any], datetime]]


def _moved(ihala: Ihala, tx: Transaction, days: Iterable[date]) -> Moved:
    """The running clocks that count working days and would fall due at another moment with these holidays."""
    days, moved = frozenset(days), []
    for clock in holiday_rows.running(tx, ihala.clock.now()):
        mechanism = mechanism_of(ihala, tx, clock.release_id).mechanism
        calendar = mechanism.calendar.with_holidays(days)
        due = mechanism.working_day_due(clock.element, clock.expression, clock.anchor_at, calendar)
        if due is not None and due != clock.due_at:
            moved.append((clock, due))
    return moved


def _decided(moved: Moved, choice: Choice) -> Moved:
    """What is to be moved; whoever decided must have seen the present number."""
    if len(moved) != choice.counted:
        raise CountChanged(count=len(moved))
    return moved if choice.moves else []


def _effect(moved: Moved) -> Effect:
    return Effect(len(moved), len({clock.case_id for clock, _ in moved}))


def _days(tx: Transaction) -> set[date]:
    return {one.day for one in holiday_rows.every(tx)}


def _check_wish(ihala: Ihala, tx: Transaction, actor: Actor, wish: Holiday) -> None:
    _check_keeper(ihala, tx, actor)
    today = ihala.clock.now().date()
    if not today - EARLIEST <= wish.day <= today + LATEST:
        raise DayUnfit(first=today - EARLIEST, last=today + LATEST)
    names, reasons = (wish.name.en, wish.name.ar), (wish.reason, wish.source)
    short = all(0 < len(one.strip()) <= LONGEST_NAME for one in names)
    if not short or not all(0 < len(one.strip()) <= LONGEST_REASON for one in reasons):
        raise WordsMissing
    if wish.day in _days(tx):
        raise DayTaken(day=wish.day)


def _check_keeper(ihala: Ihala, tx: Transaction, actor: Actor) -> None:
    """Administrators, and the role that stands in for all others."""
    if not (actor.holds("administrator") or actor.holds(current_release(ihala, tx).charter.fallback_role)):
        raise NotAllowed(expected=KEEPERS)


def _note(ihala: Ihala, tx: Transaction, event: str, actor: Actor, day: date, moved: int) -> None:
    entry = journal.Entry(event, ihala.clock.now(), actor.account_id, element=f"{day.isoformat()} {moved}")
    journal.append(tx, ihala.vault, "calendar", entry)
