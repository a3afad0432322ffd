"""Where a token can come to without having done certain steps, through sub-processes and the processes it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engine.execution.checking.flow import restless_nodes
from engine.execution.checking.graph import Node
from engine.execution.normalising.diagram import kind
from engine.execution.safeguarding.conditions import possible_flows
from engine.execution.safeguarding.ground import Ground, Place, Scope
from engine.execution.safeguarding.kinds import Tests

Asks = Callable[[Place], bool]


@dataclass(slots=True)
class Walk:
    """All that a token can come to. `stops`: steps after which it is no more looked at; `given` decides conditions.

    `beside`: a split that opens such a step at once stops it too.
    """

    ground: Ground
    stops: Asks
    given: Tests = field(default_factory=dict)
    beside: bool = False
    met: dict[tuple[str, str], Place | None] = field(default_factory=dict)
    """Key of the scope and id of what was come to, with the element that lies before it on that way."""
    _through: dict[str, bool] = field(default_factory=dict)

    def through(self, scope: Scope) -> bool:
        """Walk from the beginning of a scope; whether a token leaves it at an end."""
        if scope.key not in self._through:
            self._through[scope.key] = True  # one that calls itself is taken for passable meanwhile
            starts = [node.id for node in scope.graph.starts()]
            self._through[scope.key] = self.walk(scope, starts)
        return self._through[scope.key]

    def walk(self, scope: Scope, begin: Iterable[str], *, joins: bool = True) -> bool:
        """Walk from some nodes; whether a token that its scope waits for comes to an end.

        A parallel gateway is passed when a token came by each of its flows; by any, where the walk begins half-way.
        """
        waiting: list[tuple[str, str, bool, Place | None]] = [(one, "", True, None) for one in begin]
        seen: set[tuple[str, bool]] = set()
        came: dict[str, set[str]] = {}
        ended = False
        while waiting:
            one, flow, is_main, before = waiting.pop(0)
            node = scope.graph.nodes[one]
            came.setdefault(one, set()).add(flow)
            place = scope.places.get(one)
            if is_main or node.kind != "endEvent":
                self.met.setdefault((scope.key, one), before)
            joined = not joins or node.kind != "parallelGateway" or set(node.incoming) <= came[one]
            if (one, is_main) in seen or not joined:
                continue
            seen.add((one, is_main))
            onwards = place or before
            for border in node.borders:
                is_beside = scope.graph.nodes[border].element.get("cancelActivity", "true") == "false"
                waiting.append((border, "", is_main and not is_beside, onwards))
            if not self._is_stopped(scope, node) and self._is_passed(scope, node):
                ended = ended or (is_main and not node.outgoing)
                leaving = possible_flows(scope, node, self.given)
                waiting += [(scope.graph.targets[arrow], arrow, is_main, onwards) for arrow in leaving]
        return ended

    def _is_stopped(self, scope: Scope, node: Node) -> bool:
        if self._is_stop(scope, node.id):
            return True
        return self.beside and node.kind == "parallelGateway" and self._opens_stop(scope, node)

    def _is_stop(self, scope: Scope, node_id: str) -> bool:
        """A step that is repeated over a list is no stop: the list may be empty."""
        place = scope.places.get(node_id)
        return place is not None and self.stops(place) and not _is_repeated(place.node)

    def _opens_stop(self, scope: Scope, split: Node) -> bool:
        waits = frozenset(scope.graph.nodes.keys() - restless_nodes(scope.graph))
        for flow in split.outgoing:
            at_once = scope.graph.reachable([scope.graph.targets[flow]], waits) | {scope.graph.targets[flow]}
            border = {step for one in at_once if one not in waits for step in scope.graph.next(scope.graph.nodes[one])}
            if any(self._is_stop(scope, one) for one in at_once | border):
                return True
        return False

    def _is_passed(self, scope: Scope, node: Node) -> bool:
        """Whether a token leaves what runs inside a node; over an empty list nothing runs."""
        inner = self.ground.inner(scope, node)
        return inner is None or self.through(inner) or _is_repeated(node)


def _is_repeated(node: Node) -> bool:
    return any(kind(child).endswith("LoopCharacteristics") for child in node.element)
