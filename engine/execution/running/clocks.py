"""When a timer is due: ISO 8601 or FEEL, elapsed time or working days, once or in a cycle."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.clock import WorkingCalendar
from engine.decisions.values import YearsMonths

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?")
_CYCLE = re.compile(r"R(?P<times>\d*)/(?P<rest>.+)")
LONGEST_YEARS = 100
"""Of a clock: more is a mistake in writing, and would lead beyond what calendars count."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as the calendar counts it: months, whole days, and the time below a day."""

    months: int = 0
    days: int = 0
    rest: timedelta = timedelta()

    def after(self, start: datetime, calendar: WorkingCalendar, in_working_days: bool) -> datetime:
        """The moment this long after `start`. Working days end at the close of the last one."""
        moment = _months_later(start, self.months, calendar)
        if in_working_days and self.days:
            return calendar.after_working_days(moment, self.days) + self.rest
        return moment + timedelta(days=self.days) + self.rest


def is_too_long(text: str) -> bool:
    """Whether a length of time in the text is longer than any deadline, or than calendars reach."""
    lengths = (_DURATION.fullmatch(part) for part in text.split("/"))
    return any(_years(length) > LONGEST_YEARS for length in lengths if length)


def _years(length: re.Match[str]) -> float:
    days = {"years": 365.0, "months": 30.0, "weeks": 7.0, "days": 1.0, "hours": 1 / 24, "minutes": 1 / 1440}
    days["seconds"] = 1 / 86_400
    return sum(float(length[name] or 0) * each for name, each in days.items()) / 365


def is_iso(text: str) -> bool:
    """Whether a timer's text is ISO 8601 as it stands, and no FEEL. A cycle must take time."""
    if cycle := _CYCLE.fullmatch(text):
        lengths = [_DURATION.fullmatch(one) for one in cycle["rest"].split("/") if one.startswith(("P", "-P"))]
        return any(length and re.search("[1-9]", length[0]) and not length["sign"] for length in lengths)
    return any(pattern.fullmatch(text) for pattern in (_DATE, _DURATION))


def iso_text(value: object) -> str | None:
    """The ISO text of what a FEEL expression gave; None where it is no time at all."""
    if isinstance(value, str):
        return value.strip() if is_iso(value.strip()) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{'-' if value < timedelta() else ''}P{abs(value).days}DT{abs(value).seconds}S"
    if isinstance(value, YearsMonths):
        return f"{'-' if value.months < 0 else ''}P{abs(value.months)}M"
    return None


def due_at(text: str, anchor: datetime, calendar: WorkingCalendar, in_working_days: bool = False) -> datetime:
    """When the timer with this ISO text falls due that began to run at `anchor`; for a cycle, its next firing."""
    if cycle := _CYCLE.fullmatch(text):
        start, length = _cycle(cycle["rest"], calendar)
        if start is not None and anchor < start:
            return start
        return length.after(anchor, calendar, in_working_days)
    if _DATE.fullmatch(text):
        return _moment(text, calendar)
    return parse_duration(text).after(anchor, calendar, in_working_days)


def firings_left(text: str) -> int | None:
    """How often the timer fires: once, as often as its cycle says, or without end (None)."""
    cycle = _CYCLE.fullmatch(text)
    if cycle is None:
        return 1
    return int(cycle["times"]) if cycle["times"] else None


def first_anchor(text: str, now: datetime, calendar: WorkingCalendar) -> datetime:
    """From when a timer counts: now, or for a cycle with a given start or end just before its first firing."""
    cycle = _CYCLE.fullmatch(text)
    if cycle is None:
        return now
    start, _ = _cycle(cycle["rest"], calendar)
    if start is not None:
        return min(now, start - timedelta(seconds=1))
    first, _, end = cycle["rest"].partition("/")
    if not end:
        return now
    length, last = parse_duration(first), _moment(end, calendar)
    return last - int(cycle["times"] or 1) * (length.after(last, calendar, False) - last)


def parse_duration(text: str) -> Duration:
    """An ISO 8601 duration; raises `ValueError` for anything else."""
    found = _DURATION.fullmatch(text)
    if found is None or text.endswith(("P", "T")):
        raise ValueError(f"expected an ISO 8601 duration such as P5D, found {text!r}")
    parts = {name: float(value) for name, value in found.groupdict().items() if name != "sign" and value}
    sign = -1 if found["sign"] else 1
    days = parts.get("weeks", 0) * 7 + parts.get("days", 0)
    rest = timedelta(
        days=days % 1, hours=parts.get("hours", 0), minutes=parts.get("minutes", 0), seconds=parts.get("seconds", 0)
    )
    months = int(parts.get("years", 0) * 12 + parts.get("months", 0))
    return Duration(sign * months, sign * int(days), sign * rest)


def _cycle(rest: str, calendar: WorkingCalendar) -> tuple[datetime | None, Duration]:
    """Start (where one is given) and length of a cycle: `P7D`, `start/P7D` or `P7D/end`."""
    first, _, second = rest.partition("/")
    if first.startswith("P"):
        return None, parse_duration(first)
    return _moment(first, calendar), parse_duration(second)


def _moment(text: str, calendar: WorkingCalendar) -> datetime:
    """A date begins at midnight of the mechanism's zone; a time without a zone is meant there too."""
    if len(text) == len("2026-03-01"):
        return datetime.combine(date.fromisoformat(text), time(), calendar.zone).astimezone(UTC)
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone)).astimezone(UTC)


def _months_later(start: datetime, months: int, calendar: WorkingCalendar) -> datetime:
    """The same day so many months later, local time, or the month's last day where there is no such day."""
    if not months:
        return start
    local = start.astimezone(calendar.zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)
