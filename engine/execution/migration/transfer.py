"""Sets the tokens of a running instance into the scopes of other diagrams, one part of the process after the other.

What the author drew keeps its tokens by id: tasks with who holds them, clocks, catches, repetitions, calls with all
inside. Wrappers of the normaliser are made as the new diagrams need them, so a handler that is new begins to wait.
"""

from __future__ import annotations

from engine.execution.migration.clocks import count_from, keep_counting
from engine.execution.migration.places import handled_in, stranded, tokens_in_part, way_to
from engine.execution.migration.plan import (
    ELSEWHERE,
    GONE,
    NO_SUCH_TARGET,
    NOT_NOW,
    OTHER_KIND,
    STRANDED,
    CannotMove,
    Finding,
    Hindrance,
    Plan,
)
from engine.execution.reading.definitions import Node
from engine.execution.running.events import author_of
from engine.execution.running.tokens import STARTED, WAITING, Token
from engine.execution.running.workflows import ScopeFlow, SubFlow, TopFlow
from engine.text import Text

TASKS = frozenset({"userTask", "manualTask"})
SCOPES = frozenset({"subProcess", "transaction"})
CATCHES = frozenset({"intermediateCatchEvent", "receiveTask"})
HANDLED = ("::flow", "::whole")
"""Wrappers in which nothing waits but what the author drew; others begin with events of their own."""
Borders = dict[str, Token | None]
"""The events that stood on an activity by their ids; None: it has happened, and does not wait again."""
Entering = tuple[ScopeFlow, Node, Token | None]


