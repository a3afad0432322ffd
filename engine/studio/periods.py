"""The time that figures are about: now, the last days, or whole days from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.errors import Refusal
from engine.text import Text

LAST_DAYS = (7, 30, 90)
"""The periods that are offered without typing dates."""


class PeriodUnfit(Refusal):
    sentence = Text(
        "The period cannot be shown: expected two dates, the first not after the second and not after today; found "
        "“{first}” and “{last}”. Correct the dates.",
        "لا يمكن عرض هذه الفترة: المتوقع تاريخان، أولهما ليس بعد الثاني ولا بعد اليوم؛ الموجود «{first}» و«{last}». "
        "يُرجى تصحيح التاريخين.",
    )


@dataclass(frozen=True, slots=True)
class Period:
    """After `since` (None: no period, only now) and by `until` (None: now)."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether what stands now is told, not what stood once."""
        return self.until is None


NOW = Period()


def last(days: int, now: datetime) -> Period:
    """The last days up to now."""
    return Period(now - timedelta(days=days))


def between(first: str, last: str, zone: ZoneInfo, now: datetime) -> Period:
    """From the beginning of one day to the end of another (ISO 8601) in the zone. Raises `PeriodUnfit`."""
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        since = datetime.combine(begin, time(), zone)
        until = datetime.combine(end + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError):
        raise PeriodUnfit(first=first or "-", last=last or "-") from None
    if begin > end or since > now:
        raise PeriodUnfit(first=first, last=last)
    return Period(since, None if until >= now else until)
