"""Several flows out of an activity or event: the gateway that the standard implies is written out."""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    ACTIVITIES,
    EVENTS,
    Element,
    add,
    condition,
    connect,
    executed_scopes,
    flows,
    id_of,
    is_event_subprocess,
    kind,
    nodes,
    outgoing,
    part,
    redirect,
    take,
)


def write_splits(root: Element) -> None:
    for scope in executed_scopes(root):
        for node in nodes(scope):
            if kind(node) in ACTIVITIES | EVENTS and not is_event_subprocess(node):
                _split(scope, node)
        _part_twins(scope)


def _split(scope: Element, node: Element) -> None:
    """Unconditional flows all get a token; of conditional ones those that are true, or the default."""
    leaving = outgoing(scope, id_of(node))
    default = take(node, "default")
    chosen = [flow for flow in leaving if condition(flow) is not None or id_of(flow) == default]
    if chosen and (len(leaving) > 1 or id_of(chosen[0]) != default):
        _choice(scope, node, leaving, chosen, default)
    elif len(leaving) > 1:
        gateway = add(scope, "parallelGateway", part(id_of(node), "split"))
        redirect(leaving, source=id_of(gateway))
        connect(scope, id_of(node), id_of(gateway))


def _choice(scope: Element, node: Element, leaving: list[Element], chosen: list[Element], default: str | None) -> None:
    choice = add(scope, "inclusiveGateway", part(id_of(node), "choice"))
    redirect(chosen, source=id_of(choice))
    always = [flow for flow in leaving if flow not in chosen]
    if always:
        split = add(scope, "parallelGateway", part(id_of(node), "split"))
        redirect(always, source=id_of(split))
        connect(scope, id_of(split), id_of(choice))
        connect(scope, id_of(node), id_of(split))
    else:
        connect(scope, id_of(node), id_of(choice))
    if default:
        choice.set("default", default)
    elif always:
        # the unconditional flows carry on alone: a choice with no true condition just ends there
        nothing = add(scope, "endEvent", part(id_of(node), "nothing"))
        choice.set("default", id_of(connect(scope, id_of(choice), id_of(nothing))))


def _part_twins(scope: Element) -> None:
    """Two flows between the same two nodes are two tokens; SpiffWorkflow's joins would count them as one."""
    seen: set[tuple[str, str]] = set()
    for flow in flows(scope):
        ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
        if ends in seen:
            stop = add(scope, "intermediateThrowEvent", part(id_of(flow), "pass"))
            connect(scope, id_of(stop), ends[1])
            flow.set("targetRef", id_of(stop))
        seen.add(ends)
