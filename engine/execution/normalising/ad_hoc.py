"""Ad-hoc sub-processes: steps that people take in the order they choose, as often as needed, until a condition holds.

Every activity into which no flow leads is offered at once. After each activity the completion condition is looked at:
    activity -> condition? -> end of the sub-process
                    else  -> the flows the author drew, and, where people choose it, the activity anew
What nobody chooses (a script, an operation) is carried out once, or each time a flow leads to it. Without a condition
the sub-process ends when each offered activity has been done once.
"""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    ACTIVITIES,
    Element,
    add,
    connect,
    executed_scopes,
    id_of,
    is_event_subprocess,
    kind,
    nodes,
    outgoing,
    part,
    q,
    redirect,
    take,
)
from engine.execution.normalising.starts import explicit_starts, flow_begins, write_begin

WAITS_FOR_PEOPLE = frozenset({"userTask", "manualTask"})


def open_ad_hoc(root: Element) -> None:
    for scope in executed_scopes(root):
        if kind(scope) == "adHocSubProcess":
            _open(scope)


def _open(scope: Element) -> None:
    condition = "".join(str(text) for one in scope.findall(q("completionCondition")) for text in one.itertext()).strip()
    for written in scope.findall(q("completionCondition")):
        scope.remove(written)
    stops_others = take(scope, "cancelRemainingInstances") not in ("false", "0")
    take(scope, "ordering")
    scope.tag = q("subProcess")
    if not condition:
        return
    offered = flow_begins(scope)
    activities = [node for node in nodes(scope) if kind(node) in ACTIVITIES and not is_event_subprocess(node)]
    if not explicit_starts(scope):
        write_begin(scope, offered)
    for activity in activities:
        again = activity in offered and asks_people(activity)
        _look_at_condition(scope, activity, condition, again=again, stops_others=stops_others)


def _look_at_condition(scope: Element, node: Element, condition: str, *, again: bool, stops_others: bool) -> None:
    leaving = outgoing(scope, id_of(node))
    choice = add(scope, "exclusiveGateway", part(id_of(node), "done"))
    enough = add(scope, "endEvent", part(id_of(node), "enough"))
    if stops_others:
        add(enough, "terminateEventDefinition", part(id_of(node), "enough_all"))
    onward = add(scope, "intermediateThrowEvent", part(id_of(node), "onward"))
    if default := take(node, "default"):
        onward.set("default", default)
    redirect(leaving, source=id_of(onward))
    connect(scope, id_of(node), id_of(choice))
    written = add(connect(scope, id_of(choice), id_of(enough)), "conditionExpression", part(id_of(node), "condition"))
    written.text = f"({condition}) = true"
    choice.set("default", id_of(connect(scope, id_of(choice), id_of(onward))))
    if again:
        connect(scope, id_of(onward), id_of(node))


def asks_people(activity: Element) -> bool:
    """Whether people do the activity, or something inside it."""
    return any(kind(one) in WAITS_FOR_PEOPLE for one in activity.iter())
