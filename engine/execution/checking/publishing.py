"""What a mechanism must have before it is proposed: forms, lanes, words in both languages, defaults, purposes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.execution.checking.material import MECHANISM, Diagram, Material
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.checking.settings import settings_findings
from engine.execution.normalising.diagram import (
    EVENTS,
    FLOW_NODES,
    Element,
    condition,
    definitions,
    executed_scopes,
    flows,
    id_of,
    kind,
    nodes,
    outgoing,
    parent_of,
    q,
)
from engine.execution.reading.words import lanes_of
from engine.execution.xml import ihala
from engine.text import Text

WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
MACHINE_MADE = re.compile(
    r"(activity|event|gateway|flow|process|task|lane|message|signal|error|escalation|datastore|dataobject)_[0-9a-z]{6,8}",
    re.IGNORECASE,
)
"""Ids as drawing tools invent them: `Activity_0x7f3k1`."""
ENGLISH, ARABIC = Text("English", "الإنجليزي"), Text("Arabic", "العربي")
UNNAMED = frozenset({"parallelGateway", "eventBasedGateway", "boundaryEvent", "startEvent", "endEvent"})
"""Elements that say enough without a name of their own, as long as they have none in either language."""


def publishing_findings(material: Material) -> Iterator[tuple[str, Finding]]:
    if material.mechanism is None:
        return
    for finding in _mechanism(material):
        yield MECHANISM, finding
    yield from _forms(material)
    seen: dict[str, str] = {}
    for diagram in material.diagrams.values():
        for finding in _diagram(material, diagram, seen):
            yield diagram.file, finding


def _forms(material: Material) -> Iterator[tuple[str, Finding]]:
    tasks = _user_tasks(material)
    first: dict[str, str] = {}
    for file in material.forms:
        task = PurePosixPath(file).stem
        if task not in tasks:
            yield file, found("form_without_task", task)
        if task in first:
            yield file, found("form_twice", task, other=first[task])
        first.setdefault(task, file)


def _mechanism(material: Material) -> Iterator[Finding]:
    about = _table(material, "mechanism")
    for name in ("roles", "purposes", "organisation_kinds"):
        if not isinstance((material.mechanism or {}).get(name, {}), Mapping):
            yield found("mechanism_shape", name, name=f"[{name}]", expected=Text("a table of names", "جدول أسماء"))
        for key, value in _table(material, name).items():
            for language, word in (("en", ENGLISH), ("ar", ARABIC)):
                if not isinstance(value, Mapping) or not value.get(language):
                    yield found("name_missing", key, language=word)
    yield from settings_findings(material.mechanism or {})
    first = about.get("first_process")
    if first is not None and first not in material.called():
        yield found("first_process_unknown", "first_process", name=str(first))
    zone = about.get("time_zone", "UTC")
    try:
        ZoneInfo(str(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield found("zone_unknown", "time_zone", name=str(zone))


def _table(material: Material, name: str) -> Mapping[str, object]:
    value = (material.mechanism or {}).get(name, {})
    return value if isinstance(value, Mapping) else {}


def _user_tasks(material: Material) -> set[str]:
    return {id_of(task) for one in material.diagrams.values() for task in one.author.iter(q("userTask"))}


def _diagram(material: Material, diagram: Diagram, seen: dict[str, str]) -> Iterator[Finding]:
    yield from _processes(diagram)
    for message in diagram.author.findall(q("message")):
        yield from _words(message)
    for process in diagram.processes():
        yield from _words(process)
        yield from _lanes(material, process)
    for scope in executed_scopes(diagram.author):
        for flow in flows(scope):
            if flow.get("name"):
                yield from _words(flow)
        for node in nodes(scope):
            yield from _id(node)
            yield from _words(node)
            yield from _default(scope, node)
            if kind(node) in ("userTask", "manualTask"):
                yield from _somebody(scope, node)
            if kind(node) == "userTask":
                yield from _user_task(material, diagram, scope, node, seen)


def _processes(diagram: Diagram) -> Iterator[Finding]:
    """One process in each file, of the file's name."""
    processes, name = diagram.processes(), PurePosixPath(diagram.file).stem
    if len(processes) > 1:
        yield found("several_processes", "", count=len(processes))
    elif processes and id_of(processes[0]) != name:
        yield found("process_not_file", id_of(processes[0]), name=name)


def _id(node: Element) -> Iterator[Finding]:
    if not WORD.fullmatch(id_of(node)) or MACHINE_MADE.fullmatch(id_of(node)):
        yield found("id_no_word", id_of(node))


def _words(element: Element) -> Iterator[Finding]:
    """A name in both languages; what may go without a name may not have it in one language only."""
    english, arabic = element.get("name"), element.get(ihala("nameAr"))
    may_be_silent = kind(element) in UNNAMED or (kind(element) in EVENTS and not definitions(element))
    merging = kind(element).endswith("Gateway") and len(element.findall(q("outgoing"))) < 2
    if not english and not arabic and (may_be_silent or merging):
        return
    if not english:
        yield found("name_missing", id_of(element), language=ENGLISH)
    if not arabic:
        yield found("name_missing", id_of(element), language=ARABIC)


def _lanes(material: Material, process: Element) -> Iterator[Finding]:
    roles = _table(material, "roles")
    for lane in process.iter(q("lane")):
        if not lane.findall(f".//{q('lane')}") and id_of(lane) not in roles:
            yield found("lane_unknown", id_of(lane), name=id_of(lane))
        yield from _words(lane)


def _default(scope: Element, node: Element) -> Iterator[Finding]:
    leaving = outgoing(scope, id_of(node))
    chooses = kind(node) in ("exclusiveGateway", "inclusiveGateway") and len(leaving) > 1
    conditional = kind(node) in FLOW_NODES and leaving and all(condition(flow) is not None for flow in leaving)
    if (chooses or conditional) and not node.get("default"):
        yield found("default_missing", id_of(node))


def _user_task(
    material: Material, diagram: Diagram, scope: Element, task: Element, seen: dict[str, str]
) -> Iterator[Finding]:
    task_id = id_of(task)
    if material.form_of(task_id) is None:
        yield found("form_missing", task_id)
    if task_id in seen and seen[task_id] != diagram.file:
        yield found("task_twice", task_id, other=seen[task_id])
    seen.setdefault(task_id, diagram.file)
    purpose = task.get(ihala("purpose"))
    if purpose and purpose not in _table(material, "purposes"):
        yield found("purpose_unknown", task_id, name=purpose)
    other = task.get(ihala("notBy"))
    if other and other not in {id_of(one) for one in _process_of(scope).iter(q("userTask"))}:
        yield found("same_person_unknown", task_id, name=other)
    clocks = [node for node in nodes(scope) if node.get("attachedToRef") == task_id]
    if not any(clock.find(q("timerEventDefinition")) is not None for clock in clocks):
        yield found("no_clock", task_id)


def _somebody(scope: Element, task: Element) -> Iterator[Finding]:
    """What waits for a person is in the lane of a role, or names the role itself."""
    if not task.get(ihala("role")) and not _in_lane(_process_of(scope), scope, id_of(task)):
        yield found("lane_missing", id_of(task))


def _process_of(scope: Element) -> Element:
    while kind(scope) != "process":
        scope = parent_of(scope)
    return scope


def _in_lane(process: Element, scope: Element, task_id: str) -> bool:
    """A task is in a lane where it, or a sub-process around it, is drawn there."""
    lanes = lanes_of(process)
    around = [id_of(one) for one in scope.iterancestors()] + [id_of(scope)]
    return any(one in lanes for one in (task_id, *around))
