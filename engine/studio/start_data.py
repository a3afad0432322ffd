"""What a process is given when it begins, asked in words: by what its diagram reads and by what its stories give it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.declared_values import declared_value
from engine.errors import Refusal
from engine.execution.checking.expressions import written
from engine.execution.checking.kinds import feel_node, path_of
from engine.execution.normalising.diagram import Element, id_of, q
from engine.execution.xml import ihala, parse
from engine.rehearsal.scenario import read
from engine.rehearsal.shape import is_plain
from engine.studio.scenery import Scenery
from engine.studio.vocabulary import Vocabulary
from engine.studio.written_values import plain
from engine.text import Text

Path = tuple[str, ...]
MOST_READ = 20
"""Stories that are looked at for examples."""
FURTHEST = 6
"""Calls inside one another that are followed to see what is read."""


@dataclass(frozen=True, slots=True)
class Question:
    """One value at the beginning. `kind`: `yes or no`, `choice`, `number`, `text`, or `feel` for any other.

    `value` is what stands in the field at first; empty is nothing.
    """

    path: str
    words: Text
    kind: str
    value: str
    options: tuple[tuple[str, Text], ...] = ()


def questions(stage: Scenery, stories: Mapping[str, bytes], process_id: str) -> list[Question]:
    """What the process may be given, with the values of its first story filled in; `stories` by path.

    Stories of other processes tell what kind of value a name has, too.
    """
    read_paths = _reading(stage).read(process_id)
    examples = _examples(stories, process_id, {path[0] for path in read_paths})
    known = {path: value for _, one in reversed(examples) for path, value in _ends(one) if value is not None}
    first = next((dict(_ends(one)) for process, one in examples if process == process_id), {})
    paths = {*read_paths, *first}
    ends = [path for path in paths if not any(other[: len(path)] == path and other != path for other in paths)]
    return [_question(path, known.get(path), first.get(path), stage.vocabulary) for path in sorted(ends)]


def given(asked: Iterable[Question], typed: Mapping[str, str], further: str = "") -> dict[str, Any]:
    """The variables that were typed, by path; `further` has one `name = value` (FEEL) on each line.

    Raises `ValueUnreadable` with the name.
    """
    values: dict[str, Any] = {}
    for one in asked:
        _put(values, one.path, _value(one, typed.get(one.path, "").strip()))
    for name, value in lines(further).items():
        _put(values, name, value)
    return values


def lines(text: str) -> dict[str, Any]:
    """The values of lines `name = value`, in FEEL. Raises `ValueUnreadable` with the name."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, value = line.partition("=")
        found[name.strip()] = plain(declared_value(name.strip(), value))
    return found


def _value(one: Question, typed: str) -> Any:
    if not typed:
        return None
    if one.kind == "yes or no":
        return typed == "yes"
    if one.kind in ("choice", "text"):
        return typed
    return plain(declared_value(one.path, typed))


def _question(path: Path, known: object, value: object, vocabulary: Vocabulary) -> Question:
    name = ".".join(path)
    options = vocabulary.options(name, known)
    if isinstance(known, bool):
        kind, shown = "yes or no", {True: "yes", False: "no"}.get(value, "")  # type: ignore[call-overload]
    elif options:
        kind, shown = "choice", str(value or "")
    elif isinstance(known, int | float | Decimal):
        kind, shown = "number", "" if value is None else str(value)
    elif isinstance(known, str):
        kind, shown = "text", str(value or "")
    else:
        kind, shown = "feel", "" if value is None else json.dumps(plain(value), ensure_ascii=False)
    return Question(name, vocabulary.question(name), kind, shown, options)


def _put(values: dict[str, Any], path: str, value: object) -> None:
    *around, last = path.split(".")
    for name in around:
        inner = values.setdefault(name, {})
        values = inner if isinstance(inner, dict) else values
    values[last] = value


def _examples(stories: Mapping[str, bytes], process_id: str, names: set[str]) -> list[tuple[str, Mapping[str, object]]]:
    """Processes with the variables that stories of them begin with, those of this process first."""
    own, found = f"process: {process_id}\n".encode(), []
    given_some = [path for path in stories if any(f"{name}:".encode() in stories[path] for name in names)]
    also = [path for path in stories if own in stories[path]]
    for path in sorted({*given_some, *also}, key=lambda path: (own not in stories[path], path))[:MOST_READ]:
        try:
            one = read(path, stories[path])
        except Refusal:
            continue  # the list of stories says what is wrong with it
        found.append((one.process, one.variables))
    return found


def _ends(values: Mapping[str, object], before: Path = ()) -> Iterator[tuple[Path, object]]:
    """Paths to what is no group any more."""
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _ends(value, (*before, name))
        elif is_plain(value):
            yield (*before, name), value


@lru_cache(maxsize=2)
def _reading(stage: Scenery) -> _Reading:
    return _Reading(stage.files)


class _Reading:
    """Which of the names that callers hand over a process reads, itself or in what it calls."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        roots = [parse(files[path], path) for path in sorted(files) if path.endswith(".bpmn")]
        self._processes = {id_of(one): one for root in roots for one in root.iter(q("process"))}
        self._paths: dict[str, set[Path]] = {}
        for one in (one for root in roots for one in written(root)):
            self._paths.setdefault(one.process, set()).update(_paths(one.text))

    def read(self, process_id: str) -> set[Path]:
        """The paths, each with the name that is handed over first."""
        return {path for path in self._reads(process_id, FURTHEST) if path[0] in self._handed(process_id)}

    def _handed(self, process_id: str) -> set[str]:
        calls = (call for process in self._processes.values() for call in process.iter(q("callActivity")))
        return {name for call in calls if call.get("calledElement") == process_id for name, _ in _inputs(call)}

    def _reads(self, process_id: str, further: int) -> set[Path]:
        process = self._processes.get(process_id)
        if process is None or not further:
            return set()
        found = set(self._paths.get(process_id, ()))
        for call in process.iter(q("callActivity")):
            inside = self._reads(call.get("calledElement", ""), further - 1)
            for name, text in _inputs(call):
                given_path = _path(text)
                found |= {(*given_path, *path[1:]) for path in inside if given_path and path[0] == name}
        return found


def _inputs(call: Element) -> list[tuple[str, str]]:
    return [(one.get("name", ""), (one.text or "").strip()) for one in call.iter(ihala("input"))]


def _path(text: str) -> Path:
    """`profile.age` as its names; nothing where it is more than names."""
    node = feel_node(text)
    return path_of(node) if node is not None else ()


def _paths(text: str) -> set[Path]:
    try:
        return feel.parse(text).paths()
    except DecisionError:
        return set()
