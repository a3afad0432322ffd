"""Decision tables: whether they can be read, hold what diagrams ask for, and leave no gap or overlap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from engine.decisions import dmn
from engine.execution.checking.material import Material
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.checking.variables import names_of
from engine.execution.normalising.diagram import Element, id_of, q
from engine.execution.xml import ihala


def table_findings(material: Material) -> Iterator[tuple[str, Finding]]:
    first: dict[str, str] = {}
    for file, model in material.models.items():
        for finding in _of_model(file, model):
            yield file, finding
        for decision in model.decisions:
            if decision in first:
                yield file, found("decision_twice", decision, other=first[decision])
            first.setdefault(decision, file)
    for diagram in material.diagrams.values():
        for process in diagram.processes():
            for finding in _asked(process, material):
                yield diagram.file, finding


def _of_model(file: str, model: dmn.Model) -> Iterator[Finding]:
    unreadable = model.unreadable()
    for problem in unreadable:
        yield found("cell_unreadable", problem.element, reason=problem.text)
    for problem in model.problems():
        if problem not in unreadable:
            yield found("table_incomplete", problem.element, reason=problem.text)
    name = PurePosixPath(file).stem
    if model.decisions and name not in model.decisions:
        yield found("decision_not_file", "", name=name)


def _asked(process: Element, material: Material) -> Iterator[Finding]:
    names = names_of(process, material)
    for task in process.iter(q("businessRuleTask")):
        decision = task.get(ihala("decision")) or id_of(task)
        model = material.model_of(decision)
        if model is None:
            yield found("decision_unknown", id_of(task), name=decision)
        elif not names.is_open:
            given = {one.get("name", "") for one in task.iter(ihala("input"))}
            for node in model.required_inputs(decision):
                if node.name not in given | names.known:
                    yield found("decision_input", id_of(task), name=decision, input=node.name)
