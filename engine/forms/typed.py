"""What a person typed to one answer: three boxes to a date, digits of any script to a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from engine.forms import messages
from engine.forms.ages import PartialDate
from engine.forms.answers import Moment, Unfit, in_zone, typed_value
from engine.forms.digits import number, western, whole
from engine.forms.model import Field
from engine.text import Text

Typed = Mapping[str, Sequence[str]]
"""Names of inputs and what was typed into them, exactly: `born_on-day`, `children-0-name`. What a draft keeps."""

DATE_PARTS = ("day", "month", "year")
TIME_PARTS = ("hour", "minute")
ITEM, ASKED, ESTIMATED = "item", "asked", "estimated"
"""Suffixes: numbers of a list's items; that a conditional question was on the page; that a date is an estimate."""


@dataclass(frozen=True, slots=True)
class TypedAnswers:
    """Answers as typed. `prefix` leads to one item of a dynamic list (`children-0-`)."""

    typed: Typed
    files: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    prefix: str = ""

    def take(self, field: Field, moment: Moment) -> object:
        """The typed value of the answer, or None; raises `Unfit`."""
        if field.kind == "datetime":
            return self._moment(field, moment)
        texts = [text for text in self._all(field.key) if text.strip()]
        if field.kind == "checklist":
            return texts or None
        if field.kind == "filepicker":
            return [self._file(field, text) for text in texts] or None
        text = texts[0] if texts else ""
        if field.kind == "checkbox":
            return bool(text)
        if field.kind == "number" and text:
            found = number(text)
            if found is None:
                raise Unfit(messages.NO_NUMBER, field)
            return found
        return typed_value(field, text, moment)

    def items(self, field: Field) -> list[tuple[str, TypedAnswers]] | None:
        """The items of a dynamic list, each with the prefix of its names. Items with nothing in them count."""
        found = list(
            dict.fromkeys(n for n in self._all(f"{field.key}-{ITEM}") if n.isascii() and n.isdecimal() and len(n) < 5)
        )
        prefixes = [f"{self.prefix}{field.key}-{n}-" for n in found]
        return [(prefix, TypedAnswers(self.typed, self.files, prefix)) for prefix in prefixes] or None

    def was_asked(self, field: Field) -> bool:
        """Whether a conditional question was on the page that was sent."""
        return bool(self._all(f"{field.key}-{ASKED}"))

    def unknown(self, fields: Sequence[Field]) -> dict[str, Text]:
        """A browser may send more than the questions; that is ignored."""
        return {}

    def _all(self, name: str) -> Sequence[str]:
        return self.typed.get(self.prefix + name, ())

    def _one(self, name: str) -> str:
        found = self._all(name)
        return western(found[0]).strip() if found else ""

    def _file(self, field: Field, content_id: str) -> Mapping[str, object]:
        facts = self.files.get(content_id)
        if facts is None:
            raise Unfit(messages.NO_FILE, field)
        return {"id": content_id, **facts}

    def _moment(self, field: Field, moment: Moment) -> date | datetime | time | str | None:
        parts = {part: self._one(f"{field.key}-{part}") for part in (*DATE_PARTS, *TIME_PARTS)}
        if field.subtype == "date":
            return self._date(field, parts)
        clock = _clock(field, parts)
        if field.subtype == "time":
            return clock
        day = self._date(field, parts)
        if day is None and clock is None:
            return None
        if not isinstance(day, date):
            raise Unfit(messages.LACKS, field, missing=messages.PARTS["day"])
        if clock is None:
            raise Unfit(messages.LACKS, field, missing=messages.PARTS["hour"])
        return in_zone(field, datetime.combine(day, clock), moment.zone)

    def _date(self, field: Field, parts: Mapping[str, str]) -> date | str | None:
        if not any(parts[part] for part in DATE_PARTS):
            return None
        optional = set() if field.precision == "day" else {"day"} if parts["month"] else {"day", "month"}
        lacking = [part for part in DATE_PARTS if not parts[part] and part not in optional]
        if lacking:
            raise Unfit(messages.LACKS, field, missing=messages.PARTS[lacking[0]])
        if len(parts["year"]) != 4 or whole(parts["year"]) is None:
            raise Unfit(messages.NO_FOUR_DIGIT_YEAR, field)
        numbers = [whole(parts[part]) if parts[part] else None for part in reversed(DATE_PARTS)]
        is_estimated = field.precision == "estimated" and bool(self._one(f"{field.key}-{ESTIMATED}"))
        partial = PartialDate(numbers[0] or 0, numbers[1], numbers[2], is_estimated)
        misread = any(parts[part] and not number for part, number in zip(reversed(DATE_PARTS), numbers, strict=True))
        if misread or not partial.is_real():
            raise Unfit(messages.NO_DATE, field)
        return partial.value()


def _clock(field: Field, parts: Mapping[str, str]) -> time | None:
    hour, minute = parts["hour"], parts["minute"]
    if not hour and not minute:
        return None
    if not hour or not minute:
        raise Unfit(messages.LACKS, field, missing=messages.PARTS["minute" if hour else "hour"])
    numbers = whole(hour), whole(minute)
    if numbers[0] is None or numbers[1] is None or numbers[0] > 23 or numbers[1] > 59:
        raise Unfit(messages.NO_TIME, field)
    return time(numbers[0], numbers[1])


def as_typed(
    fields: Sequence[Field], values: Mapping[str, object], moment: Moment, prefix: str = ""
) -> dict[str, list[str]]:
    """The answers as a person would have typed them, to show them again for correction."""
    typed: dict[str, list[str]] = {}
    for one in fields:
        if one.key not in values or values[one.key] is None:
            continue
        name, value = prefix + one.key, values[one.key]
        if one.hide:
            typed[f"{name}-{ASKED}"] = ["1"]
        if one.kind == "dynamiclist" and isinstance(value, list):
            typed[f"{name}-{ITEM}"] = [str(n) for n in range(len(value))]
            for n, item in enumerate(value):
                typed |= as_typed(one.fields, item, moment, f"{name}-{n}-")
        elif one.kind == "datetime":
            typed |= {f"{name}-{part}": [text] for part, text in _parts_of(value, moment).items()}
        else:
            typed[name] = _texts(value)
    return typed


def _texts(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true"] if value else []
    if isinstance(value, list):
        return [str(one["id"]) if isinstance(one, Mapping) else str(one) for one in value]
    return [f"{value:f}" if isinstance(value, Decimal) else str(value)]


def _parts_of(value: object, moment: Moment) -> dict[str, str]:
    if isinstance(value, str):
        partial = PartialDate.parse(value)
        if partial is None:
            return {}
        parts = {"year": partial.year, "month": partial.month, "day": partial.day}
        return {part: str(number) for part, number in parts.items() if number} | (
            {ESTIMATED: "true"} if partial.estimated else {}
        )
    if isinstance(value, datetime):
        value = value.astimezone(moment.zone)
    found: dict[str, str] = {}
    if isinstance(value, date):
        found |= {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    if isinstance(value, datetime | time):
        found |= {"hour": f"{value.hour:02}", "minute": f"{value.minute:02}"}
    return found
