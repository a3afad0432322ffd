"""Whether what a word of another tool did is said in our words already."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.execution.normalising.diagram import id_of, q
from engine.execution.xml import Element, ihala
from engine.studio.foreign.translating import Mend
from engine.studio.foreign.words import DUE, FORM, PROGRAM, Word


def is_said(step: Element, word: Word, mend: Mend | None, forms: Collection[str]) -> bool:
    """Whether the step has its own form, operation or deadline, or what `mend` would give it."""
    if word == FORM:
        return id_of(step) in forms
    if word == PROGRAM:
        return step.get(ihala("operation")) is not None
    if word == DUE:
        scope = step.getparent()
        beside = [] if scope is None else scope.findall(q("boundaryEvent"))
        return any(one.get("attachedToRef") == id_of(step) and one.get(ihala("deadline")) == "true" for one in beside)
    return bool(mend) and all(_has(step, what, value) for what, value in (mend or {}).items())


def _has(step: Element, what: str, value: object) -> bool:
    if what == "properties" and isinstance(value, Mapping):
        return all(step.get(_name(key)) == said for key, said in value.items())
    if what == "loop" and isinstance(value, Mapping):
        loop = step.find(q("multiInstanceLoopCharacteristics"))
        return loop is not None and all(loop.get(_name(key)) == said for key, said in value.items())
    if what in ("inputs", "outputs") and isinstance(value, list):
        known = {one.get("name") for one in step.iter(ihala(what.removesuffix("s")))}
        return all(name in known for name, _ in value)
    if what == "script":
        return bool((step.findtext(q("script")) or "").strip())
    return what == "instructions" and bool((step.findtext(q("documentation")) or "").strip())


def _name(key: str) -> str:
    return ihala(key.removeprefix("ihala:")) if key.startswith("ihala:") else key
