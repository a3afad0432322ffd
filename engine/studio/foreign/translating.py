"""Says in our words what other tools said in theirs, where that is certain; each answer is one change in a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from engine.decisions import feel, syntax
from engine.decisions.builtins import FUNCTIONS
from engine.decisions.errors import DecisionError
from engine.execution.xml import Element

Mend = Mapping[str, object]
"""What the modeler changes with one click: `properties` of the element, `condition`, `script`, `loop`, `inputs` and
`outputs` (name and FEEL), `instructions`."""

_WORD = re.compile(r"[A-Za-z]\w*")
_SPELLING = (("&&", " and "), ("||", " or "), ("==", "="))
_CONSTANTS = {"True": "true", "False": "false", "None": "null"}


def to_feel(text: str) -> str | None:
    """An expression of another tool in FEEL: `=x`, `${x == 'a'}`, `x == True`; None where it is not certain."""
    plain = text.strip().removeprefix("=").strip()
    if wrapped := re.fullmatch(r"[$#]\{([^{}]*)\}", plain):
        plain = wrapped[1].strip()
    if '"' not in plain:
        plain = plain.replace("'", '"')
    for theirs, ours in _SPELLING:
        plain = plain.replace(theirs, ours)
    plain = re.sub(r"\b(True|False|None)\b", lambda found: _CONSTANTS[found[1]], " ".join(plain.split()))
    try:
        node = feel.parse(plain).node
    except DecisionError:
        return None
    return plain if plain and _is_plain(node) else None


def _is_plain(node: syntax.Node) -> bool:
    """Whether it calls nothing that FEEL does not have."""
    calls = [one for one in syntax.walk(node) if isinstance(one, syntax.Call)]
    return all(isinstance(call.callee, syntax.Name) and call.callee.name in FUNCTIONS for call in calls)


def mend_of(word: str, element: Element | None, value: str) -> Mend | None:
    """The change for a foreign word: an attribute by its value, or an element by what stands in it."""
    make = _MENDS.get(word)
    return make(element, value) if make else None


def _property(name: str, attribute: str = "") -> Callable[[Element | None, str], Mend | None]:
    def make(element: Element | None, value: str) -> Mend | None:
        said = (element.get(attribute) or "" if element is not None and attribute else value).strip()
        return {"properties": {name: said}} if _WORD.fullmatch(said) else None

    return make


def _role(element: Element | None, value: str) -> Mend | None:
    said = (element.get("candidateGroups") or "" if element is not None else value).strip()
    return {"properties": {"ihala:role": f'"{said}"'}} if _WORD.fullmatch(said) else None


def _collection(element: Element | None, value: str) -> Mend | None:
    listed = to_feel(element.get("inputCollection") or "" if element is not None else value)
    item = element.get("inputElement") or "" if element is not None else ""
    return {"loop": {"ihala:collection": listed, **({"ihala:item": item} if item else {})}} if listed else None


def _script(element: Element | None, value: str) -> Mend | None:
    if element is None or not element.get("expression"):
        return None
    said, name = to_feel(element.get("expression") or ""), (element.get("resultVariable") or "").strip()
    return {"script": f"{name} = {said}"} if said and _WORD.fullmatch(name) else None


def _mapping(side: str, name: str, expression: str) -> Callable[[Element | None, str], Mend | None]:
    def make(element: Element | None, value: str) -> Mend | None:
        if element is None:
            return None
        known = (element.get(name) or "").strip()
        given = to_feel(element.get(expression) or "" if expression else element.text or "")
        return {side: [[known, given]]} if given and _WORD.fullmatch(known) else None

    return make


def _instructions(element: Element | None, value: str) -> Mend | None:
    said = (element.text or "").strip() if element is not None else ""
    return {"instructions": said} if said and "{{" not in said and "{%" not in said else None


def _text_of(name: str) -> Callable[[Element | None, str], Mend | None]:
    def make(element: Element | None, value: str) -> Mend | None:
        return _property(name)(None, element.text or "" if element is not None else value)

    return make


_MENDS: dict[str, Callable[[Element | None, str], Mend | None]] = {
    "candidateGroups": _role,
    "assignmentDefinition": _role,
    "decisionRef": _property("ihala:decision"),
    "calledDecision": _property("ihala:decision", "decisionId"),
    "calledDecisionId": _text_of("ihala:decision"),
    "calledElement": _property("calledElement", "processId"),
    "collection": _collection,
    "loopCharacteristics": _collection,
    "script": _script,
    "input": _mapping("inputs", "target", "source"),
    "output": _mapping("outputs", "target", "source"),
    "in": _mapping("inputs", "target", "source"),
    "out": _mapping("outputs", "target", "source"),
    "inputParameter": _mapping("inputs", "name", ""),
    "outputParameter": _mapping("outputs", "name", ""),
    "instructionsForEndUser": _instructions,
}
