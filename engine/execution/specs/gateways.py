"""Gateways: which flows a token takes, and which tokens a join waits for."""

from __future__ import annotations

from functools import cached_property

from engine.execution.reading.definitions import Flow
from engine.execution.running.tokens import CANCELLED, WAITING, Token
from engine.execution.specs.base import NodeSpec


class ExclusiveGateway(NodeSpec):
    """The first flow, in the order drawn, whose condition holds; later conditions are not looked at."""

    def leaving(self, token: Token) -> list[Flow]:
        flows = self.node.outgoing
        if len(flows) == 1 and not flows[0].condition:
            return list(flows)
        for flow in flows:
            if flow.id != self.node.default and (not flow.condition or self.flow_holds(token, flow)):
                return [flow]
        return self.default_flow(token)


class Join(NodeSpec):
    """Waits for tokens on several flows; each token remembers the flow it came on."""

    counts_on_entry = False

    def enter(self, token: Token) -> bool:
        token._set_state(WAITING)
        return False

    def reconsider(self, token: Token) -> None:
        """Let the token go on if its join may: it takes one waiting token of each other flow with it."""
        arrived = self._arrived(token)
        if self.may_go_on(token, set(arrived)):
            for other in arrived.values():
                if other is not token:
                    other._set_state(CANCELLED)
                    other.flow.forget(other)
            token.flow.top_workflow.ledger.entered(token)
            token._ready()

    def may_go_on(self, token: Token, arrived: set[str]) -> bool:
        raise NotImplementedError

    def _arrived(self, token: Token) -> dict[str, Token]:
        """One waiting token for each flow, this token for its own."""
        arrived: dict[str, Token] = {token.internal_data["flow"]: token}
        for other in token.flow.tokens():
            if other.task_spec is self and other.state == WAITING:
                arrived.setdefault(other.internal_data["flow"], other)
        return arrived


class ParallelGateway(Join):
    """Takes exactly one token from each incoming flow; further tokens keep waiting for the next round."""

    def may_go_on(self, token: Token, arrived: set[str]) -> bool:
        return len(arrived) == len(self.node.incoming)

    def leaving(self, token: Token) -> list[Flow]:
        return list(self.node.outgoing)


class InclusiveGateway(Join):
    """Goes on when no other token can still reach one of its empty flows (BPMN 2.0.2, table 13.4)."""

    def may_go_on(self, token: Token, arrived: set[str]) -> bool:
        empty = {flow.id for flow in self.node.incoming} - arrived
        if not empty:
            return True
        others = {t.node.id for t in token.flow.tokens() if t.task_spec is not self}
        reached = [self._reaches.get(node_id, frozenset()) for node_id in others]
        return not any(flows & empty and not flows & arrived for flows in reached)

    def leaving(self, token: Token) -> list[Flow]:
        flows = self.node.outgoing
        if len(flows) == 1 and not flows[0].condition:
            return list(flows)
        taken = [f for f in flows if f.id != self.node.default and (not f.condition or self.flow_holds(token, f))]
        return taken or self.default_flow(token)

    @cached_property
    def _reaches(self) -> dict[str, frozenset[str]]:
        """Node -> the incoming flows of this gateway that a token there can reach without passing the gateway."""
        nodes = self._wf_spec.scope.nodes
        return {node_id: self._reachable(node_id) for node_id in nodes if node_id != self.node.id}

    def _reachable(self, start: str) -> frozenset[str]:
        nodes, found = self._wf_spec.scope.nodes, set()
        seen, ahead = {start}, [start]
        while ahead:
            node = nodes[ahead.pop()]
            for flow in (*node.outgoing, *(f for b in node.boundary for f in nodes[b].outgoing)):
                if flow.target == self.node.id:
                    found.add(flow.id)
                elif flow.target not in seen:
                    seen.add(flow.target)
                    ahead.append(flow.target)
        return frozenset(found)


class Gathering(Join):
    """Takes as many tokens as its activity needs to begin, whichever way they came."""

    def reconsider(self, token: Token) -> None:
        waiting = [other for other in token.flow.tokens() if other.task_spec is self and other.state == WAITING]
        if len(waiting) < self.node.start_quantity:
            return
        for other in [one for one in waiting if one is not token][: self.node.start_quantity - 1]:
            other._set_state(CANCELLED)
            other.flow.forget(other)
        token.flow.top_workflow.ledger.entered(token)
        token._ready()


class EventBasedGateway(NodeSpec):
    """Lets all its events wait together; the first that happens ends the wait of the others."""

    def leaving(self, token: Token) -> list[Flow]:
        for flow in self.node.outgoing:
            token.flow.top_workflow.ledger.took(token.flow.scope.process_id, flow.id)
            catch = token.flow.add(flow.target, race=token.hex)
            catch.task_spec._update(catch)
        return []