class Transfer:
    """One move. Nothing of `old` is changed but its ledger, which both share; `new` is without tokens."""

    def __init__(self, old: TopFlow, new: TopFlow, plan: Plan) -> None:
        self.old, self.new, self.plan = old, new, plan
        self.findings: list[Finding] = []
        self.carried: dict[str, str] = {}
        """Task -> the task at which its work goes on, where a person chose another element."""
        self.has_acted = False
        """Whether operations were performed by the move itself: it cannot be taken back then."""
        self._wrappers = {one.host.node.id for one in old.flows() if one.host is not None and one.shares_store}
        self._hindrances: list[Hindrance] = []
        self._entering: list[Entering] = []
        self._ended: list[Token] = []

    def carry(self) -> None:
        """Set all tokens, and let those begin that were chosen to. Raises `CannotMove`, `StepFailed`."""
        self.new.variables.update(self.old.variables)
        self.new.correlations.update(self.old.correlations)
        self.new.plant()
        self._part(self.old, self.new)
        self._begin_besides()
        self._find_stranded()
        if self._hindrances:
            raise CannotMove(self._hindrances)
        for token in self._ended:
            self._note_cancelled(token)
        for flow, node, before in self._entering:
            self._enter(flow, node, before)

    # One part of the process ---------------------------------------------------------------------------------------
    def _part(self, old: ScopeFlow, new: ScopeFlow) -> None:
        tokens = list(tokens_in_part(old))
        hosts = {token.hex for token in tokens}
        handlers: Borders = dict.fromkeys(handled_in(old.scope))
        handlers |= {one.node.id: one for one in tokens if one.host and one.host not in hosts}
        wrappers: dict[str, ScopeFlow] = {}
        for token in tokens:
            if not token.host and not token.is_loop_instance:
                self._set(token, new, handlers, wrappers)
        for gone in handlers.values():
            if gone is not None and way_to(new.scope, gone.node.id) is None:
                self._note_gone(gone)

    def _set(self, token: Token, part: ScopeFlow, handlers: Borders, wrappers: dict[str, ScopeFlow]) -> None:
        author = author_of(token)
        chosen = self.plan.targets.get(author, "") if token.node.element is not None else ""
        found = way_to(part.scope, chosen or token.node.id)
        if found is None:
            self._cannot(token, chosen, part)
            return
        way, node = found
        if chosen and not _may_begin(node):
            self._hinder(token, NO_SUCH_TARGET.format(element=chosen))
        elif chosen:
            self._ended.append(token)
            self._entering.append((self._opened(part, way, handlers, wrappers), node, token))
            self.findings.append(Finding("moved", part.scope.process_id, author, chosen))
        elif not _same_kind(token.node, node):
            self._hinder(token, OTHER_KIND)
        else:
            self._keep(token, self._opened(part, way, handlers, wrappers), node)

    def _cannot(self, token: Token, chosen: str, part: ScopeFlow) -> None:
        """What is at no place of the new part: an alternative that fell away needs no choice."""
        if chosen:
            self._hinder(token, NO_SUCH_TARGET.format(element=chosen))
        elif self._is_one_of_several(token, part):
            self._note_gone(token)
        else:
            is_elsewhere = any(token.node.id in spec.scope.nodes for spec in self.new.subprocess_specs.values())
            self._hinder(token, ELSEWHERE if is_elsewhere else GONE)

    def _is_one_of_several(self, token: Token, part: ScopeFlow) -> bool:
        """An event that races with others (event-based gateway), one of which is still there."""
        race = token.internal_data.get("race")
        others = [one for one in token.flow.tokens() if race and one.internal_data.get("race") == race]
        return any(way_to(part.scope, one.node.id) for one in others if one is not token)

    def _opened(self, part: ScopeFlow, way: list[str], handlers: Borders, wrappers: dict[str, ScopeFlow]) -> ScopeFlow:
        """The scope at the end of the way, with every wrapper on it made, and the handlers that wait on it."""
        flow = part
        for node_id in way:
            if node_id not in wrappers:
                if node_id not in self._wrappers and not node_id.endswith(HANDLED):
                    author = node_id.split("::", 1)[0]
                    text = NOT_NOW.format(element=author)
                    self._hindrances.append(Hindrance(part.scope.process_id, author, text, is_choice=False))
                host = flow.add(node_id, STARTED)
                inner = SubFlow(self.new.subprocess_specs[f"{flow.spec.name}/{node_id}"], host, self.new, {})
                inner.plant()
                wrappers[node_id] = inner
                self._set_borders(host, handlers, "")
            flow = wrappers[node_id]
        return flow

    # One token -----------------------------------------------------------------------------------------------------
    def _keep(self, token: Token, flow: ScopeFlow, node: Node, parent: Token | None = None) -> None:
        kept = Token(flow, flow.spec.task_specs[token.task_spec.name], parent or flow.task_tree, token.state, token.id)
        kept.internal_data = dict(token.internal_data)
        if node.kind.endswith("Gateway") and not self._on_flow(kept, token):
            self._hinder(token, OTHER_KIND)
            return
        if kept.task_spec.manual:
            kept.task_spec.address(kept, token.node.element)
        if keep_counting(kept, token):
            self.findings.append(Finding("clock_changed", flow.scope.process_id, author_of(token)))
        if not token.is_loop_instance:
            waiting = {one.node.id: one for one in token.flow.hosted(token)}
            borders: Borders = {**dict.fromkeys(token.node.boundary), **waiting}
            self._set_borders(kept, borders, str(token.internal_data.get("at", "")))
            for gone in [one for one in waiting.values() if one.node.id not in node.boundary]:
                self._note_gone(gone)
        self._race(kept, token)
        for instance in token.children:
            self._keep(instance, flow, node, kept)
        if (inner := self.old.subprocesses.get(token.id)) is not None:
            self._keep_inside(inner, kept, node)

    def _keep_inside(self, inner: ScopeFlow, host: Token, node: Node) -> None:
        name = node.called if node.kind == "callActivity" else f"{host.flow.spec.name}/{node.id}"
        opened = SubFlow(self.new.subprocess_specs[name], host, self.new, {})
        opened.plant()
        opened.variables.update(inner.variables)
        if opened.is_called:
            opened.correlations.update(inner.correlations)
        self._part(inner, opened)

    def _set_borders(self, host: Token, known: Borders, begun: str) -> None:
        """The boundary events of an activity: those that wait go on, new ones begin to."""
        flow = host.flow
        for event_id in host.node.boundary:
            before = known.get(event_id)
            if event_id in known and before is None:
                continue
            if before is not None and _same_trigger(before.node, flow.scope.nodes[event_id]):
                kept = Token(flow, flow.spec.task_specs[event_id], flow.task_tree, before.state, before.id)
                kept.internal_data = {**before.internal_data, "host": host.hex}
                if keep_counting(kept, before):
                    self.findings.append(Finding("clock_changed", flow.scope.process_id, author_of(before)))
                continue
            catch = flow.add(event_id, WAITING, host=host.hex)
            catch.task_spec._update(catch)
            if not self.plan.from_now:
                count_from(catch, begun)
            if catch.node.element is not None:
                self._note(catch, "clock_new" if "timer" in catch.internal_data else "event_new")

    def _on_flow(self, kept: Token, token: Token) -> bool:
        """A token at a join came on a flow: by its id, else by where it comes from."""
        flow_id = kept.internal_data.get("flow")
        if any(one.id == flow_id for one in kept.node.incoming):
            return True
        source = next((one.source for one in token.node.incoming if one.id == flow_id), "")
        same = [one.id for one in kept.node.incoming if one.source == source]
        kept.internal_data["flow"] = same[0] if len(same) == 1 else flow_id
        return len(same) == 1

    def _race(self, kept: Token, token: Token) -> None:
        """Further events of an event-based gateway begin to wait beside those that do already."""
        race, flow = kept.internal_data.get("race"), kept.flow
        for gateway in {one.source for one in kept.node.incoming} if race else ():
            there = {one.node.id for one in flow.tokens() if one.internal_data.get("race") == race}
            before = token.flow.scope.nodes.get(gateway)
            known = {one.target for one in before.outgoing} if before is not None else set()
            for way in flow.scope.nodes[gateway].outgoing:
                if way.target not in there | known:
                    catch = flow.add(way.target, race=race)
                    catch.task_spec._update(catch)
                    self._note(catch, "clock_new" if "timer" in catch.internal_data else "event_new")

    # Beginning anew ------------------------------------------------------------------------------------------------
    def _begin_besides(self) -> None:
        for node_id in self.plan.also:
            places = [(flow, way_to(flow.scope, node_id)) for flow in self.new.flows() if not flow.shares_store]
            found = next(((flow, way) for flow, way in places if way is not None), None)
            if found is None or not _may_begin(found[1][1]):
                hindrance = NO_SUCH_TARGET.format(element=node_id)
                self._hindrances.append(Hindrance(self.new.scope.process_id, node_id, hindrance))
                continue
            flow, (way, node) = found
            wrappers = {one.host.node.id: one for one in self.new.flows() if one.host and one.host.flow is flow}
            self._entering.append((self._opened(flow, way, {}, wrappers), node, None))

    def _enter(self, flow: ScopeFlow, node: Node, before: Token | None) -> None:
        """As if the token had come along a flow. Where a task goes on as another task, its holder keeps the work."""
        came = node.incoming[0].id if node.incoming else ""
        token = flow.add(node.id, flow=came)
        token.task_spec._update(token)
        if before is not None and before.node.kind in TASKS and node.kind in TASKS and node.loop is None:
            self.carried[before.hex] = token.hex
            if not self.plan.from_now:
                self._begun_before(token, str(before.internal_data.get("at", "")))

    def _begun_before(self, token: Token, begun: str) -> None:
        if begun:
            token.internal_data["at"] = begun
        for clock in token.flow.hosted(token):
            count_from(clock, begun)

    # What is found -------------------------------------------------------------------------------------------------
    def _find_stranded(self) -> None:
        """Joins that would wait for ever now, and did not before."""
        before = {node for flow in self.old.flows() for node in stranded(flow)}
        for flow in self.new.flows():
            entering = [node.id for at, node, _ in self._entering if at is flow]
            for node_id in sorted(stranded(flow, entering) - before):
                author = node_id.split("::", 1)[0]
                text = STRANDED.format(element=author)
                self._hindrances.append(Hindrance(flow.scope.process_id, author, text))

    def _hinder(self, token: Token, text: Text) -> None:
        author = author_of(token)
        is_hidden = token.node.element is None
        said = NOT_NOW if is_hidden else text
        place = Hindrance(token.flow.scope.process_id, author, said.format(element=author), not is_hidden)
        self._hindrances.append(place)

    def _note_cancelled(self, token: Token) -> None:
        """A token that goes on elsewhere is at its end here, with what runs inside it."""
        if not token.task_spec.is_loop and (token.state != WAITING or token.node.kind == "receiveTask"):
            self.new.ledger.happened(token, "cancelled", self.new.surroundings.now())
        inner = self.old.subprocesses.get(token.id)
        for other in [*token.children, *(inner.tokens() if inner is not None else ())]:
            self._note_cancelled(other)

    def _note_gone(self, token: Token) -> None:
        self._note(token, "clock_gone" if "timer" in token.internal_data else "event_gone")

    def _note(self, token: Token, change: str) -> None:
        self.findings.append(Finding(change, token.flow.scope.process_id, author_of(token)))  # type: ignore[arg-type]


def _may_begin(node: Node) -> bool:
    """Whether a token may be set at the node from outside: no start, no border, no join."""
    is_join = node.kind.endswith("Gateway") and len(node.incoming) > 1
    return node.element is not None and node.kind not in ("startEvent", "boundaryEvent") and not is_join


def _same_kind(before: Node, after: Node) -> bool:
    """Whether a token can go on at the node as it is."""
    loops = (before.loop.kind if before.loop else "", after.loop.kind if after.loop else "")
    if loops[0] != loops[1]:
        return False
    if before.kind in TASKS or before.kind in SCOPES:
        return after.kind in (TASKS if before.kind in TASKS else SCOPES)
    if before.kind in CATCHES:
        return after.kind in CATCHES and _same_trigger(before, after)
    return before.kind == after.kind and before.called == after.called


def _same_trigger(before: Node, after: Node) -> bool:
    return before.trigger.kind == after.trigger.kind
