"""How a scope hangs together: ids, arrows, conditions, starts, event sub-processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import (
    ACTIVITIES,
    EMBEDDED,
    FLOW_NODES,
    MARK,
    Element,
    condition,
    definitions,
    executed_scopes,
    flows,
    id_of,
    incoming,
    is_event_subprocess,
    is_executable,
    kind,
    nodes,
    outgoing,
    processes,
    q,
)
from engine.execution.normalising.starts import explicit_starts, instantiating
from engine.text import Text

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
NOTHING_CHOOSES = frozenset({"parallelGateway", "eventBasedGateway"})


ARROW_INTO_IT = Text("an arrow leads into it", "سهم يدخل إليه")
EVENT_ON_BORDER = Text("an event sits on its border", "على حدّه حدث")


def scope_findings(root: Element) -> Iterator[Finding]:
    globals_ = [child for child in root if kind(child).startswith("global")]
    if not any(is_executable(process) for process in processes(root)) and not globals_:
        yield found("no_process", "")
    yield from _ids(root)
    for scope in executed_scopes(root):
        if kind(scope) == "process" and not nodes(scope):
            yield found("empty_process", id_of(scope))
        for flow in flows(scope):
            yield from _flow(scope, flow)
        for node in nodes(scope):
            yield from _choices(scope, node)
            if is_event_subprocess(node):
                yield from _event_subprocess(scope, node)
        yield from _starts(scope)


def _ids(root: Element) -> Iterator[Finding]:
    ids = [id_of(element) for element in root.iter() if kind(element) and id_of(element)]
    for one, count in Counter(ids).items():
        if count > 1:
            yield found("id_twice", one, id=one, count=count)
    for scope in executed_scopes(root):
        for element in [scope, *nodes(scope)]:
            if not id_of(element):
                yield found("id_missing", "", kind=kind(element))


def reserved_ids(root: Element) -> Iterator[Finding]:
    """Author's ids that look generated. Not a refusal of the normaliser, which also reads what it wrote."""
    for element in root.iter():
        if kind(element) in FLOW_NODES | {"process", "sequenceFlow"} and MARK in id_of(element):
            yield found("id_reserved", id_of(element))


def _flow(scope: Element, flow: Element) -> Iterator[Finding]:
    here = {id_of(node): node for node in nodes(scope)}
    source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
    for end in (source, target):
        if end not in here:
            yield found("flow_to_nowhere", id_of(flow), end=end or "?")
    if target in here and kind(here[target]) in ("startEvent", "boundaryEvent"):
        yield found("flow_into_start", target)
    if source in here and kind(here[source]) == "endEvent":
        yield found("flow_out_of_end", source)


def _choices(scope: Element, node: Element) -> Iterator[Finding]:
    leaving = outgoing(scope, id_of(node))
    default = node.get("default")
    if default and default not in {id_of(flow) for flow in leaving}:
        yield found("default_elsewhere", id_of(node), flow=default)
    for flow in leaving:
        conditional = condition(flow) is not None
        if conditional and kind(node) not in CHOOSING | ACTIVITIES:
            yield found("condition_ignored", id_of(node))
        chosen = conditional or id_of(flow) == default
        if kind(node) in CHOOSING and len(leaving) > 1 and not chosen:
            yield found("condition_missing", id_of(node), target=flow.get("targetRef", ""))


def _event_subprocess(scope: Element, node: Element) -> Iterator[Finding]:
    starts = explicit_starts(node)
    if len(starts) != 1 or not definitions(starts[0]):
        yield found("event_subprocess_start", id_of(node), count=len(starts))
    loops = [child for child in node if kind(child).endswith("LoopCharacteristics")]
    attached = [event for event in nodes(scope) if event.get("attachedToRef") == id_of(node)]
    if incoming(scope, id_of(node)) or outgoing(scope, id_of(node)) or loops or attached:
        yield found("event_subprocess_flow", id_of(node))


def _starts(scope: Element) -> Iterator[Finding]:
    starts = explicit_starts(scope)
    receiving = [node for node in nodes(scope) if instantiating(node)]
    plain = [start for start in starts if not _triggered(start)]
    if len(plain) > 1:
        yield found("several_plain_starts", id_of(scope), count=len(plain))
    if kind(scope) in EMBEDDED and not is_event_subprocess(scope):
        for start in [*(start for start in starts if _triggered(start)), *receiving]:
            yield found("start_in_subprocess", id_of(start))
    for node in receiving:
        yield from _receiving(scope, node)


def _triggered(start: Element) -> bool:
    return bool(definitions(start)) or start.find(q("eventDefinitionRef")) is not None


def _receiving(scope: Element, node: Element) -> Iterator[Finding]:
    if incoming(scope, id_of(node)):
        yield found("starts_by_receiving", id_of(node), reason=ARROW_INTO_IT)
    if kind(node) == "eventBasedGateway" and node.get("eventGatewayType") == "Parallel":
        return
    targets = {flow.get("targetRef") for flow in outgoing(scope, id_of(node))}
    receivers = {id_of(node)} if kind(node) == "receiveTask" else targets
    for event in nodes(scope):
        if event.get("attachedToRef") in receivers:
            yield found("starts_by_receiving", id_of(node), reason=EVENT_ON_BORDER)
