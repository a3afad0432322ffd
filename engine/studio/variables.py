"""What a condition of a diagram can ask: answers of forms and outputs of tables, in the words of their questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.decisions import dmn
from engine.decisions.errors import DecisionError
from engine.errors import CannotRun
from engine.execution.checking.kinds import Kind, kinds_of_decision, kinds_of_form
from engine.execution.normalising.diagram import Element, id_of, kind
from engine.execution.xml import ihala, parse
from engine.forms import Form, FormProblem
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a condition can compare: `path` as FEEL writes it, `words` as people do; `options` where there are."""

    path: str
    words: Text
    kind: str
    options: tuple[tuple[str, Text], ...] = ()


def variables_of(files: Mapping[str, bytes], path: str) -> list[Variable]:
    """What the conditions of one diagram can ask, in the order of its steps; nothing where it cannot be read."""
    try:
        root = parse(files[path], path)
    except CannotRun:
        return []
    found: list[Variable] = []
    for element in root.iter():
        if kind(element) == "userTask" and not _is_repeated(element):
            found += _answers(element, files)
        elif kind(element) == "businessRuleTask" and not _is_repeated(element):
            found += _outputs(element, files)
    return found


def _answers(task: Element, files: Mapping[str, bytes]) -> Iterator[Variable]:
    content = next((text for name, text in files.items() if name.endswith(f"/{id_of(task)}.form")), None)
    if content is None:
        return
    try:
        form = Form.load(content)
    except FormProblem:
        return
    for key, one in kinds_of_form(form).items():
        field = form.field(key)
        question = field.label if field else Text(key, AGES.get(key, key))
        options = tuple((option.value, option.text) for option in field.options) if field else _plain(one)
        yield Variable(f"{id_of(task)}.{key}", _in(task, question), one.name, options)


def _outputs(task: Element, files: Mapping[str, bytes]) -> Iterator[Variable]:
    decision = task.get(ihala("decision")) or id_of(task)
    content = next((text for name, text in files.items() if PurePosixPath(name).name == f"{decision}.dmn"), None)
    if content is None:
        return
    try:
        kinds = kinds_of_decision(dmn.load(content), decision)
    except DecisionError:
        return
    for part, one in kinds.items():
        words = Text(part[0], part[0]) if part else Text("result", "النتيجة")
        yield Variable(".".join((id_of(task), *part)), _in(task, words), one.name, _plain(one))


def _in(task: Element, question: Text) -> Text:
    """The question with the name of its step, since several steps may ask the same."""
    name = Text(task.get("name") or id_of(task), task.get(ihala("nameAr")) or task.get("name") or id_of(task))
    return Text(f"{name.en}: {question.en}", f"{name.ar}: {question.in_('ar')}")


def _plain(one: Kind) -> tuple[tuple[str, Text], ...]:
    return tuple((option, Text(option, option)) for option in sorted(one.options or ()))


def _is_repeated(element: Element) -> bool:
    return any(kind(child).endswith("LoopCharacteristics") for child in element)


AGES = {"age": "السن", "age_band": "الفئة العمرية", "age_estimated": "هل السن تقديرية"}
"""What a birth date gives instead of itself, in Arabic."""
