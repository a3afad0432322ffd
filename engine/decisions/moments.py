"""Dates, times and durations: their texts, their place on the time line, and years beyond those of Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.decisions.domain import YearsMonths

DAY_US = 86_400_000_000
LAST_YEAR = 999_999_999  # DMN 1.5, 10.3.2.3.4: years from -999,999,999 to 999,999,999
LARGEST_OFFSET = timedelta(hours=18)

_CLOCK = r"(\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]+)?"
_DATE = re.compile(r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(_CLOCK, re.ASCII)
_DAYS = re.compile(
    r"(-?)P(?=\d|T)(?:(\d+)D)?(?:T(?=[\d.])(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?|\.\d+)S)?)?", re.ASCII
)
_MONTHS = re.compile(r"(-?)P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date in a year before 1 or after 9999."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A date and time in a year before 1 or after 9999."""

    day: FarDate
    clock: time

    def __str__(self) -> str:
        return f"{self.day}T{time_text(self.clock)}"


AnyDate = date | FarDate
AnyDateTime = datetime | FarDateTime


def is_date(value: object) -> bool:
    """Whether the value is a date without a time."""
    return type(value) is date or type(value) is FarDate


def is_date_time(value: object) -> bool:
    """Whether the value is a date and time."""
    return isinstance(value, (datetime, FarDateTime))


def make_date(year: int, month: int, day: int) -> AnyDate:
    """The date; raises ValueError where the calendar has no such day."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    if abs(year) > LAST_YEAR:
        raise ValueError(year)
    date(2000 + year % 400, month, day)  # the Gregorian calendar repeats every 400 years
    return FarDate(year, month, day)


def make_date_time(day: AnyDate, clock: time) -> AnyDateTime:
    """The date and time, in the zone of the time."""
    return FarDateTime(day, clock) if isinstance(day, FarDate) else datetime.combine(day, clock)


def day_of(value: AnyDate | AnyDateTime) -> AnyDate:
    """The date of a date or of a date and time."""
    if isinstance(value, FarDateTime):
        return value.day
    return value.date() if isinstance(value, datetime) else value


def clock_of(value: AnyDateTime) -> time:
    """The time of a date and time, with its zone."""
    return value.clock if isinstance(value, FarDateTime) else value.timetz()


def day_number(day: AnyDate) -> int:
    """Days since 1970-01-01 in the proleptic Gregorian calendar, for any year."""
    if isinstance(day, date):
        return day.toordinal() - 719_163
    cycles, year = divmod(day.year, 400)
    return date(2000 + year, day.month, day.day).toordinal() - 719_163 + (cycles - 5) * 146_097


def day_from_number(number: int) -> AnyDate:
    """The date that lies so many days after 1970-01-01."""
    if -719_162 <= number <= 2_932_896:
        return date.fromordinal(number + 719_163)
    cycles, rest = divmod(number + 719_163 - date(2000, 1, 1).toordinal(), 146_097)
    day = date.fromordinal(rest + date(2000, 1, 1).toordinal())
    return make_date(day.year + cycles * 400, day.month, day.day)


def clock_us(clock: time) -> int:
    """Microseconds since midnight, as the clock on the wall shows them."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.microsecond


