"""Event sub-processes as boundary events on a wrapper around their scope, which SpiffWorkflow does execute.

For every scope S (process, sub-process, transaction) with event sub-processes E1..En:
    S = { start -> W -> end,  W = { normal flow of S },  boundary event on W (was: start event of Ei) -> Ei -> end }
Where S has both kinds, non-interrupting events sit on W and interrupting ones on a second wrapper W2 around W and its
handlers, so that an interrupting event also stops the running handlers and sees what they throw.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.execution.normalising.diagram import (
    FLOW_NODES,
    Element,
    add,
    author_id,
    connect,
    definitions,
    executed_scopes,
    id_of,
    is_event_subprocess,
    kind,
    nodes,
    outgoing,
    parent_of,
    part,
    q,
    redirect,
    take,
)
from engine.execution.normalising.starts import explicit_starts

FLOW_PARTS = FLOW_NODES | {"sequenceFlow"}
"""What moves into a wrapper. Data, lanes, documentation and loops stay with the scope, in sight of the handlers."""
BEYOND_WRAPPER = {"terminate": "terminateEventDefinition", "cancel": "cancelEventDefinition"}
"""End events that end the author's scope: out of a wrapper they travel as an error and are turned back outside it."""


@dataclass(frozen=True, slots=True)
class Handler:
    """An event sub-process, its one start event, and whether it stops its scope."""

    body: Element
    start: Element

    @property
    def interrupting(self) -> bool:
        return self.start.get("isInterrupting", "true") in ("true", "1")


def handlers(scope: Element) -> list[Handler]:
    """The event sub-processes directly in a scope."""
    return [Handler(node, explicit_starts(node)[0]) for node in nodes(scope) if is_event_subprocess(node)]


def wrap_scopes(root: Element) -> None:
    for scope in executed_scopes(root):
        if found := handlers(scope):
            _wrap(root, scope, found)


def _wrap(root: Element, scope: Element, found: list[Handler]) -> None:
    interrupting = [handler for handler in found if handler.interrupting]
    alongside = [handler for handler in found if not handler.interrupting]
    bodies = {id_of(handler.body) for handler in found}
    inner = outer = _enclose(scope, part(id_of(scope), "flow"), bodies)
    if interrupting and alongside:
        # the handlers that run alongside are enclosed too, so that an interrupting event stops them
        outer = _enclose(scope, part(id_of(scope), "whole"), bodies)
    for handler in interrupting:
        _attach(scope, outer, handler)
    for handler in alongside:
        _attach(parent_of(inner), inner, handler)
    _endings_beyond(root, inner, "terminate", parent_of(inner) if alongside else None)
    _endings_beyond(root, inner, "cancel", scope)


def _enclose(scope: Element, wrapper_id: str, left_out: set[str]) -> Element:
    """Move the flow of `scope`, without the event sub-processes, into a new sub-process between start and end."""
    moved = [child for child in scope if kind(child) in FLOW_PARTS and id_of(child) not in left_out]
    wrapper = add(scope, "subProcess", wrapper_id)
    wrapper.extend(moved)
    end = add(scope, "endEvent", part(wrapper_id, "end"))
    for start in [child for child in moved if kind(child) == "startEvent"]:
        connect(scope, id_of(_entrance(scope, wrapper, start)), wrapper_id)
    connect(scope, wrapper_id, id_of(end))
    return wrapper


def _entrance(scope: Element, wrapper: Element, start: Element) -> Element:
    """The start event outside of the wrapper; a trigger stays with it, since an embedded sub-process begins by itself.

    Which start event inside goes on is told by the flow that leads in (`inner_start`).
    """
    if not definitions(start):
        return add(scope, "startEvent", part(id_of(wrapper), "begin"))
    inside = add(wrapper, "startEvent", inner_start(id_of(start), id_of(wrapper)))
    redirect(outgoing(wrapper, id_of(start)), source=id_of(inside))
    scope.append(start)
    return start


def inner_start(start_id: str, wrapper_id: str) -> str:
    """The start event inside a wrapper that goes on for the one outside of it."""
    return part(author_id(start_id), f"in::{wrapper_id}")


def _attach(scope: Element, wrapper: Element, handler: Handler) -> None:
    """The start event of the handler becomes a boundary event on the wrapper, its body a plain sub-process."""
    event, body = handler.start, handler.body
    cancels = "true" if handler.interrupting else "false"
    inside = add(body, "startEvent", part(id_of(body), "start"))
    redirect(outgoing(body, id_of(event)), source=id_of(inside))
    event.tag = q("boundaryEvent")
    take(event, "isInterrupting")
    event.set("attachedToRef", id_of(wrapper))
    event.set("cancelActivity", cancels)
    body.attrib.pop("triggeredByEvent")
    scope.append(event)
    scope.append(body)
    end = add(scope, "endEvent", part(id_of(body), "end"))
    connect(scope, id_of(event), id_of(body))
    connect(scope, id_of(body), id_of(end))


def _endings_beyond(root: Element, wrapper: Element, name: str, scope: Element | None) -> None:
    """The author's ends that must end `scope`: an error out of every wrapper on the way, then the ending itself."""
    tag = BEYOND_WRAPPER[name]
    ends = [node for node in nodes(wrapper) if kind(node) == "endEvent" and node.find(q(tag)) is not None]
    if not ends or scope is None:
        return
    error = part(id_of(wrapper), name)
    root.insert(0, root.makeelement(q("error"), {"id": error, "name": error, "errorCode": error}))
    for end in ends:
        for definition in end.findall(q(tag)):
            written = root.makeelement(q("errorEventDefinition"), {"id": part(id_of(end), name), "errorRef": error})
            end.replace(definition, written)
    # an error goes outwards by itself: it is caught on the outermost wrapper, in the author's scope
    outermost = wrapper if parent_of(wrapper) is scope else parent_of(wrapper)
    caught = add(scope, "boundaryEvent", part(id_of(wrapper), f"{name}_caught"), attachedToRef=id_of(outermost))
    add(caught, "errorEventDefinition", part(id_of(caught), "error"), errorRef=error)
    end = add(scope, "endEvent", part(id_of(wrapper), f"{name}_end"))
    add(end, tag, part(id_of(end), "definition"))
    connect(scope, id_of(caught), id_of(end))
