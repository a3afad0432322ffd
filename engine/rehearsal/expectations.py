"""What a story may expect, in words for whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.text import Text

EXPECTATIONS = {
    "open": Text("open tasks: {what}", "المهام المفتوحة: \u2068{what}\u2069"),
    "not_open": Text("tasks that are not open: {what}", "مهام غير مفتوحة: \u2068{what}\u2069"),
    "held": Text("tasks held for a missing consent: {what}", "مهام موقوفة لعدم توفر موافقة: \u2068{what}\u2069"),
    "timers": Text("clocks that run: {what}", "المواعيد الجارية: \u2068{what}\u2069"),
    "variables": Text("values: {what}", "القيم: \u2068{what}\u2069"),
    "consents": Text("consents: {what}", "الموافقات: \u2068{what}\u2069"),
    "team": Text("the team: {what}", "الفريق: \u2068{what}\u2069"),
    "beds": Text("free beds: {what}", "الأسرّة الشاغرة: \u2068{what}\u2069"),
    "state": Text("the state of the process: {what}", "حالة الإجراء: \u2068{what}\u2069"),
    "passed": Text("steps that were passed: {what}", "خطوات مرّ بها الإجراء: \u2068{what}\u2069"),
    "not_passed": Text("steps that were not passed: {what}", "خطوات لم يمر بها الإجراء: \u2068{what}\u2069"),
    "notices": Text("notices sent: {what}", "الإشعارات المرسلة: \u2068{what}\u2069"),
    "forgotten": Text("the person was forgotten: {what}", "مُحيت بيانات الشخص: \u2068{what}\u2069"),
}
OF_ELEMENTS = frozenset({"open", "not_open", "held", "timers", "passed", "not_passed"})
"""What is expected of elements, by their ids."""
STATES = {
    "running": Text("running", "جارية"),
    "completed": Text("completed", "منتهية"),
    "failed": Text("failed", "متوقفة لخطأ"),
}


def expected_in_words(kind: str, expected: object) -> Text:
    """One expectation of a story, as people say it."""
    return EXPECTATIONS[kind].format(what=value_in_words(kind, expected))


def value_in_words(kind: str, value: object) -> Text | str:
    """What is expected or found under one heading: states have words, the rest is what the files call it."""
    return STATES.get(str(value), str(value)) if kind == "state" else listed(value)


def listed(expected: object) -> str:
    """What a story expects, as one line: names one after the other, values with what they belong to."""
    if isinstance(expected, Mapping):
        return ", ".join(f"{key} = {listed(value)}" for key, value in expected.items())
    return ", ".join(map(str, expected)) if isinstance(expected, list) else str(expected)
