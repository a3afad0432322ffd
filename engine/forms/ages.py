"""Birth dates that may be partly known, and the age that is all a process ever learns of them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~?)")

AGE_BANDS = (
    (8, "0_8"),
    (17, "9_17"),
    (20, "18_20"),
    (23, "21_23"),
    (26, "24_26"),
    (29, "27_29"),
    (38, "30_38"),
    (47, "39_47"),
)
"""Upper age and name of each band of the Counter Trafficking Data Collaborative (CTDC); above them `48_plus`."""


class PartialDate(NamedTuple):
    """A date of which the day, or day and month, may be unknown, or the whole only estimated."""

    year: int
    month: int | None = None
    day: int | None = None
    estimated: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """From `1990`, `1990-05` or `1990-05-17`, `~` behind it where estimated (ISO 8601-2); None where it is none."""
        found = _PARTIAL.fullmatch(text)
        if not found:
            return None
        year, month, day, estimated = found.groups()
        partial = cls(int(year), int(month) if month else None, int(day) if day else None, bool(estimated))
        return partial if partial.is_real() else None

    def is_real(self) -> bool:
        """Whether the calendar has such a day, month or year."""
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return self.day is None or self.month is not None

    def latest(self) -> date:
        """The latest day it can be: doubt about age protects (Council of Europe Convention, Art. 10(3))."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def earliest(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def value(self) -> date | str:
        """How it is kept: a date where it is exact, else the text `parse` reads."""
        if self.day is not None and not self.estimated:
            return self.earliest()
        return str(self)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        text += f"-{self.month:02}" if self.month else ""
        text += f"-{self.day:02}" if self.day else ""
        return text + ("~" if self.estimated else "")


def age_on(born: date | PartialDate, today: date) -> int:
    """Whole years lived on that day; the youngest possible where the birth date is partly known."""
    day = born if isinstance(born, date) else min(born.latest(), today)
    return max(0, today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def age_band(age: int) -> str:
    """The CTDC band of an age in whole years."""
    return next((name for top, name in AGE_BANDS if age <= top), "48_plus")
