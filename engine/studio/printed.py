"""A release as it is printed and signed by hand: what is different from its base, grouped by process, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from engine.access import Actor
from engine.decisions import document
from engine.decisions.errors import DecisionError
from engine.errors import CannotRun
from engine.execution.normalising.diagram import id_of, processes
from engine.execution.xml import ihala as of_ihala
from engine.execution.xml import parse
from engine.forms import Field, Form, FormProblem
from engine.studio import difference, drafts, safeguards
from engine.studio.difference import Change
from engine.studio.difference.tables import rows_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.execution import Proven


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a decision table; `is_changed`: it is new or says something else than in the base."""

    cells: tuple[str, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table, row by row."""

    name: Text
    columns: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form; `is_changed`: it is new or differs from that of the base."""

    field: Field
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """One file that differs. `marks`: ids of the elements of a diagram that are different, separated by spaces.

    `is_before`, `is_after`: the base has it, the release has it.
    """

    path: str
    changes: tuple[Change, ...]
    is_before: bool
    is_after: bool
    marks: str = ""
    tables: tuple[Table, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether its drawing says something new: more than its layout was changed."""
        return self.path.endswith(".bpmn") and not all(change.is_layout for change in self.changes)


@dataclass(frozen=True, slots=True)
class Group:
    """The files that differ and belong to one process; `name` is empty for what belongs to the whole mechanism."""

    name: Text
    files: tuple[PrintedFile, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a release; `base` is what it is compared with, None where it was the first."""

    release: drafts.ReleaseRow
    base: drafts.ReleaseRow | None
    groups: tuple[Group, ...]
    safeguards: tuple[Proven, ...]
    """What every release has to keep, and whether this one does."""


def printed(ihala: Ihala, actor: Actor, release_id: str) -> Printed:
    """A release beside the one it was started from; the first is printed whole. Raises `NotAllowed`, `NotFound`."""
    known = {row.id: row for row in drafts.releases(ihala, actor)}
    after = drafts.files(ihala, actor, release_id)
    release = known[release_id]
    base = known.get(release.base_id)
    before = drafts.files(ihala, actor, base.id) if base else {}
    owners = _owners(before) | _owners(after)
    files: dict[Text, list[PrintedFile]] = {}
    for path, changes in difference.between(before, after).items():
        one = _file(path, tuple(changes), before.get(path), after.get(path))
        files.setdefault(owners.get(PurePosixPath(path).stem, Text("")), []).append(one)
    groups = [Group(name, tuple(sorted(of, key=_diagrams_first))) for name, of in files.items()]
    groups.sort(key=lambda group: (not group.name, group.name.en))
    return Printed(release, base, tuple(groups), tuple(safeguards.proven(ihala, after)))


def _owners(files: Mapping[str, bytes]) -> dict[str, Text]:
    """The name of the process to which a diagram, form or table belongs, by the file's name without its ending."""
    found: dict[str, Text] = {}
    for path, content in files.items():
        if not path.endswith(".bpmn"):
            continue
        try:
            root = parse(content, path)
        except CannotRun:  # the difference says so
            continue
        first = next(iter(processes(root)), None)
        if first is None:
            continue
        name = Text(
            first.get("name") or id_of(first), first.get(of_ihala("nameAr")) or first.get("name") or id_of(first)
        )
        asked = [one.get(of_ihala("decision")) or id_of(one) for one in root.iter() if one.get("id")]
        found |= dict.fromkeys(asked, name)
        found[PurePosixPath(path).stem] = name
    return found


def _file(path: str, changes: tuple[Change, ...], before: bytes | None, after: bytes | None) -> PrintedFile:
    about = (path, changes, before is not None, after is not None)
    match PurePosixPath(path).suffix:
        case ".bpmn":
            return PrintedFile(*about, marks=" ".join(dict.fromkeys(one.element for one in changes if one.element)))
        case ".dmn" if after is not None:
            return PrintedFile(*about, tables=tuple(_tables(before, after)))
        case ".form" if after is not None:
            return PrintedFile(*about, questions=tuple(_questions(before, after)))
    return PrintedFile(*about)


def _tables(before: bytes | None, after: bytes) -> Iterator[Table]:
    old = {one.get("id"): rows_of(one) for one in _decisions(before)}
    for decision in _decisions(after):
        table, known = decision.find("decisionTable"), old.get(decision.get("id"), {})
        if table is None:
            continue
        asked = [one.get("label") or document.text_of(one.find("inputExpression")) for one in table.findall("input")]
        answered = [one.get("label") or document.name_of(one) for one in table.findall("output")]
        rules = [
            Rule((*row[0], *row[1]), before is not None and known.get(rule) != row)
            for rule, row in rows_of(decision).items()
        ]
        yield Table(document.label_of(decision), (*asked, *answered), tuple(rules))


def _decisions(content: bytes | None) -> list[Any]:
    """Nothing where the file cannot be read: the difference says so."""
    try:
        return document.read(content).findall("decision") if content else []
    except DecisionError:
        return []


def _questions(before: bytes | None, after: bytes) -> Iterator[Question]:
    old = _fields(before)
    for key, field in _fields(after).items():
        yield Question(field, before is not None and old.get(key) != field)


def _fields(content: bytes | None) -> dict[str, Field]:
    """Nothing where the file cannot be read: the difference says so."""
    try:
        return {field.key: field for field in Form.load(content).fields} if content else {}
    except FormProblem:
        return {}


def _diagrams_first(one: PrintedFile) -> tuple[bool, str]:
    return not one.path.endswith(".bpmn"), one.path
