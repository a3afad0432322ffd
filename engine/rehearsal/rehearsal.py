"""Cases run in memory by the very code that runs real ones, saved and reloaded after every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from operator import itemgetter
from types import MappingProxyType

from engine import execution
from engine.clock import MovableClock, WorkingCalendar
from engine.execution import Element, Mechanism, StartClock, StepFailed, Thrown, WaitingTimer
from engine.operations import Values, perform
from engine.rehearsal.views import Acting, Instance, NeverRests, NotInRole, NotOneReceiver, NotWaiting, WaitingTask
from engine.rehearsal.world import CaseWorld, World

LIMIT_THROWN = 1_000
"""How many messages and signals one act may set on their way: more is instances that call one another without end."""
NOTHING: Values = MappingProxyType({})


class Surroundings:
    """What a step of a rehearsed instance may ask."""

    def __init__(self, rehearsal: Rehearsal, case: str) -> None:
        self.calendar: WorkingCalendar = rehearsal.calendar
        self._rehearsal, self._case = rehearsal, case

    def now(self) -> datetime:
        return self._rehearsal.clock.now()

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        rehearsal = self._rehearsal
        world = CaseWorld(rehearsal.world, self._case, rehearsal.clock, rehearsal.mechanism.decide)
        return perform(operation, world, inputs, element.id)

    def trigger(self, event: Thrown) -> None:
        self._rehearsal.thrown.append((self._case, event))

    def mechanism(self, release: str) -> Mechanism:
        return self._rehearsal.mechanism


class Rehearsal:
    """Cases of one mechanism in memory, on a movable clock, in one world."""

    def __init__(self, mechanism: Mechanism, clock: MovableClock, world: World) -> None:
        self.mechanism, self.clock, self.world = mechanism, clock, world
        self.calendar = mechanism.calendar
        self.thrown: list[tuple[str, Thrown]] = []
        self.passed: set[tuple[str, str]] = set()
        self.fired: set[tuple[str, str]] = set()
        self._instances: dict[str, Instance] = {}
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
        running = [timer for one in self._running() for timer in self._open(one).timers]
        pending = [timer for timer in running if not (timer.is_reminder and timer.task_id in held)]
        return sorted(pending, key=lambda timer: (timer.due_at, timer.id))

    def live(self) -> list[execution.Instance]:
        """Every instance that goes on, as it stands now: to be looked at."""
        return [self._open(one) for one in self._running()]

    # What happens --------------------------------------------------------------------------------------------------
    def start(self, process: str, variables: Values | None = None) -> Instance:
        """A new instance of the process, run until all its tokens wait."""
        one = self._begin(process, dict(variables or {}))
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
        person = self._person_for(task, one, found.element, acting)
        form = self.mechanism.forms.get(task.element)
        now, zone = self.clock.now(), self.mechanism.time_zone
        accepted = (
            form.accept(answers or {}, task.variables, now=now, zone=zone).variables if form else dict(answers or {})
        )
        self._step(one, partial(_after, live, partial(live.complete, task.id, accepted)))
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
        """Move the clock by a duration or to a moment, firing every clock that falls due on the way, in order."""
        end = by if isinstance(by, datetime) else self.clock.now() + by
        while due := [clock for clock in self._clocks() if clock[0] <= end]:
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
            live = self._open(one)
            if timer.id in {pending.id for pending in live.timers}:
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

    def _step(self, one: Instance, act: Callable[[], execution.Instance]) -> None:
        """Act, save, and show the new state. What fails leaves the world and the saved state as they were."""
        before = self.world.copy()
        try:
            agreed = self._agreed(one)
            live = act()
            self._begin_clocks(live, self._agreed(one) - agreed)
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

    def _agreed(self, one: Instance) -> set[str]:
        consents = self.world.consents.get(one.id, {})
        return {purpose for purpose, state in consents.items() if state in ("given", "overridden")}

    @staticmethod
    def _begin_clocks(live: execution.Instance, purposes: set[str]) -> None:
        """Tasks that a consent has let go are to be done from now on."""
        for task in live.tasks if purposes else []:
            if task.element.purpose in purposes:
                live.rearm(task.id)

    def _all_tasks(self) -> list[WaitingTask]:
        return [
            self._shown(one, live, task) for one in self._running() for live in [self._open(one)] for task in live.tasks
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
        )

    def _person_for(self, task: WaitingTask, one: Instance, element: Element, acting: Acting | None) -> str:
        """The person who completes the task: the one who acts, or somebody suitable where nobody is named."""
        first = one.completed_by.get(element.not_by or "")
        if acting is None:
            return f"{task.role}-2" if first == f"{task.role}-1" else f"{task.role}-1"
        right_role = not task.role or acting.role == task.role
        right_place = not task.organisation or not acting.organisation or acting.organisation == task.organisation
        person = acting.person or f"{acting.role}-1"
        if not (right_role and right_place) or (first is not None and person == first):
            expected = f"{task.role} {task.organisation}".strip() + (f" (not {first})" if first else "")
            raise NotInRole(task=task.element, expected=expected, found=f"{acting.role} {acting.organisation}".strip())
        return person

    def _receive(self, message: str, payload: Values, keys: Values) -> Instance | None:
        """Give a message to its one receiver, or start the one process that begins with it."""
        keys = {**self.mechanism.keys_of(message, payload, self.clock.now()), **keys}
        waiting = [
            (one, catch)
            for one in self._running()
            for catch in self._open(one).catches
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
            live = self._open(one)
            if one.id != thrower and any(catch.kind == "signal" and catch.name == name for catch in live.catches):
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
        return [
            (process.id, beginning.node)
            for process in self.mechanism.processes.values()
            for beginning in process.beginnings
            if beginning.kind == kind and beginning.name == name
        ]

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
