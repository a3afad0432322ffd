"""Does one act to an instance and lets it run on until every token waits."""

from __future__ import annotations

from collections.abc import Callable

from engine.execution.failures import StepFailed
from engine.execution.history import Act
from engine.execution.running.editing import put, scope_key
from engine.execution.running.events import author_of
from engine.execution.running.timers import arm_timer, fire
from engine.execution.running.tokens import READY, WAITING, Token
from engine.execution.running.workflows import TopFlow
from engine.text import Text

LIMIT_TOKENS = 20_000
"""How many nodes one act may pass: more is a circle in the diagram in which nothing waits."""


def do(top: TopFlow, act: Act) -> bool:
    """Do the act; False where what it is meant for does not wait."""
    if not ACTS[act.kind](top, act):
        return False
    run_on(top)
    return True


def _start(top: TopFlow, act: Act) -> bool:
    top.variables.update(act.values)
    top.begin(act.target, act.payload, act.keys)
    return True


def _complete(top: TopFlow, act: Act) -> bool:
    token = _find(top, act)
    if token is None or token.state != READY or not token.task_spec.manual:
        return False
    token.result = dict(act.values)
    token.run()
    return True


def _fire(top: TopFlow, act: Act) -> bool:
    token = _find(top, act)
    if token is None or token.state != WAITING or "timer" not in token.internal_data:
        return False
    fire(token)
    return True


def _rearm(top: TopFlow, act: Act) -> bool:
    """The clocks on a task begin anew: nobody could do it before."""
    task = _find(top, act)
    if task is None or task.state != READY:
        return False
    for token in top.all_tokens():
        if token.state == WAITING and token.host == task.hex and "timer" in token.internal_data:
            arm_timer(token)
    return True


def _deliver(top: TopFlow, act: Act) -> bool:
    token = _find(top, act)
    if token is None or token.state != WAITING:
        return False
    top.event_manager.received(token, act.values, act.keys)
    return True


def _signal(top: TopFlow, act: Act) -> bool:
    return bool(top.event_manager.broadcast(act.target, act.values))


def _edit(top: TopFlow, act: Act) -> bool:
    """Variables of one scope get values by hand; a name may be a path into a variable."""
    scope = next((one for one in top.flows() if not one.shares_store and scope_key(one) == act.target), None)
    if scope is None:
        return False
    for path, value in act.values.items():
        first, *inner = path.split(".")
        scope.variables[first] = put(scope.variables.get(first), inner, value)
    return True


ACTS: dict[str, Callable[[TopFlow, Act], bool]] = {
    "start": _start,
    "complete": _complete,
    "fire": _fire,
    "rearm": _rearm,
    "deliver": _deliver,
    "signal": _signal,
    "edit": _edit,
}


def _find(top: TopFlow, act: Act) -> Token | None:
    place, _, number = act.target.rpartition("|")
    return top.find(top.ledger.id_of(place, int(number)).hex)


def run_on(top: TopFlow) -> None:
    """Run one engine task at a time, the outermost first, looking at conditions before each."""
    for _ in range(LIMIT_TOKENS):
        top.event_manager.refresh_conditions()
        token = _next(top)
        if token is None:
            return
        token.run()
    raise StepFailed(author_of(token) if token else top.spec.name, _CIRCLE)


def _next(top: TopFlow) -> Token | None:
    """The next engine task: outer scopes before inner ones, boundary events before what they stand on."""
    for flow in top.flows():
        ready = [t for t in flow.tokens() if t.state == READY and not t.task_spec.manual]
        if ready:
            return min(ready, key=lambda t: t.node.kind != "boundaryEvent")
    return None


_CIRCLE = Text(
    "the process goes round in a circle in which nothing waits. Expected a task, an event or an end on the way. "
    "The process owner can mend the diagram.",
    "يدور الإجراء في حلقة لا انتظار فيها. المتوقع وجود مهمة أو حدث أو نهاية في الطريق. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
