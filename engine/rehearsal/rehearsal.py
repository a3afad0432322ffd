"""Cases run in memory by the very code that runs real ones, saved and reloaded after every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from operator import itemgetter
from types import MappingProxyType

from engine import execution
from engine.clock import MovableClock
from engine.execution import Mechanism, StartClock, StepFailed, Thrown, WaitingTimer
from engine.operations import Values
from engine.rehearsal.acting import Acting, begin_clocks, person_for
from engine.rehearsal.surroundings import Surroundings
from engine.rehearsal.views import (
    Happened,
    Instance,
    NeverRests,
    NotOneReceiver,
    NotWaiting,
    TooManyClocks,
    WaitingTask,
)
from engine.rehearsal.world import World

LIMIT_THROWN = 1_000
"""How many messages and signals one act may set on their way: more is instances that call one another without end."""
LIMIT_FIRED = 1_000
"""How many clocks one move of the clock may let fire: more is a cycle that nobody ends."""
NOTHING: Values = MappingProxyType({})
NOBODY: Mapping[str, str] = MappingProxyType({})


class Rehearsal:
    """Cases of one mechanism in memory, on a movable clock, in one world."""

    def __init__(self, mechanism: Mechanism, clock: MovableClock, world: World) -> None:
        self.mechanism, self.clock, self.world = mechanism, clock, world
        self.calendar = mechanism.calendar
        self.thrown: list[tuple[str, Thrown]] = []
        self.passed: set[tuple[str, str]] = set()
        self.fired: set[tuple[str, str]] = set()
        self.happened: list[Happened] = []
        self._instances: dict[str, Instance] = {}
        self._looked: dict[str, tuple[bytes, execution.Instance]] = {}
        self._numbers = count(1)
        self._start_clocks = mechanism.start_clocks(clock.now())

    # What waits now ------------------------------------------------------------------------------------------------
    @property
    def instances(self) -> list[Instance]:
        """Every process started so far, ended ones too."""
        return list(self._instances.values())

    @property
    def tasks(self) -> list[WaitingTask]:
        """Open user tasks of all instances, those held for a missing consent left out."""
        return [task for task in self._all_tasks() if not task.held]

    @property
    def held(self) -> list[WaitingTask]:
        """User tasks that wait for a consent before anybody may see them."""
        return [task for task in self._all_tasks() if task.held]

    @property
    def timers(self) -> list[WaitingTimer]:
        """Pending clocks of all instances, the earliest first; reminders of held tasks stand still."""
        held = {task.id for task in self.held}
        running = [timer for one in self._running() for timer in self._look(one).timers]
        pending = [timer for timer in running if not (timer.is_reminder and timer.task_id in held)]
        return sorted(pending, key=lambda timer: (timer.due_at, timer.id))

    def live(self) -> list[execution.Instance]:
        """Every instance that goes on, as it stands now: to be looked at."""
        return [self._look(one) for one in self._running()]

    # What happens --------------------------------------------------------------------------------------------------
    def start(
        self, process: str, variables: Values | None = None, *, at: str = "", payload: Values | None = None
    ) -> Instance:
        """A new instance of the process, run until all its tokens wait.

        `at` names the start event that a message, a signal or a clock has triggered; `payload` is what came with it.
        """
        now, beginnings = self.clock.now(), self.mechanism.processes[process].beginnings
        names = [one.name for one in beginnings if one.kind == "message" and at in (one.element, one.node)]
        keys = self.mechanism.keys_of(names[0], payload or {}, now) if names else {}
        one = self._begin(process, dict(variables or {}), at, payload or {}, keys)
        self._deliver_thrown()
        return one

    def complete(self, task: WaitingTask, answers: Values | None = None, acting: Acting | None = None) -> None:
        """Complete the task with answers, validated by its form where it has one.

        Without `acting`, somebody of the right role acts. Raises `NotWaiting`, `NotInRole`, `FormErrors`.
        """
        one = self._instances[task.instance]
        live = self._open(one)
        found = next((waiting for waiting in live.tasks if waiting.id == task.id), None)
        if found is None or task.id not in {open_task.id for open_task in self.tasks}:
            raise NotWaiting(task=task.element, open=", ".join(sorted({t.element for t in self.tasks})) or "-")
        person = person_for(task, one, found.element, acting)
        form = self.mechanism.forms.get(task.element)
        now, zone = self.clock.now(), self.mechanism.time_zone
        accepted = (
            form.accept(answers or {}, task.variables, now=now, zone=zone).variables if form else dict(answers or {})
        )
        self._step(one, partial(_after, live, partial(live.complete, task.id, accepted)), {task.id: person})
        one.completed_by[task.element] = person
        self._deliver_thrown()

    def send(self, message: str, payload: Values | None = None, keys: Values | None = None) -> Instance | None:
        """Hand a message from outside to the one instance that waits for it, or start the process that begins with it.

        None where nobody waits and nothing begins with it. Raises `NotOneReceiver` where several fit.
        """
        one = self._receive(message, payload or {}, keys or {})
        self._deliver_thrown()
        return one

    def signal(self, name: str, payload: Values | None = None) -> list[Instance]:
        """Broadcast a signal: to every instance that waits for it, and to the processes that begin with it."""
        reached = self._broadcast(name, payload or {})
        self._deliver_thrown()
        return reached

    def advance(self, by: timedelta | datetime) -> None:
        """Move the clock by a duration or to a moment, firing every clock that falls due on the way, in order.

        Raises `TooManyClocks`.
        """
        end = by if isinstance(by, datetime) else self.clock.now() + by
        fired = 0
        while due := [clock for clock in self._clocks() if clock[0] <= end]:
            if (fired := fired + 1) > LIMIT_FIRED:
                raise TooManyClocks(limit=LIMIT_FIRED, now=self.clock.now().isoformat(timespec="minutes"))
            at, fire = due[0]
            self.clock.move_to(max(self.clock.now(), at))
            fire()
            self._deliver_thrown()
        self.clock.move_to(end)

    # How -----------------------------------------------------------------------------------------------------------
    def _clocks(self) -> list[tuple[datetime, Callable[[], None]]]:
        """What falls due when, the earliest first: clocks of instances, and those that start processes."""
        waiting = [(timer.due_at, partial(self._fire, timer)) for timer in self.timers]
        starting = [(one.due_at(self.calendar), partial(self._fire_start, one)) for one in self._start_clocks]
        return sorted([*waiting, *starting], key=itemgetter(0))

    def _fire(self, timer: WaitingTimer) -> None:
        for one in self._running():
            if timer.id in {pending.id for pending in self._look(one).timers}:
                live = self._open(one)
                self._step(one, partial(_after, live, partial(live.fire, timer.id)))
                return

    def _fire_start(self, clock: StartClock) -> None:
        after = clock.fired(self.calendar)
        self._start_clocks = [one for one in (*self._start_clocks, after) if one is not None and one is not clock]
        self._begin(clock.process, at=clock.node)

    def _running(self) -> list[Instance]:
        return [one for one in self._instances.values() if one.state == "running"]

    def _surroundings(self, one: Instance) -> Surroundings:
        return Surroundings(self, one.id)

    def _open(self, one: Instance) -> execution.Instance:
        return self.mechanism.restore(one.saved, self._surroundings(one), keep_trace=True)

    def _look(self, one: Instance) -> execution.Instance:
        """The instance as it was saved, only to be looked at: restored once for each saved state."""
        saved, live = self._looked.get(one.id, (b"", None))
        if live is None or saved is not one.saved:
            live = self._open(one)
            self._looked[one.id] = one.saved, live
        return live

    def _step(self, one: Instance, act: Callable[[], execution.Instance], by: Mapping[str, str] = NOBODY) -> None:
        """Act, save, and show the new state. What fails leaves the world and the saved state as they were.

        `by` names the person who completes a task, by its id.
        """
        before = self.world.copy()
        try:
            agreed = self._agreed(one)
            live = act()
            begin_clocks(live, self._agreed(one) - agreed)
            one.saved = live.dump()
        except StepFailed as failure:
            self.world.restore(before)
            self.thrown.clear()
            one.state, one.problem = "failed", failure.text
            if failure.instance is not None:
                one.show(failure.instance)
            return
        one.show(live)
        for step in live.take_steps():
            if step.event in ("completed", "fired"):
                (self.passed if step.event == "completed" else self.fired).add((step.process_id, step.element))
            person = by.get(step.task_id, "") if step.event == "completed" else ""
            self.happened.append(Happened(step.at, one.id, step.process_id, step.element, step.event, person))

    def _agreed(self, one: Instance) -> set[str]:
        consents = self.world.consents.get(one.id, {})
        return {purpose for purpose, state in consents.items() if state in ("given", "overridden")}

    def _all_tasks(self) -> list[WaitingTask]:
        return [
            self._shown(one, live, task) for one in self._running() for live in [self._look(one)] for task in live.tasks
        ]

    def _shown(self, one: Instance, live: execution.Instance, task: execution.WaitingTask) -> WaitingTask:
        role = task.role or ""
        organisation = task.organisation or self.world.teams.get(one.id, {}).get(role, "")
        purpose = task.element.purpose
        return WaitingTask(
            id=task.id,
            element=task.element.id,
            name=task.element.name,
            instance=one.id,
            role=role,
            organisation=organisation,
            visit=task.visit,
            variables=live.visible_variables(task.id),
            held=bool(purpose) and purpose not in self._agreed(one),
            item=task.item,
        )

    def _receive(self, message: str, payload: Values, keys: Values) -> Instance | None:
        """Give a message to its one receiver, or start the one process that begins with it."""
        keys = {**self.mechanism.keys_of(message, payload, self.clock.now()), **keys}
        waiting = [
            (one, catch)
            for one in self._running()
            for catch in self._look(one).catches
            if catch.kind == "message" and catch.fits(message, keys)
        ]
        beginnings = [] if waiting else self._beginnings("message", message)
        if len({one.id for one, _ in waiting}) > 1 or len({process for process, _ in beginnings}) > 1:
            raise NotOneReceiver(message=message, found=len(waiting) or len(beginnings))
        for process, node in beginnings[:1]:
            return self._begin(process, at=node, payload=payload, keys=keys)
        for one, catch in waiting[:1]:
            live = self._open(one)
            self._step(one, partial(_after, live, partial(live.deliver, catch.id, payload, keys)))
            return one
        return None

    def _broadcast(self, name: str, payload: Values, thrower: str = "") -> list[Instance]:
        """Let a signal reach all but the instance that threw it, where it has been already."""
        reached = []
        for one in self._running():
            catches = self._look(one).catches
            if one.id != thrower and any(catch.kind == "signal" and catch.name == name for catch in catches):
                live = self._open(one)
                self._step(one, partial(_after, live, partial(live.signal, name, payload)))
                reached.append(one)
        begun = [self._begin(process, at=node, payload=payload) for process, node in self._beginnings("signal", name)]
        return [*reached, *begun]

    def _deliver_thrown(self) -> None:
        """Hand on what left an instance, until nothing is on its way: each message to one receiver, a signal to all."""
        on_its_way, self.thrown = self.thrown, []
        for _ in range(LIMIT_THROWN):
            if not on_its_way:
                return
            case, event = on_its_way.pop(0)
            if event.kind == "message":
                self._receive(event.name, event.payload, event.keys)
            else:
                self._broadcast(event.name, event.payload, thrower=case)
            on_its_way += self.thrown
            self.thrown.clear()
        raise NeverRests(event=on_its_way[0][1].name if on_its_way else "-", limit=LIMIT_THROWN)

    def _beginnings(self, kind: str, name: str) -> list[tuple[str, str]]:
        """The processes that begin with this message or signal, and where."""
        known = [(process.id, one) for process in self.mechanism.processes.values() for one in process.beginnings]
        return [(process, one.node) for process, one in known if (one.kind, one.name) == (kind, name)]

    def _begin(
        self, process: str, variables: Values = NOTHING, at: str = "", payload: Values = NOTHING, keys: Values = NOTHING
    ) -> Instance:
        one = Instance(f"case-{next(self._numbers)}", process, "running", {})
        self._instances[one.id] = one
        where = self._surroundings(one)
        start = partial(self.mechanism.start, at=at, payload=payload, keys=keys, keep_trace=True)
        self._step(one, partial(start, process, variables, where))
        return one


def _after(live: execution.Instance, act: Callable[[], object]) -> execution.Instance:
    act()
    return live
