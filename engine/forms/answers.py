"""One answer to one question: its typed value, and whether it keeps to the question's limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema.exceptions import ValidationError

from engine.forms import messages
from engine.forms.ages import PartialDate
from engine.forms.digits import western
from engine.forms.model import Field
from engine.forms.schema import validator_of
from engine.text import Text


class Unfit(Exception):
    """The answer does not fit its question; `text` says what to enter."""

    def __init__(self, sentence: Text, field: Field, **values: object) -> None:
        self.text = messages.about(sentence, field.label, **values)
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and the mechanism's zone, in which people write dates and times."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def local(self) -> datetime:
        return self.now.astimezone(self.zone)


def typed_value(field: Field, value: object, moment: Moment) -> object:
    """The answer as the engine keeps it, from JSON or from Python; None where there is none. Raises `Unfit`."""
    if value is None or value == "" or value == []:
        return None
    if field.kind in ("textfield", "textarea"):
        return _text(field, value)
    if field.kind == "number":
        return _number(field, value)
    if field.kind == "checkbox":
        if not isinstance(value, bool):
            raise Unfit(messages.NO_YES_OR_NO, field)
        return value
    if field.kind in ("radio", "select"):
        if not isinstance(value, str):
            raise Unfit(messages.NO_OPTION, field)
        return value
    if field.kind == "datetime":
        return _moment(field, value, moment)
    return _list(field, value)


def check(field: Field, value: object, moment: Moment) -> None:
    """Whether a typed value keeps to the question's limits. Raises `Unfit` with the first sentence that applies."""
    if value is None or (field.kind == "checkbox" and value is False):
        if field.required:
            raise missing(field)
        return
    error = next(iter(validator_of(field).iter_errors(_json(field, value))), None)
    if error is not None:
        raise _unfit(field, error)
    if field.kind == "datetime":
        _check_moment(field, value, moment)
    if field.kind == "filepicker" and field.accept:
        _check_file_types(field, value)


def missing(field: Field) -> Unfit:
    """Nothing was answered to a question that must be answered."""
    if field.kind == "checkbox":
        return Unfit(messages.TICK, field)
    if field.kind in ("radio", "select", "checklist"):
        return Unfit(messages.SELECT, field)
    if field.kind == "dynamiclist":
        return Unfit(messages.ADD, field)
    return Unfit(messages.ATTACH if field.kind == "filepicker" else messages.ENTER, field)


def in_zone(field: Field, wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the mechanism's clocks showed this time; a time the clocks skipped is refused."""
    moment = wall.replace(tzinfo=zone)
    if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != wall:
        raise Unfit(messages.NO_SUCH_TIME, field)
    return moment


def _cleaned(value: str) -> str:
    """Without signs that show nothing, but for those that break lines or join letters."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable() or _joins(sign))


def _text(field: Field, value: object) -> str | None:
    if not isinstance(value, str):
        raise Unfit(messages.NO_TEXT, field)
    text = (value if value.isprintable() else _cleaned(value)).strip()
    if field.limits.form or field.limits.pattern:
        text = western(text)
    if field.limits.form == "phone":
        text = re.sub(r"[\s().\-\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
        text = "+" + text[2:] if text.startswith("00") else text
    return text or None


def _joins(sign: str) -> bool:
    """Joiners and direction marks are not printable, yet Arabic is misspelt without them."""
    return sign in "\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u061c\u00a0"


def _number(field: Field, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unfit(messages.NO_NUMBER, field)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Unfit(messages.NO_NUMBER, field) from None
    if not number.is_finite():
        raise Unfit(messages.NO_NUMBER, field)
    return number


def _moment(field: Field, value: object, moment: Moment) -> date | datetime | time | str:
    read = {"date": _day, "time": _time, "datetime": _instant}[field.subtype]
    try:
        return read(field, value, moment.zone)
    except (ValueError, TypeError):
        raise Unfit(messages.NO_TIME if field.subtype == "time" else messages.NO_DATE, field) from None


def _day(field: Field, value: object, zone: ZoneInfo) -> date | str:
    if isinstance(value, datetime):
        raise TypeError("a date is asked for, found a moment")
    if isinstance(value, date):
        return value
    text = value if isinstance(value, str) else ""
    partial = PartialDate.parse(western(text.strip())) if field.precision != "day" else None
    return partial.value() if partial else date.fromisoformat(text.strip())


def _time(field: Field, value: object, zone: ZoneInfo) -> time:
    return value if isinstance(value, time) else time.fromisoformat(str(value))


def _instant(field: Field, value: object, zone: ZoneInfo) -> datetime:
    instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return in_zone(field, instant, zone) if instant.tzinfo is None else instant.astimezone(zone)


def _list(field: Field, value: object) -> list[object]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        raise Unfit(messages.NO_LIST, field)
    return list(value)


def _json(field: Field, value: object) -> Any:
    """The value as JSON Schema sees it; whole decimals are integers there."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, time) and field.subtype == "time":
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date | time) else value


def _unfit(field: Field, error: ValidationError) -> Unfit:
    """The sentence for a broken schema rule."""
    if "allOf" in error.absolute_schema_path:
        return Unfit(messages.NO_EMAIL if field.limits.form == "email" else messages.NO_PHONE, field)
    rule, limit = str(error.validator), error.validator_value
    if rule == "multipleOf":
        return Unfit(messages.TOO_MANY_DECIMALS, field, digits=field.limits.decimal_digits)
    if rule == "type" and field.kind == "number":
        return Unfit(messages.NO_WHOLE_NUMBER, field)
    if rule == "minItems":
        return missing(field)
    sentence = _SENTENCES.get(rule, messages.NO_FILE if field.kind == "filepicker" else messages.NO_OPTION)
    return Unfit(sentence, field, limit=limit)


_SENTENCES = {
    "minimum": messages.TOO_SMALL,
    "maximum": messages.TOO_LARGE,
    "minLength": messages.TOO_SHORT,
    "maxLength": messages.TOO_LONG,
    "pattern": messages.WRONG_PATTERN,
    "maxItems": messages.TOO_MANY_ITEMS,
}


def _check_moment(field: Field, value: object, moment: Moment) -> None:
    earliest, latest = _span(value, moment)
    now = moment.now if isinstance(value, datetime) else moment.today
    if field.limits.not_future and earliest > now:
        raise Unfit(messages.IN_FUTURE if isinstance(value, datetime) else messages.IN_FUTURE_DAY, field)
    if field.limits.not_past and latest < now:
        raise Unfit(messages.IN_PAST, field)
    if field.becomes == "age" and earliest > now:
        raise Unfit(messages.IN_FUTURE_DAY, field)


def _span(value: object, moment: Moment) -> tuple[date | datetime, date | datetime]:
    """The earliest and the latest it can be; a time of day is taken as now."""
    if isinstance(value, str):
        partial = PartialDate.parse(value)
        return (partial.earliest(), partial.latest()) if partial else (moment.today, moment.today)
    return (value, value) if isinstance(value, date) else (moment.today, moment.today)


def _check_file_types(field: Field, value: object) -> None:
    for file in value if isinstance(value, list) else ():
        name, kind = str(file.get("name", "")).lower(), str(file.get("type", "")).lower()
        if name and not any(_accepts(rule.lower(), name, kind) for rule in field.accept):
            raise Unfit(messages.NO_SUCH_FILE_TYPE, field, types=", ".join(field.accept))


def _accepts(rule: str, name: str, kind: str) -> bool:
    if rule.startswith("."):
        return name.endswith(rule)
    return kind.startswith(rule.removesuffix("*")) if rule.endswith("/*") else kind == rule
