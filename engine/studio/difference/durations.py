"""Times of clocks in words: `P5D` is five days, or five working days."""

from __future__ import annotations

import re

from engine.text import Text

_PLAIN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = (
    ("year", ("سنة", "سنتين", "سنوات", "سنة")),
    ("month", ("شهر", "شهرين", "أشهر", "شهرًا")),
    ("week", ("أسبوع", "أسبوعين", "أسابيع", "أسبوعًا")),
    ("day", ("يوم", "يومين", "أيام", "يومًا")),
    ("hour", ("ساعة", "ساعتين", "ساعات", "ساعة")),
    ("minute", ("دقيقة", "دقيقتين", "دقائق", "دقيقة")),
)
_WORKING_DAYS = ("working day", ("يوم عمل", "يومي عمل", "أيام عمل", "يوم عمل"))


def in_words(text: str, *, working: bool = False) -> Text:
    """An ISO 8601 duration in words; any other text as it is written."""
    found = _PLAIN.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return Text(text, text)
    parts = [
        _counted(int(number), _WORKING_DAYS if working and unit[0] == "day" else unit)
        for number, unit in zip(found.groups(), _UNITS, strict=True)
        if number
    ]
    return Text(" and ".join(part.en for part in parts), " و".join(part.ar for part in parts))


def _counted(number: int, unit: tuple[str, tuple[str, str, str, str]]) -> Text:
    """English adds an s; Arabic has a singular, a dual, a plural up to ten, and an accusative beyond."""
    en, (one, two, few, many) = unit
    english = f"{number} {en}" if number == 1 else f"{number} {en}s"
    arabic = {1: one, 2: two}.get(number) or f"{number} {few if 3 <= number <= 10 else many}"
    return Text(english, arabic)
