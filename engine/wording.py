"""An answer in words: the option's label, yes or no, a date, a list; for people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from engine.forms import Field
from engine.text import Text

YES, NO = Text("Yes", "نعم"), Text("No", "لا")
NOTHING = Text("Not answered", "لا إجابة")
_ENGLISH, _ARABIC = Locale("en", "GB"), Locale("ar", "EG")


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
        return moment(value, zone)
    if isinstance(value, date):
        return day(value)
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


def day(value: date) -> Text:
    """A date in words: 27 March 2026."""
    return Text(*(format_date(value, "d MMMM y", locale=locale) for locale in (_ENGLISH, _ARABIC)))


def weekday_and_moment(at: datetime, zone: ZoneInfo) -> Text:
    """A moment in the zone's time with its day of the week: Sunday 1 March 2026, 09:00."""
    local = at.astimezone(zone)
    english, arabic = (format_date(local, "EEEE d MMMM y", locale=locale) for locale in (_ENGLISH, _ARABIC))
    return Text(f"{english}, {local:%H:%M}", f"{arabic}، {local:%H:%M}")


def moment(at: datetime, zone: ZoneInfo) -> Text:
    """A moment in the zone's time: 27 March 2026, 14:30. One without a zone is taken as it stands."""
    local = at.astimezone(zone) if at.tzinfo else at
    words, clock = day(local), f"{local:%H:%M}"
    return Text(f"{words.en}, {clock}", f"{words.ar}، {clock}")
