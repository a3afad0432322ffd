"""The files of a set, each read once: what can be read, and the problems of what cannot."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.decisions import dmn
from engine.decisions.errors import DecisionError
from engine.errors import CannotRun, Problem
from engine.execution.checking.refusals import refusals
from engine.execution.checking.rules import problems
from engine.execution.checking.rules.rule import found
from engine.execution.checking.scopes import reserved_ids
from engine.execution.normalising.diagram import Element, id_of, is_executable, kind, processes
from engine.execution.normalising.rewriting import READING, rewrite
from engine.execution.xml import LIMIT_BYTES, parse
from engine.forms import Form, FormProblem

MECHANISM = "mechanism.toml"


@dataclass(frozen=True, slots=True)
class Diagram:
    """One diagram: the author's, with references made plain, and the executed one where it could be rewritten."""

    file: str
    author: Element
    executed: Element | None

    def processes(self) -> list[Element]:
        return [process for process in processes(self.author) if is_executable(process)]


@dataclass(slots=True)
class Material:
    """Everything of a set that could be read, by file name, and what was wrong on the way."""

    diagrams: dict[str, Diagram] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    tables: dict[str, bytes] = field(default_factory=dict)
    mechanism: Mapping[str, object] | None = None
    problems: list[Problem] = field(default_factory=list)
    stored: Mapping[str, bytes] = field(default_factory=dict)
    models: dict[str, dmn.Model] = field(default_factory=dict)
    """The tables that can be read."""

    @property
    def first_process(self) -> str:
        """The process a case begins with, as `mechanism.toml` names it."""
        about = (self.mechanism or {}).get("mechanism")
        return str(about.get("first_process", "")) if isinstance(about, Mapping) else ""

    def form_of(self, task_id: str) -> Form | None:
        """The form of a user task: the file named after it."""
        return next((form for file, form in self.forms.items() if PurePosixPath(file).stem == task_id), None)

    def model_of(self, decision: str) -> dmn.Model | None:
        """The model that holds a decision, decision service or knowledge model of this id or name."""
        return next((one for one in self.models.values() if _holds(one, decision)), None)

    def called(self) -> dict[str, tuple[str, Element]]:
        """Process id -> its file and its element; global tasks are processes too."""
        known: dict[str, tuple[str, Element]] = {}
        for diagram in self.diagrams.values():
            tasks = [child for child in diagram.author if kind(child).startswith("global")]
            for process in [*diagram.processes(), *tasks]:
                known.setdefault(id_of(process), (diagram.file, process))
        return known


def _holds(model: dmn.Model, decision: str) -> bool:
    nodes = [*model.decisions.values(), *model.services.values(), *model.knowledge.values()]
    return any(decision in (node.id, node.name) for node in nodes)


def read(files: Mapping[str, bytes], executed: Mapping[str, bytes] | None = None) -> Material:
    """Read every file of a kind the engine knows; scenarios, pictures and notes beside them are left alone.

    `executed` is what diagrams were rewritten into when they were published, by file: it runs as it was stored.
    """
    material = Material(stored=executed or {})
    for file in sorted(files):
        reader = READERS.get(PurePosixPath(file).suffix.lower())
        if PurePosixPath(file).name == MECHANISM:
            reader = _mechanism
        if reader is None:
            continue
        if len(files[file]) > LIMIT_BYTES:
            limit = LIMIT_BYTES // 1_000_000
            material.problems += problems(file, [found("too_large", "", limit=limit)])
        else:
            reader(material, file, files[file])
    _load_models(material)
    return material


def _load_models(material: Material) -> None:
    for file, content in material.tables.items():
        # only a table that imports needs the others, and reading all of them for each is slow
        importing = b"import" in content
        others = {other: text for other, text in material.tables.items() if importing and other != file}
        try:
            material.models[file] = dmn.load(content, others)
        except DecisionError as error:
            material.problems += problems(file, [found("table_unreadable", "", reason=error.reason)])


def _diagram(material: Material, file: str, content: bytes) -> None:
    try:
        author = parse(content, file)
        for step in READING:
            step(author)
    except CannotRun as refusal:
        material.problems += refusal.problems
        return
    said = problems(file, [*refusals(author), *reserved_ids(author)])
    material.problems += said
    executed = None
    if file in material.stored:
        executed = parse(material.stored[file], file)
    elif not any(problem.severity == "cannot_run" for problem in said):
        executed = rewrite(parse(content, file))
    material.diagrams[file] = Diagram(file, author, executed)


def _form(material: Material, file: str, content: bytes) -> None:
    try:
        form = Form.load(content, file)
    except FormProblem as refusal:
        material.problems += problems(file, [found("form_unreadable", "", cause=refusal.text)])
        return
    material.forms[file] = form
    material.problems += form.problems()


def _table(material: Material, file: str, content: bytes) -> None:
    material.tables[file] = content


def _mechanism(material: Material, file: str, content: bytes) -> None:
    try:
        material.mechanism = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        material.mechanism = {}
        material.problems += problems(file, [found("mechanism_unreadable", "", cause=str(error))])


READERS = {".bpmn": _diagram, ".bpmn2": _diagram, ".form": _form, ".dmn": _table}
