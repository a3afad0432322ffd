"""The file of a story, changed step by step: every other line of it stays as somebody wrote it, comments too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

WIDTH = 150
"""Letters of a line that is written anew."""

Step = Mapping[str, Any]
Change = Callable[[list[Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class _Laid:
    """The text around the steps, and that of each step with the comment above it; `ending` is what is expected then."""

    before: str
    steps: list[str]
    between: str
    ending: str
    after: str


def written(told: Mapping[str, Any]) -> str:
    """A whole story as its file."""
    return _dumped({**_lines_of(told), "steps": [_lines_of(step) for step in told["steps"]]})


def with_steps(content: str, change: Change) -> str:
    """The file with its steps as `change` makes them of the old ones, what is expected at the end included.

    A step that `change` hands on stays in the words of the file. Where the file is not laid out one step after the
    other, it is written anew: its comments are lost, but no step is.
    """
    told: dict[str, Any] = yaml.safe_load(content)
    old = [*told["steps"], *([{"expect": told["expect"]}] if "expect" in told else [])]
    new = change(list(old))
    is_same_ending = "expect" in told and bool(new) and new[-1] is old[-1]
    steps = new[:-1] if is_same_ending else new
    wanted = {**told, "steps": steps}
    if not is_same_ending:
        wanted.pop("expect", None)
    laid = _laid(content if content.endswith("\n") else f"{content}\n")
    if laid is None or not steps:
        return written(wanted)
    kept = {id(step): text for step, text in zip(old, laid.steps, strict=False)}
    texts = [kept.get(id(step)) or written_step(step) for step in steps]
    ending = laid.ending if is_same_ending else ""
    changed = "".join([laid.before, *texts, laid.between, ending, laid.after])
    return changed if _read_back(changed) == wanted else written(wanted)


def with_value(content: str, key: str, value: object) -> str:
    """The file with another value under one of its names."""
    told: dict[str, Any] = yaml.safe_load(content)
    wanted = {**told, key: value}
    for name, node in _pairs(content):
        if name.value == key:
            text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000)
            text = text.strip().removesuffix("...").strip()
            changed = f"{content[: node.start_mark.index]}{text}{content[node.end_mark.index :]}"
            if _read_back(changed) == wanted:
                return changed
    return written(wanted)


def _laid(content: str) -> _Laid | None:
    """The parts of the file; None where its steps do not stand on lines of their own."""
    pairs = _pairs(content)
    sequence = next(node for name, node in pairs if name.value == "steps")
    if not isinstance(sequence, yaml.SequenceNode) or sequence.flow_style or not sequence.value:
        return None
    lines = content.splitlines(keepends=True)
    starts = [_with_comment(lines, node.start_mark.line) for node in sequence.value]
    end = _end(sequence.value[-1])
    steps = ["".join(lines[start:stop]) for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    first, last = end, end
    for name, node in pairs:
        if name.value == "expect":
            first, last = name.start_mark.line, _end(node)
    if first < end:
        return None  # what is expected at the end stands before the steps
    parts = [lines[: starts[0]], lines[end:first], lines[first:last], lines[last:]]
    before, between, ending, after = ("".join(part) for part in parts)
    return _Laid(before, steps, between, ending, after)


def _pairs(content: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The names at the top of the file with what stands under them, and where."""
    root = yaml.compose(content)
    return list(root.value) if isinstance(root, yaml.MappingNode) else []


def _with_comment(lines: Sequence[str], start: int) -> int:
    """The line at which a step begins, with the comment right above it."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _end(node: yaml.Node) -> int:
    """The line after the last one of a value: a block ends where the next thing begins, anything else on its line."""
    return node.end_mark.line + (1 if node.end_mark.column else 0)


def written_step(step: Step) -> str:
    """One step as the file has it."""
    return _dumped([_lines_of(step)])


class _InOneLine(dict[str, Any]):
    """A group that is written `{name: value}`."""


class _Dumper(yaml.SafeDumper):
    """Writes those so, and everything else each on a line of its own."""


_Dumper.add_representer(_InOneLine, lambda dumper, group: dumper.represent_mapping(_GROUP, group, flow_style=True))
_GROUP = "tag:yaml.org,2002:map"


def _lines_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Each value on a line of its own."""
    return {key: _InOneLine(value) if isinstance(value, Mapping) else value for key, value in values.items()}


def _dumped(what: object) -> str:
    return yaml.dump(what, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False)


def _read_back(content: str) -> object:
    try:
        return yaml.safe_load(content)
    except yaml.YAMLError:
        return None
