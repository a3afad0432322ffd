"""An answer in words: the option's label, yes or no, a date, a list; for people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.forms import Field
from engine.text import Text

YES, NO = Text("Yes", "نعم"), Text("No", "لا")
NOTHING = Text("Not answered", "لا إجابة")


def in_words(field: Field, value: object, zone: ZoneInfo) -> Text:
    """The answer as the one who gave it would say it."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return _joined([_item(field, one, zone) for one in value])
    option = field.option(value)
    if option is not None:
        return option.text
    if isinstance(value, datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return _same(local.strftime("%Y-%m-%d %H:%M"))
    return _same(f"{field.prefix.en}{value}{field.suffix.en}", f"{field.prefix.ar}{value}{field.suffix.ar}")


def _item(field: Field, value: object, zone: ZoneInfo) -> Text:
    if not isinstance(value, Mapping):
        return in_words(field, value, zone)
    parts = [(one.label, in_words(one, value.get(one.key), zone)) for one in field.fields]
    return Text(
        "; ".join(f"{label.en}: {words.en}" for label, words in parts),
        "؛ ".join(f"{label.ar}: {words.ar}" for label, words in parts),
    )


def _joined(parts: list[Text]) -> Text:
    return Text(", ".join(one.in_("en") for one in parts), "، ".join(one.in_("ar") for one in parts))


def _same(en: str, ar: str = "") -> Text:
    return Text(en, ar or en)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment in local time, digits only: read the same in both languages."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
