"""What a diagram says, node by node: flows, triggers, loops, inputs and outputs; frozen, shared by all instances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.execution.model import Element

Mappings = tuple[tuple[str, str], ...]
"""Pairs of a name and the FEEL expression that gives its value."""

NO_MAPPINGS: Mappings = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `number` tells two flows between the same nodes apart."""

    id: str
    source: str
    target: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """What a timer event definition says: `form` is `timeDuration`, `timeDate` or `timeCycle`."""

    form: str
    text: str
    in_working_days: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event throws or waits for. `properties` give the keys of a message from its payload.

    `bindings` give the keys that a process has bound to its variables (correlation subscription).
    """

    kind: str
    name: str = ""
    code: str = ""
    takes_all: bool = False
    condition: str = ""
    timing: Timing | None = None
    correlation: str = ""
    reach: str = "case"
    properties: Mappings = NO_MAPPINGS
    bindings: Mappings = NO_MAPPINGS


NOTHING = Trigger("none")


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is carried out: `parallel`, `sequential` (over a collection or a number) or `standard`."""

    kind: str
    collection: str = ""
    cardinality: str = ""
    item: str = ""
    completion: str = ""
    result_list: str = ""
    result_item: str = ""
    condition: str = ""
    maximum: int | None = None
    throws: tuple[tuple[str, Trigger], ...] = ()
    """Conditions, looked at when an instance ends, and what each throws."""
    test_before: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. `element` is None where the normaliser made the node: it is hidden from everybody."""

    id: str
    kind: str
    element: Element | None
    outgoing: tuple[Flow, ...] = ()
    incoming: tuple[Flow, ...] = ()
    default: str = ""
    trigger: Trigger = NOTHING
    loop: Loop | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    attached_to: str = ""
    is_interrupting: bool = True
    boundary: tuple[str, ...] = ()
    inputs: Mappings = NO_MAPPINGS
    outputs: Mappings = NO_MAPPINGS
    returned: Mappings = NO_MAPPINGS
    """Variables that are written from the result of a call."""
    script: str = ""
    decision: str = ""
    operation: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or an embedded sub-process: its nodes and the scopes inside it."""

    id: str
    kind: str
    process_id: str
    nodes: Mapping[str, Node]
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Names of data objects -> the variable (id) they stand for."""

    @property
    def is_generated(self) -> bool:
        """Made by the normaliser around an author's scope, whose variables it shares."""
        return "::" in self.id

    def starts(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == "startEvent"]
