"""What somebody asks for in a play, as a step of it: the clock is moved, a message comes, a consent is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import Refusal
from engine.forms.digits import whole
from engine.studio.start_data import lines
from engine.text import Text
from engine.wording import weekday_and_moment

UNITS: Mapping[str, Text] = {
    "minutes": Text("minutes", "دقائق"),
    "hours": Text("hours", "ساعات"),
    "days": Text("days", "أيام"),
    "working_days": Text("working days", "أيام عمل"),
    "weeks": Text("weeks", "أسابيع"),
}
_WRITTEN = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "working_days": "P{}D", "weeks": "P{}W"}

Step = dict[str, Any]


class NoLength(Refusal):
    sentence = Text(
        "Say how long the clock is moved: a whole number from 1 to 9999, found “{found}”.",
        "يُرجى تحديد مدة تقديم الساعة: عدد صحيح من 1 إلى 9999، والموجود «\u2068{found}\u2069».",
    )


class NoMoment(Refusal):
    sentence = Text(
        "Say a day as 27 3 2026 and a time as 14:30, found “{found}”.",
        "يُرجى تحديد يوم مثل 27 3 2026 ووقت مثل 14:30، والموجود «\u2068{found}\u2069».",
    )


class NotLater(Refusal):
    sentence = Text(
        "The clock only goes forward: it is {now} already. Choose a later moment.",
        "الساعة تتقدم فقط: الآن {now}. يُرجى اختيار موعد لاحق.",
    )


def wait(amount: str, unit: str) -> Step:
    """The clock goes on by so many minutes, hours, days, working days or weeks. Raises `NoLength`."""
    number = whole(amount)
    if not number or unit not in UNITS:
        raise NoLength(found=amount)
    length: Step = {"wait": _WRITTEN[unit].format(number)}
    return {**length, "working": True} if unit == "working_days" else length


def typed(step: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any] | None:
    """How a step moves the clock, as somebody would have typed it; None where it is another one."""
    if "until" in step:
        at = step["until"] if isinstance(step["until"], datetime) else datetime.fromisoformat(str(step["until"]))
        local = at.astimezone(zone)
        day = {"day": local.day, "month": local.month, "year": local.year, "time": local.strftime("%H:%M")}
        return {"amount": "", "until": day}
    if "wait" not in step:
        return None
    for unit, written in _WRITTEN.items():
        found = re.fullmatch(written.format(r"(\d+)"), str(step["wait"]))
        if found and bool(step.get("working")) == (unit == "working_days"):
            return {"amount": found[1], "unit": unit, "until": {}}
    return {"amount": "", "until": {}}


def moment(day: Mapping[str, str], time: str, zone: ZoneInfo) -> datetime:
    """The moment of a `day`, `month` and `year` and a time, as they are typed, in the zone. Raises `NoMoment`."""
    typed = [day.get(part, "").strip() for part in ("day", "month", "year")]
    numbers = [whole(part) for part in typed]
    clock = [whole(part) for part in time.strip().split(":")]
    try:
        if None in numbers or None in clock or len(clock) != 2:
            raise ValueError(time)
        return datetime(numbers[2] or 0, numbers[1] or 0, numbers[0] or 0, clock[0] or 0, clock[1] or 0, tzinfo=zone)
    except ValueError as problem:
        raise NoMoment(found=" ".join([*typed, time]).strip()) from problem


def until(at: datetime, now: datetime, zone: ZoneInfo) -> Step:
    """The clock goes on to a moment after `now`. Raises `NotLater`."""
    if at <= now:
        raise NotLater(now=weekday_and_moment(now, zone))
    return {"until": at.astimezone(zone).isoformat()}


def sent(kind: str, name: str, payload: str) -> Step:
    """A message or signal comes with these values, one `name = value` a line. Raises `ValueUnreadable`."""
    carried = lines(payload)
    told = {("message" if kind == "message" else "name"): name, **({"payload": carried} if carried else {})}
    return {"send" if kind == "message" else "signal": told}


def consent(purpose: str) -> Step:
    """The person agrees to one purpose."""
    return {"world": {"consents": {purpose: "given"}}}
