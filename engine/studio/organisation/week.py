"""The working week, its close and the holidays of every year in a draft, and what deadlines come to under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

import tomlkit

from engine.access import Actor, NotFound
from engine.clock import WEEKDAYS, WorkingCalendar, calendar_in, month_and_day
from engine.persistence import holiday_rows
from engine.studio import drafts
from engine.studio.organisation.document import (
    SETTINGS,
    Edit,
    SettingsUnreadable,
    Unfit,
    append,
    checked_name,
    named,
    part,
    put,
    remove,
    settings_in,
    table_in,
    text_of,
)
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

LONGEST_DEADLINE = 400
"""Working days that are counted out: more is a mistake in typing."""


class NoWorkingDay(Unfit):
    sentence = Text("Choose at least one working day.", "يُرجى اختيار يوم عمل واحد على الأقل.")
    field = "working_days"


class TimeUnfit(Unfit):
    sentence = Text("A time of day such as 15:00 was expected.", "المطلوب وقت من اليوم مثل 15:00.")
    field = "closes_at"


class DayUnfit(Unfit):
    sentence = Text(
        "A day and a month that there are in every year were expected, such as 6 and 10.",
        "المطلوب يوم وشهر موجودان في كل سنة، مثل 6 و10.",
    )
    field = "day"


class DayTaken(Unfit):
    sentence = Text("This day is a holiday already.", "هذا اليوم عطلة بالفعل.")
    field = "day"


@dataclass(frozen=True, slots=True)
class YearlyHoliday:
    """A holiday on the same date every year. `id` is `10-06` for the sixth of October."""

    id: str
    name: Text

    @property
    def day(self) -> date:
        """The day in a year of no meaning: only day and month count."""
        month, day = month_and_day(self.id)
        return date(2001, month, day)


@dataclass(frozen=True, slots=True)
class Announced:
    """A holiday that was announced for one date, beside all releases."""

    day: date
    name: Text


@dataclass(frozen=True, slots=True)
class Week:
    """What the draft says of working time, with what was announced beside it."""

    calendar: WorkingCalendar
    yearly: tuple[YearlyHoliday, ...]
    announced: tuple[Announced, ...]

    def ends(self, start: date, days: int) -> datetime:
        """When so many working days from this day on end, in the time zone of the mechanism."""
        begins = datetime.combine(start, time(9), self.calendar.zone)
        return self.calendar.after_working_days(begins, days).astimezone(self.calendar.zone)

    def holidays_between(self, start: date, end: date) -> list[Announced]:
        """Holidays on which it would have been worked, after `start` and before `end`."""
        names = {one.day: one.name for one in self.announced}
        yearly = {(one.day.month, one.day.day): one.name for one in self.yearly}
        days = [start + timedelta(days=number) for number in range(1, (end - start).days)]
        free = [one for one in days if self.calendar.is_holiday(one)]
        worked = [one for one in free if one.weekday() in self.calendar.working_weekdays]
        return [Announced(one, names.get(one) or yearly[(one.month, one.day)]) for one in worked]


def week(ihala: Ihala, actor: Actor, release_id: str) -> Week:
    """Raises `NotAllowed`, `NotFound`, `SettingsUnreadable`."""
    settings = settings_in(drafts.files(ihala, actor, release_id).get(SETTINGS, b""))
    with ihala.database.reading() as tx:
        announced = tuple(Announced(one.day, Text(one.name_en, one.name_ar)) for one in holiday_rows.every(tx))
    try:
        calendar = calendar_in(settings).with_holidays(one.day for one in announced)
    except (ValueError, TypeError, AttributeError, ZoneInfoNotFoundError) as error:
        raise SettingsUnreadable(cause=str(error)) from error
    return Week(calendar, _yearly(settings), announced)


def changed_week(days: list[str], closes_at: str) -> Edit:
    """The edit that sets working days and the close of the day. It raises `Unfit`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        chosen = [day for day in (*WEEKDAYS[6:], *WEEKDAYS[:6]) if day in days]
        if not chosen:
            raise NoWorkingDay
        table = table_in(document, "calendar")
        put(table, "working_days", chosen)
        put(table, "closes_at", _time(closes_at))

    return edit


def added_holiday(month: str, day: str, name: Text) -> Edit:
    """The edit that adds a holiday of every year. It raises `Unfit`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        try:
            found = date(2001, int(month), int(day))
        except (ValueError, OverflowError) as error:
            raise DayUnfit from error
        written, table = found.strftime("%m-%d"), table_in(document, "calendar", "holidays")
        tidy = checked_name(name)
        if written in table:
            raise DayTaken
        append(table, written, named(tidy))

    return edit


def removed_holiday(holiday_id: str) -> Edit:
    """The edit that takes a holiday of every year out. It raises `NotFound`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        table = table_in(document, "calendar", "holidays")
        if holiday_id not in table:
            raise NotFound
        remove(table, holiday_id)

    return edit


def _yearly(settings: Mapping[str, Any]) -> tuple[YearlyHoliday, ...]:
    return tuple(YearlyHoliday(name, text_of(said)) for name, said in part(settings, "calendar", "holidays").items())


def _time(typed: str) -> str:
    try:
        return time.fromisoformat(typed.strip()).strftime("%H:%M")
    except ValueError as error:
        raise TimeUnfit from error
