"""The list of safeguards as it is written: what each means, whom a break would endanger, and what proves it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from engine.decisions import feel, samples
from engine.decisions.errors import DecisionError
from engine.errors import Refusal
from engine.execution.safeguarding.kinds import KINDS, Proof, Selector, Tests
from engine.text import Text

LIST = "safeguards.toml"
"""The file beside a mechanism that a new installation takes its list from; never part of a release."""
LARGEST = 400
"""Proofs in one list: each takes some milliseconds, on every page of a draft."""


class SafeguardsUnreadable(Refusal):
    """`reason` says where the list cannot be read."""

    sentence = Text("The list of safeguards cannot be read: {reason}", "تتعذر قراءة قائمة الضمانات: {reason}")


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One thing that every release keeps. `enforced`: what the engine itself refuses while a case runs, if anything."""

    id: str
    name: Text
    meaning: Text
    endangers: Text
    enforced: Text
    proofs: tuple[Proof, ...]


def read_list(content: bytes) -> tuple[Safeguard, ...]:
    """The safeguards of a list. Raises `SafeguardsUnreadable` with the place that is wrong."""
    try:
        said = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SafeguardsUnreadable(reason=str(error)) from error
    listed = said.get("safeguard")
    if not isinstance(listed, list) or not listed or set(said) != {"safeguard"}:
        raise SafeguardsUnreadable(reason=_NOTHING)
    found = tuple(_safeguard(one) for one in listed)
    if len({one.id for one in found}) < len(found):
        raise SafeguardsUnreadable(reason=_TWICE)
    if sum(len(one.proofs) for one in found) > LARGEST:
        raise SafeguardsUnreadable(reason=_TOO_MANY.format(limit=LARGEST))
    return found


def _safeguard(said: Any) -> Safeguard:
    name = str(said.get("id", "?")) if isinstance(said, Mapping) else "?"
    if not isinstance(said, Mapping) or not said.keys() <= {"id", "name", "meaning", "endangers", "enforced", "proof"}:
        raise SafeguardsUnreadable(reason=_SHAPE.format(id=name))
    title, meaning, endangers = (_words(said, key, name) for key in ("name", "meaning", "endangers"))
    enforced = _words(said, "enforced", name) if "enforced" in said else Text("")
    proofs = said.get("proof")
    if "id" not in said or not isinstance(proofs, list) or not proofs:
        raise SafeguardsUnreadable(reason=_UNPROVED.format(id=name))
    return Safeguard(name, title, meaning, endangers, enforced, tuple(_proof(one, name) for one in proofs))


def _words(said: Mapping[str, Any], key: str, name: str) -> Text:
    value = said.get(key)
    if not isinstance(value, Mapping) or not all(isinstance(value.get(lang), str) and value[lang] for lang in _LANGS):
        raise SafeguardsUnreadable(reason=_WORDS.format(id=name, key=key))
    return Text(value["en"], value["ar"])


def _proof(said: Any, name: str) -> Proof:
    kind = KINDS.get(str(said.get("kind"))) if isinstance(said, Mapping) else None
    if kind is None:
        raise SafeguardsUnreadable(reason=_KIND.format(id=name, known=", ".join(KINDS)))
    readers = {one.name: _READERS[str(one.type)] for one in fields(kind)}
    try:
        values: dict[str, Any] = {key: readers[key](value) for key, value in said.items() if key != "kind"}
        return kind(**values)
    except DecisionError as error:
        raise SafeguardsUnreadable(reason=_TEST.format(id=name, reason=error.text)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise SafeguardsUnreadable(reason=_PARTS.format(id=name, known=", ".join(readers))) from error


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _sentence(value: Any) -> Text:
    return Text(_word(value["en"]), _word(value["ar"]))


def _several(value: Any) -> frozenset[str]:
    return frozenset(map(_word, value if isinstance(value, list) else [value]))


def _selector(value: Any) -> Selector:
    return {key: _several(words) for key, words in value.items()}


def _tests(value: Any) -> Tests:
    return {key: _test(_word(text)) for key, text in value.items()}


def _test(text: str) -> feel.UnaryTests:
    """Read and tried once, so that proving it never fails; it may ask about nothing but its own value."""
    test = feel.parse_unary(text)
    if not samples.is_constant(test):
        raise DecisionError(text, 0, _OWN_VALUE.format(text=text))
    for one in (None, True, "", *samples.marks_of(test)):
        test.evaluate(one, {})
    return test


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "Selector": _selector,
    "Tests": _tests,
    "str": _word,
    "bool": _switch,
    "Text": _sentence,
    "frozenset[str]": _several,
}
_LANGS = ("en", "ar")
_NOTHING = Text(
    "expected one [[safeguard]] or more, and nothing beside them.",
    "المتوقع ضمانة واحدة أو أكثر [[safeguard]] دون شيء آخر بجانبها.",
)
_TWICE = Text("two safeguards have one id.", "لضمانتين معرّف واحد.")
_TOO_MANY = Text("more than {limit} proofs would take too long.", "أكثر من {limit} إثبات يستغرق وقتًا طويلًا.")
_SHAPE = Text(
    "“{id}” may have id, name, meaning, endangers, enforced and proof.",
    "يمكن أن يكون في «{id}»: id وname وmeaning وendangers وenforced وproof.",
)
_WORDS = Text("“{id}” needs {key} in both languages, en and ar.", "يلزم في «{id}» نص {key} باللغتين en وar.")
_UNPROVED = Text("“{id}” needs an id and at least one proof.", "يلزم أن يكون لـ «{id}» معرّف وإثبات واحد على الأقل.")
_KIND = Text("a proof of “{id}” must be of one of the kinds {known}.", "إثبات «{id}» يجب أن يكون أحد الأنواع {known}.")
_PARTS = Text(
    "a proof of “{id}” lacks a part, or has one of the wrong kind; expected: {known}.",
    "في إثبات «{id}» جزء ناقص أو غير مناسب؛ المتوقع: {known}.",
)
_TEST = Text("a test in “{id}” cannot be read: {reason}", "في «{id}» شرط لا يُقرأ: {reason}")
_OWN_VALUE = Text("“{text}” asks about something else than the value itself.", "«{text}» يسأل عن شيء غير القيمة نفسها.")
