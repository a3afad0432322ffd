"""Typed answers as words a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.forms import Field, PartialDate
from web import language as words_of
from web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Shown:
    """One question and its answer in words: several `texts` for a list of choices, `items` for a dynamic list."""

    key: str
    label: str
    texts: tuple[str, ...] = ()
    items: tuple[tuple[Shown, ...], ...] = ()
    is_free_text: bool = False

    @property
    def is_answered(self) -> bool:
        return bool(self.texts or self.items)


def shown_answers(fields: Sequence[Field], values: Mapping[str, object], language: str, zone: ZoneInfo) -> list[Shown]:
    """The questions with their answers, in form order."""
    return [_shown(field, values.get(field.key), language, zone) for field in fields]


def _shown(field: Field, value: object, language: str, zone: ZoneInfo) -> Shown:
    label = field.label.in_(language)
    if field.kind == "dynamiclist":
        found = value if isinstance(value, list) else []
        items = tuple(tuple(shown_answers(field.fields, item, language, zone)) for item in found)
        return Shown(field.key, label, items=items)
    if value is None or value == []:
        return Shown(field.key, label)
    if isinstance(value, list):
        return Shown(
            field.key,
            label,
            tuple(_one(field, item, language, zone) for item in value),
            is_free_text=field.kind == "filepicker",
        )
    text = _one(field, value, language, zone)
    return Shown(field.key, label, (text,), is_free_text=field.kind in ("textfield", "textarea"))


def _one(field: Field, value: object, language: str, zone: ZoneInfo) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal | int):
        return " ".join(
            filter(
                None,
                (
                    field.prefix.in_(language),
                    f"{value:f}" if isinstance(value, Decimal) else str(value),
                    field.suffix.in_(language),
                ),
            )
        )
    if isinstance(value, datetime):
        return words_of.moment(value, zone)
    if isinstance(value, date):
        return words_of.day(value)
    if isinstance(value, time):
        return words_of.clock(value)
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    if field.kind == "datetime":
        return _partly_known(str(value))
    option = field.option(value)
    return option.text.in_(language) if option else str(value)


def _partly_known(text: str) -> str:
    partial = PartialDate.parse(text)
    if partial is None:
        return text
    known = words_of.day(partial.earliest()) if partial.day else str(partial.year)
    if partial.month and not partial.day:
        known = words_of.month(partial.earliest())
    return _("about %(date)s", date=known) if partial.estimated else known
