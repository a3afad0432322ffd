"""Events of a repetition: `behavior` None and One written as the complex behaviours that they stand for."""

from __future__ import annotations

import copy

from engine.execution.normalising.diagram import Element, add, executed_scopes, id_of, kind, nodes, part, q, take

SHORTHANDS = {
    "None": ("noneBehaviorEventRef", "true"),
    "One": ("oneBehaviorEventRef", "numberOfCompletedInstances = 1"),
}
"""`behavior` -> the attribute that names its event, and the condition on which an instance's end throws it."""


def write_behaviours(root: Element) -> None:
    """None: each instance that ends throws the event; One: the first does (BPMN 2.0.2, table 10.30)."""
    for scope in executed_scopes(root):
        for node in nodes(scope):
            for loop in node.findall(q("multiInstanceLoopCharacteristics")):
                if loop.get("behavior") in SHORTHANDS:
                    _write(root, node, loop)


def _write(root: Element, node: Element, loop: Element) -> None:
    attribute, condition = SHORTHANDS[take(loop, "behavior") or ""]
    thrown = definition(root, take(loop, attribute) or "")
    if thrown is None:
        return
    behaviour = add(loop, "complexBehaviorDefinition", part(id_of(node), "behavior"))
    add(behaviour, "condition", part(id_of(node), "behavior_condition")).text = condition
    event = add(behaviour, "event", part(id_of(node), "behavior_event"))
    written = copy.deepcopy(thrown)
    written.set("id", part(id_of(node), "behavior_definition"))
    event.append(written)
    loop.set("behavior", "Complex")


def definition(root: Element, reference: str) -> Element | None:
    """The event definition that is referred to by its id, wherever in the file it stands."""
    name = reference.rpartition(":")[2] if reference else ""
    found = (one for one in root.iter() if kind(one).endswith("EventDefinition"))
    return next((one for one in found if name and id_of(one) in (reference, name)), None)
