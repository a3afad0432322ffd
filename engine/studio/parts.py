"""What there is for stories to take in the files of a release: steps, clocks and arrows of diagrams, rows of tables.

Read from the files themselves, since a page cannot wait for a mechanism to be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element as TableElement

from engine.decisions import document
from engine.decisions.document import label_of, text_of
from engine.decisions.errors import DecisionError
from engine.errors import CannotRun
from engine.execution.normalising.diagram import (
    Element,
    definitions,
    flows,
    id_of,
    is_executable,
    kind,
    nodes,
    processes,
    q,
    scopes,
)
from engine.execution.xml import ihala, parse
from engine.text import Text

Words = Mapping[str, Text]
"""Ids of parts with what people call them."""


@dataclass(frozen=True, slots=True)
class ProcessParts:
    """One process that runs: `steps` are its elements but for the `clocks`; `flows` are its arrows.

    `uses` names what its steps ask and decide by: the form of a task, the table of a decision. `roles` says in whose
    lane its elements stand.
    """

    id: str
    name: Text
    file: str
    steps: Words
    clocks: Words
    flows: Words
    uses: frozenset[str]
    roles: Words

    @property
    def names(self) -> Words:
        """What people call its elements."""
        return {**self.steps, **self.clocks}


@dataclass(frozen=True, slots=True)
class TableParts:
    """One decision table; `rows` in their order."""

    id: str
    name: Text
    file: str
    rows: Words


def process_parts(files: Mapping[str, bytes]) -> list[ProcessParts]:
    """Every process that runs, by file; a diagram that cannot be read has none, which its problems say."""
    return [one for path in sorted(files) if path.endswith(".bpmn") for one in _drawn(path, files[path])]


def table_parts(files: Mapping[str, bytes]) -> list[TableParts]:
    """Every decision table, by file; a file that cannot be read has none, which its problems say."""
    return [one for path in sorted(files) if path.endswith(".dmn") for one in _tables(path, files[path])]


def _drawn(path: str, content: bytes) -> Iterator[ProcessParts]:
    try:
        root = parse(content, path)
    except CannotRun:
        return
    shared = {id_of(one) for one in root.findall(q("timerEventDefinition"))}
    for process in filter(is_executable, processes(root)):
        drawn = {id_of(node): node for scope in scopes(process) for node in nodes(scope)}
        names = {one: _name(node) for one, node in drawn.items()}
        clocks = {one for one, node in drawn.items() if _is_clock(node, shared)}
        yield ProcessParts(
            id_of(process),
            _name(process),
            path,
            {one: name for one, name in names.items() if one not in clocks},
            {one: name for one, name in names.items() if one in clocks},
            {id_of(flow): _way(flow, names) for scope in scopes(process) for flow in flows(scope) if id_of(flow)},
            frozenset(_uses(drawn)),
            _roles(process),
        )


def _uses(drawn: Mapping[str, Element]) -> Iterator[str]:
    for one, node in drawn.items():
        if kind(node) == "userTask":
            yield f"{one}.form"
        elif kind(node) == "businessRuleTask":
            yield f"{node.get(ihala('decision')) or one}.dmn"


def _roles(process: Element) -> dict[str, Text]:
    """What people call the lane of each element; inner lanes come after those around them."""
    lanes = list(process.iter(q("lane")))
    return {(one.text or "").strip(): _name(lane) for lane in lanes for one in lane.findall(q("flowNodeRef"))}


def _is_clock(node: Element, shared: set[str]) -> bool:
    """Whether a timer makes it happen, written in it or once for several."""
    own = any(kind(one) == "timerEventDefinition" for one in definitions(node))
    return own or any((one.text or "").strip() in shared for one in node.findall(q("eventDefinitionRef")))


def _name(element: Element) -> Text:
    name = element.get("name") or id_of(element)
    return Text(name, element.get(ihala("nameAr")) or name)


def _way(flow: Element, names: Words) -> Text:
    """An arrow in words: where from, where to, and what is written on it."""
    source, target = (flow.get(end, "") for end in ("sourceRef", "targetRef"))
    way = _FROM_TO.format(source=names.get(source, Text(source)), target=names.get(target, Text(target)))
    return _NAMED.format(way=way, name=_name(flow)) if flow.get("name") else way


def _tables(path: str, content: bytes) -> Iterator[TableParts]:
    try:
        root = document.read(content)
    except DecisionError:
        return
    for tag in ("decision", "businessKnowledgeModel"):
        for owner in root.findall(tag):
            one = owner.get("id") or document.name_of(owner)
            rules = [rule for table in owner.iter("decisionTable") for rule in table.findall("rule")]
            rows = {rule.get("id") or f"{one}::rule_{n}": _row(n, rule) for n, rule in enumerate(rules, 1)}
            if rows:
                name = Text(owner.get("label") or document.name_of(owner) or one, label_of(owner).ar)
                yield TableParts(one, name, path, rows)


def _row(number: int, rule: TableElement) -> Text:
    cells = [" | ".join(text_of(cell) or "-" for cell in rule.findall(f"{side}Entry")) for side in ("input", "output")]
    return _ROW.format(number=number, asked=cells[0], answered=cells[1])


_FROM_TO = Text("from “{source}” to “{target}”", "من «{source}» إلى «{target}»")
_NAMED = Text("{way} ({name})", "{way} ({name})")
_ROW = Text("Row {number}: {asked} → {answered}", "الصف {number}: \u2066{asked} → {answered}\u2069")
