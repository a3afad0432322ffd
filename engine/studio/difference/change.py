"""One change in words, and how two sets of facts are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is different now, at an element of the file (empty: the whole file)."""

    element: str
    text: Text
    is_layout: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of an element under one heading: `label` names it, `value` is what stands there, in words."""

    label: Text
    value: Text


Facts = Mapping[str, Fact]


def said(text: Text, element: str = "", **values: object) -> Change:
    return Change(element, text.format(**values))


def facts_changed(element: str, name: Text, before: Facts, after: Facts) -> Iterator[Change]:
    """What of the facts about one element is new, gone or different."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old.value != new.value:
            yield said(_NOW, element, name=name, label=new.label, new=new.value, old=old.value)
        elif old is None and new is not None:
            yield said(_HAS, element, name=name, label=new.label, new=new.value)
        elif new is None and old is not None:
            yield said(_HAS_NOT, element, name=name, label=old.label, old=old.value)


def fact(en: str, ar: str, value: Text | str) -> Fact:
    return Fact(Text(en, ar), value if isinstance(value, Text) else Text(value, value))


_NOW = Text(
    "“{name}”: {label} is now {new} instead of {old}.",
    "«{name}»: {label} الآن \u2068{new}\u2069 بدلًا من \u2068{old}\u2069.",
)
_HAS = Text("“{name}”: {label} is now {new}.", "«{name}»: {label} الآن \u2068{new}\u2069.")
_HAS_NOT = Text("“{name}”: {label} is gone (it was {old}).", "«{name}»: حُذف {label} (كان \u2068{old}\u2069).")
