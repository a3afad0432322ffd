"""What `mechanism.toml` says of roles, the working calendar, routing and signing: whether the engine could go by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from engine.clock import WEEKDAYS, month_and_day
from engine.execution.checking.rules.rule import Finding, found
from engine.text import Text

SIGHTS = ("case", "own", "counts")


def settings_findings(settings: Mapping[str, Any]) -> Iterator[Finding]:
    """Every entry that is not what the engine expects, under its dotted name."""
    for name in ("mechanism", "roles", "calendar", "publishing", "routing"):
        if not isinstance(settings.get(name, {}), Mapping):
            yield _shape(name, f"[{name}]", _TABLE)
    yield from _roles(_table(settings, "roles"), _table(settings, "organisation_kinds"))
    yield from _calendar(_table(settings, "calendar"))
    yield from _routing(_table(settings, "routing"), _table(settings, "roles"))
    yield from _signing(_table(settings, "publishing"), _table(settings, "roles"))


def _roles(roles: Mapping[str, Any], kinds: Mapping[str, Any]) -> Iterator[Finding]:
    for role, said in roles.items():
        if not isinstance(said, Mapping):
            continue  # said of its name already
        held_by = said.get("held_by", [])
        if not _are_words(held_by) or (kinds and not set(held_by) <= set(kinds)):
            yield _shape(role, f"roles.{role}.held_by", _KINDS)
        if said.get("sees", "own") not in SIGHTS:
            yield _shape(role, f"roles.{role}.sees", _SIGHTS)
        if not isinstance(said.get("told_outside_team", False), bool):
            yield _shape(role, f"roles.{role}.told_outside_team", _TRUTH)


def _calendar(said: Mapping[str, Any]) -> Iterator[Finding]:
    days = said.get("working_days")
    if days is not None and (not days or not _are_words(days) or not {one.lower() for one in days} <= set(WEEKDAYS)):
        yield _shape("calendar", "calendar.working_days", _DAYS)
    if "closes_at" in said and not _is_time(said["closes_at"]):
        yield _shape("calendar", "calendar.closes_at", _TIME)
    holidays = said.get("holidays", {})
    if not isinstance(holidays, Mapping) or not all(map(_is_day, holidays)):
        yield _shape("calendar", "calendar.holidays", _HOLIDAYS)


def _routing(said: Mapping[str, Any], roles: Mapping[str, Any]) -> Iterator[Finding]:
    fallback = said.get("fallback_role")
    if fallback is not None and fallback not in roles:
        yield _shape("routing", "routing.fallback_role", _ROLE)
    starts = said.get("starts", {})
    lists: list[Any] = list(starts.values()) if isinstance(starts, Mapping) else [None]
    if not all(_are_words(one) and set(one) <= set(roles) for one in lists):
        yield _shape("routing", "routing.starts", _STARTS)


def _signing(said: Mapping[str, Any], roles: Mapping[str, Any]) -> Iterator[Finding]:
    """Who decides on releases: roles that there are, and a number of them."""
    signers = said.get("signed_by")
    if signers is not None and (not signers or not _are_words(signers) or not set(signers) <= set(roles)):
        yield _shape("publishing", "publishing.signed_by", _ROLES)
    number = said.get("signatures", 1)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        yield _shape("publishing", "publishing.signatures", _WHOLE)


def _shape(element: str, name: str, expected: Text) -> Finding:
    return found("mechanism_shape", element, name=name, expected=expected)


def _table(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = settings.get(name, {})
    return value if isinstance(value, Mapping) else {}


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_time(value: object) -> bool:
    try:
        return time.fromisoformat(str(value)).tzinfo is None
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return bool(month_and_day(value))
    except ValueError:
        return False


_TABLE = Text("a table", "جدولًا")
_KINDS = Text("a list of kinds of organisation of this file", "قائمة أنواع جهات من هذا الملف")
_SIGHTS = Text("“case”, “own” or “counts”", "«case» أو «own» أو «counts»")
_TRUTH = Text("true or false", "true أو false")
_DAYS = Text("a list of at least one day, such as “sunday”", "قائمة من يوم واحد على الأقل، مثل «sunday»")
_TIME = Text("a time of day such as “15:00”", "وقتًا من اليوم مثل «15:00»")
_HOLIDAYS = Text(
    "a table of days such as “10-06” (month and day), each with its names",
    "جدول أيام مثل «10-06» (الشهر ثم اليوم) لكل منها اسمه",
)
_ROLE = Text("a role of this file", "دورًا من هذا الملف")
_ROLES = Text("a list of roles of this file", "قائمة أدوار من هذا الملف")
_STARTS = Text("a table of processes, each with a list of roles", "جدول إجراءات لكل منها قائمة أدوار")
_WHOLE = Text("a whole number, one or more", "عددًا صحيحًا، واحدًا أو أكثر")