def clock_from_us(microseconds: int, zone: tzinfo | None) -> time:
    """The time of day so many microseconds after midnight."""
    seconds, fraction = divmod(microseconds % DAY_US, 1_000_000)
    minutes, second = divmod(seconds, 60)
    return time(minutes // 60, minutes % 60, second, fraction, tzinfo=zone)


def offset_of(value: time | AnyDateTime) -> timedelta | None:
    """The offset from UTC, or None where there is none or where it depends on the day."""
    if isinstance(value, FarDateTime):
        stand_in = datetime.combine(date(2000 + value.day.year % 400, value.day.month, value.day.day), value.clock)
        return stand_in.utcoffset()
    return value.utcoffset()


def zone_of(value: time | AnyDateTime) -> tzinfo | None:
    """The zone or fixed offset the value was written with."""
    return value.clock.tzinfo if isinstance(value, FarDateTime) else value.tzinfo


def instant_us(value: AnyDate | AnyDateTime) -> int:
    """Microseconds since 1970-01-01T00:00 (in UTC where the value has a zone)."""
    local = day_number(day_of(value)) * DAY_US
    if not isinstance(value, (datetime, FarDateTime)):
        return local
    return local + clock_us(clock_of(value)) - (offset_of(value) or timedelta()) // timedelta(microseconds=1)


def add_us(value: AnyDateTime, microseconds: int) -> AnyDateTime:
    """The date and time so much later on the time line, in the same zone."""
    zone = zone_of(value)
    moved = instant_us(value) + microseconds
    if isinstance(zone, ZoneInfo):
        utc = _from_local(moved, UTC)
        if isinstance(utc, datetime):
            return utc.astimezone(zone)
    offset = offset_of(value) or timedelta()
    return _from_local(moved + offset // timedelta(microseconds=1), zone)


def _from_local(microseconds: int, zone: tzinfo | None) -> AnyDateTime:
    days, rest = divmod(microseconds, DAY_US)
    return make_date_time(day_from_number(days), clock_from_us(rest, zone))


def add_months(day: AnyDate, months: int) -> AnyDate:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return make_date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(year)


def read_date(text: str) -> AnyDate:
    """`2026-03-01`; raises ValueError."""
    match = _DATE.fullmatch(text)
    if match is None or (match[1] and not int(match[2])):
        raise ValueError(text)
    return make_date(int(match[1] + match[2]), int(match[3]), int(match[4]))


def read_time(text: str) -> time:
    """`10:30:00`, with `Z`, `+02:00` or `@Africa/Cairo` where it has a zone; raises ValueError."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour, minute, second, fraction, zone = match.groups()
    microseconds = int(Decimal(fraction or 0) * 1_000_000)
    return time(int(hour), int(minute), int(second), microseconds, tzinfo=read_zone(zone))


def read_date_and_time(text: str) -> AnyDateTime:
    """`2026-03-01T10:30:00` with or without a zone; raises ValueError."""
    day, separator, clock = text.partition("T")
    return make_date_time(read_date(day), read_time(clock) if separator else time())


def read_zone(text: str | None) -> tzinfo | None:
    """A zone name after `@`, an offset, or `Z`; raises ValueError for one that does not exist."""
    if not text:
        return None
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (ZoneInfoNotFoundError, OSError) as error:
            raise ValueError(text) from error
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or any(second > 59 for second in seconds):
        raise ValueError(text)
    return fixed_zone(timedelta(hours=hours, minutes=minutes, seconds=sum(seconds)) * (-1 if text[0] == "-" else 1))


def fixed_zone(offset: timedelta) -> tzinfo:
    """The zone with this offset from UTC; raises ValueError beyond 18 hours."""
    if abs(offset) > LARGEST_OFFSET:
        raise ValueError(offset)
    return timezone(offset) if offset else UTC


def read_duration(text: str) -> timedelta | YearsMonths:
    """`P30D`, `PT15M` or `P1Y6M`; raises ValueError for a mixture of days and months."""
    if match := _MONTHS.fullmatch(text):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    if (match := _DAYS.fullmatch(text)) is None:
        raise ValueError(text)
    days, hours, minutes = (int(part or 0) for part in match.groups()[1:4])
    microseconds = int(Decimal(match[5] or 0) * 1_000_000)
    try:
        length = timedelta(days, 0, microseconds, 0, minutes, hours)
    except OverflowError as error:
        raise ValueError(text) from error
    return -length if match[1] else length


def time_text(clock: time) -> str:
    """The text that `read_time` reads."""
    fraction = f".{clock.microsecond:06}".rstrip("0") if clock.microsecond else ""
    return f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}{fraction}{zone_text(clock.tzinfo)}"


def zone_text(zone: tzinfo | None) -> str:
    """`Z`, `+02:00` or `@Africa/Cairo`."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = zone.utcoffset(None) or timedelta()
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(offset) // timedelta(seconds=1), 60)
    text = f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def to_text(value: AnyDate | AnyDateTime | time) -> str:
    """The text of a date, a time, or a date and time."""
    if isinstance(value, (FarDate, FarDateTime)):
        return str(value)
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, datetime):
        return f"{value.year:04}-{value.month:02}-{value.day:02}T{time_text(value.timetz())}"
    return value.isoformat()


def duration_text(length: timedelta) -> str:
    """A days and time duration in its canonical form: `P1DT2H`."""
    rest = abs(length)
    minutes, second = divmod(rest.seconds, 60)
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else ""
    clock = "".join(f"{n}{unit}" for n, unit in ((minutes // 60, "H"), (minutes % 60, "M")) if n)
    clock += f"{second}{fraction}S" if second or fraction else ""
    text = (f"{rest.days}D" if rest.days else "") + (f"T{clock}" if clock else "")
    return ("-P" if length < timedelta() else "P") + (text or "T0S")
