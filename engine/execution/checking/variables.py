"""Which names the expressions of a process can use, and which answers of a form may steer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.execution.checking.expressions import Written, assigned, parsed, written
from engine.execution.checking.fitting import fitting_findings
from engine.execution.checking.kinds import Kind, Kinds, kinds_of_decision, kinds_of_form
from engine.execution.checking.material import Material
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import FLOW_NODES, Element, id_of, kind, q
from engine.execution.xml import ihala
from engine.forms import Form
from engine.operations import OPERATIONS

AGES = ("age", "age_band", "age_estimated")
"""What a birth date with `becomes: age` gives instead of itself."""
LOOP_NAMES = (
    "loopCounter",
    "numberOfInstances",
    "numberOfCompletedInstances",
    "numberOfActiveInstances",
    "numberOfTerminatedInstances",
)
"""What the standard gives to expressions of a repeated activity."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names an expression of one process can read; `is_open` where whoever starts the process may give more."""

    known: frozenset[str]
    answers: dict[str, tuple[frozenset[str], frozenset[str]]]
    """Activity -> the parts of its result that may be used, and those that are only in the record."""
    is_open: bool
    kinds: Kinds = field(default_factory=dict)
    """What kinds of values the parts of results are, where the files tell."""


def names_of(process: Element, material: Material) -> Names:
    """Results of the process's steps, what its scripts and messages write, and what its callers hand over."""
    known: set[str] = set()
    answers: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    kinds: dict[tuple[str, ...], Kind] = {}
    for element in process.iter():
        known |= _given_by(element)
        kinds |= _kinds(element, material)
        if kind(element) in FLOW_NODES and (parts := _parts(element, material)):
            answers[id_of(element)] = parts
    calls = _calls(id_of(process), material)
    handed = {given.get("name", "") for call in calls for given in call.iter(ihala("input"))}
    is_open = material.mechanism is None or (not calls and id_of(process) != material.first_process)
    return Names(frozenset((known | handed) - {""}), answers, is_open, kinds)


def _given_by(element: Element) -> set[str]:
    name = kind(element)
    if name in FLOW_NODES:
        given = {id_of(element)}
        return given | {variable for variable, _ in assigned(element)} if name == "scriptTask" else given
    if name in ("dataObject", "dataObjectReference", "property", "dataInput", "dataOutput", "inputDataItem"):
        return {id_of(element), element.get("name", "")}
    if name == "outputDataItem":
        return {id_of(element), element.get("name", "")}
    if name.endswith("LoopCharacteristics"):
        collected = (element.findtext(q("loopDataOutputRef")) or "").strip()
        return {element.get(ihala("item"), ""), collected, *LOOP_NAMES}
    if element.tag == ihala("output"):
        return {element.get("name", "")}
    return set()


def _kinds(element: Element, material: Material) -> dict[tuple[str, ...], Kind]:
    """The kinds of an activity's results; nothing of a repeated one, whose result is a list of them."""
    if any(kind(child).endswith("LoopCharacteristics") for child in element):
        return {}
    if kind(element) == "userTask" and (form := material.form_of(id_of(element))):
        return {(id_of(element), key): found for key, found in kinds_of_form(form).items()}
    if kind(element) == "businessRuleTask":
        decision = element.get(ihala("decision")) or id_of(element)
        model = material.model_of(decision)
        found = kinds_of_decision(model, decision) if model else {}
        return {(id_of(element), *part): one for part, one in found.items()}
    return {}


def _calls(process_id: str, material: Material) -> list[Element]:
    """The call activities that call a process."""
    return [
        call
        for diagram in material.diagrams.values()
        for call in diagram.author.iter(q("callActivity"))
        if call.get("calledElement") == process_id
    ]


def _parts(element: Element, material: Material) -> tuple[frozenset[str], frozenset[str]] | None:
    """The parts of an activity's result that can be told from the files; None where they cannot."""
    if kind(element) == "userTask" and (form := material.form_of(id_of(element))):
        return form_names(form)
    if kind(element) == "serviceTask" and (operation := OPERATIONS.get(element.get(ihala("operation"), ""))):
        declared = {given.get("name", "") for given in element.iter(ihala("output"))}
        return frozenset({*operation.outputs, *declared}), frozenset()
    if kind(element) == "callActivity":
        declared = {given.get("name", "") for given in element.iter(ihala("output"))}
        return (frozenset(declared), frozenset()) if declared else None
    return None


def form_names(form: Form) -> tuple[frozenset[str], frozenset[str]]:
    """The answers of a form that become variables, and those that stay in the record."""
    variables: set[str] = set()
    private: set[str] = set()
    for question in form.fields:
        coded_items = question.kind == "dynamiclist" and any(one.is_variable for one in question.fields)
        (variables if question.is_variable or coded_items else private).add(question.key)
        if question.becomes == "age":
            variables.update(AGES)
    return frozenset(variables), frozenset(private - variables)


def expression_findings(material: Material) -> Iterator[tuple[str, Finding]]:
    """File and finding for every expression of the set."""
    by_process = {process: names_of(element, material) for process, (_, element) in material.called().items()}
    # what a process that is not there would give is unknown; that it is not there is said already
    anything = Names(frozenset(), {}, is_open=True)
    for diagram in material.diagrams.values():
        for one in written(diagram.author):
            where = by_process.get(one.called or one.process)
            for finding in _of_expression(one, where or anything):
                yield diagram.file, finding


def _of_expression(one: Written, names: Names) -> Iterator[Finding]:
    expression = parsed(one, names.known)
    if isinstance(expression, Finding):
        yield expression
    elif expression is not None:
        for path in sorted(expression.paths()):
            yield from _of_path(one, path, names)
        yield from fitting_findings(one, expression, names.kinds)


def _of_path(one: Written, path: tuple[str, ...], names: Names) -> Iterator[Finding]:
    first = path[0]
    if first not in names.known:
        code = "variable_maybe_unknown" if names.is_open else "variable_unknown"
        yield found(code, one.element, text=one.text, name=first)
    elif first in names.answers and len(path) > 1:
        usable, private = names.answers[first]
        if path[1] in private:
            yield found("answer_private", one.element, text=one.text, name=".".join(path[:2]))
        elif path[1] not in usable:
            known = ", ".join(sorted(usable)) or "-"
            yield found("answer_unknown", one.element, text=one.text, name=path[1], task=first, known=known)
