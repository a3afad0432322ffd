"""Now in UTC, and working days in the mechanism's own time zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
"""Working week of Egypt's administration, as `date.weekday()` numbers."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEFAULT_ZONE = "Africa/Cairo"


class Clock:
    """The time of day. Everything in the engine asks a clock, never the system."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock(Clock):
    """A clock that stands still until it is moved: for rehearsals and tests."""

    def __init__(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware datetime, found one without a time zone")
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, now: datetime) -> None:
        """Set the clock; it never goes back."""
        if now < self._now:
            raise ValueError(
                f"a clock never goes back: it stands at {self._now.isoformat()}, asked for {now.isoformat()}"
            )
        self._now = now.astimezone(UTC)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days count as working days. Dated data beside the releases, so an announced holiday is no new release."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Cairo"))
    working_weekdays: frozenset[int] = SUNDAY_TO_THURSDAY
    holidays: frozenset[date] = frozenset()
    closes_at: time = time(15, 0)
    """Close of the working day, local time (default, to be confirmed: public offices close at 15:00)."""
    yearly_holidays: frozenset[tuple[int, int]] = frozenset()
    """(month, day) of holidays that fall on the same date every year; announced ones are dated, in `holidays`."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.working_weekdays and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        return day in self.holidays or (day.month, day.day) in self.yearly_holidays

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """The close of the `days`-th working day after `start`'s own day, in UTC.

        Zero days: the close of `start`'s own day, or of the next working day where that is none.
        """
        day = start.astimezone(self.zone).date()
        while days > 0 or not self.is_working_day(day):
            day += timedelta(days=1)
            if self.is_working_day(day) and days > 0:
                days -= 1
        return datetime.combine(day, self.closes_at, self.zone).astimezone(UTC)

    def with_holidays(self, holidays: Iterable[date]) -> WorkingCalendar:
        """The same calendar with these announced holidays, in place of those it had."""
        return replace(self, holidays=frozenset(holidays))


def calendar_in(settings: Mapping[str, Any]) -> WorkingCalendar:
    """The working calendar that `mechanism.toml` describes, without announced holidays: those are no part of a release.

    Raises `ValueError`, or `ZoneInfoNotFoundError`, where the file says what is no calendar; `check` tells it first.
    """
    said = settings.get("calendar", {})
    days = frozenset(WEEKDAYS.index(str(day).lower()) for day in said.get("working_days", ())) or SUNDAY_TO_THURSDAY
    zone = ZoneInfo(str(settings.get("mechanism", {}).get("time_zone", DEFAULT_ZONE)))
    closes_at = time.fromisoformat(str(said["closes_at"])) if "closes_at" in said else WorkingCalendar.closes_at
    return WorkingCalendar(zone, days, frozenset(), closes_at, frozenset(map(month_and_day, said.get("holidays", ()))))


def month_and_day(written: str) -> tuple[int, int]:
    """`10-06` is the sixth of October. Raises `ValueError` for what is no day of every year."""
    found = date.fromisoformat(f"2001-{written}")
    return found.month, found.day
