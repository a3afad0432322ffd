"""Start and boundary events that wait for all of their definitions: the waiting is written out beside what they guard.

A boundary event on A: A moves into a generated sub-process, where the definitions are caught beside it; when all have
come, an escalation of its own leaves that sub-process and is caught there by the author's event. A start event: any of
its definitions begins the instance, which then waits for the others.
"""

from __future__ import annotations

import copy

from engine.execution.normalising.diagram import (
    Element,
    add,
    connect,
    definitions,
    id_of,
    incoming,
    nodes,
    outgoing,
    part,
    q,
    redirect,
    take,
)


def gather_at_border(root: Element, scope: Element, event: Element) -> None:
    """Rewrite a boundary event whose definitions must all come."""
    event_id = id_of(event)
    guarded = _enclose(scope, event)
    host = nodes(guarded)[0]
    start, fork = (
        add(guarded, "startEvent", part(event_id, "begin")),
        add(guarded, "parallelGateway", part(event_id, "fork")),
    )
    done = add(guarded, "endEvent", part(event_id, "done"))
    add(done, "terminateEventDefinition", part(event_id, "done_definition"))
    again = add(guarded, "exclusiveGateway", part(event_id, "again"))
    for source, target in ((start, fork), (fork, host), (host, done), (fork, again)):
        connect(guarded, id_of(source), id_of(target))
    waits = _waits(guarded, event_id, definitions(event), "catch")
    last = _all_of(guarded, event_id, id_of(again), waits)
    code = part(event_id, "all_came")
    root.insert(0, root.makeelement(q("escalation"), {"id": code, "name": code, "escalationCode": code}))
    throw = add(guarded, "intermediateThrowEvent", part(event_id, "throw"))
    add(throw, "escalationEventDefinition", part(event_id, "throw_definition"), escalationRef=code)
    connect(guarded, last, id_of(throw))
    connect(guarded, id_of(throw), id_of(again))  # a non-interrupting event waits for all of them anew
    for definition in definitions(event):
        event.remove(definition)
    add(event, "escalationEventDefinition", part(event_id, "definition"), escalationRef=code)


def _enclose(scope: Element, event: Element) -> Element:
    """Move the activity under a boundary event into a sub-process that takes its place, flows and other borders."""
    host_id = event.get("attachedToRef", "")
    host = next(node for node in nodes(scope) if id_of(node) == host_id)
    guarded = add(scope, "subProcess", part(id_of(event), "guarded"))
    default = take(host, "default")
    if default:
        guarded.set("default", default)
    redirect(incoming(scope, host_id), target=id_of(guarded))
    redirect(outgoing(scope, host_id), source=id_of(guarded))
    for border in nodes(scope):
        if border.get("attachedToRef") == host_id:
            border.set("attachedToRef", id_of(guarded))
    guarded.append(host)
    return guarded


def _waits(scope: Element, event_id: str, found: list[Element], name: str) -> list[str]:
    """A catching event for each definition."""
    waits = []
    for number, definition in enumerate(found, 1):
        wait = add(scope, "intermediateCatchEvent", part(event_id, f"{name}_{number}"))
        wait.append(_copied(definition, id_of(wait)))
        waits.append(id_of(wait))
    return waits


def _copied(definition: Element, event_id: str) -> Element:
    copied = copy.deepcopy(definition)
    copied.set("id", part(event_id, "definition"))
    return copied


def _all_of(scope: Element, event_id: str, before: str, waits: list[str], name: str = "") -> str:
    """Let all events be waited for after `before`; the id of the node that is reached when all have come."""
    split = id_of(add(scope, "parallelGateway", part(event_id, f"split{name}")))
    join = id_of(add(scope, "parallelGateway", part(event_id, f"join{name}")))
    connect(scope, before, split)
    for wait in waits:
        connect(scope, split, wait)
        connect(scope, wait, join)
    return join


def gather_at_start(scope: Element, event: Element) -> None:
    """Rewrite a start event whose definitions must all come."""
    found = definitions(event)
    for number, definition in enumerate(found, 1):
        start = add(scope, "startEvent", part(id_of(event), f"start_{number}"))
        start.append(_copied(definition, id_of(start)))
        others = [one for one in found if one is not definition]
        waits = _waits(scope, id_of(event), others, f"after_{number}")
        last = _all_of(scope, id_of(event), id_of(start), waits, f"_{number}")
        connect(scope, last, id_of(event))
    for definition in found:
        event.remove(definition)
    event.tag = q("intermediateThrowEvent")
