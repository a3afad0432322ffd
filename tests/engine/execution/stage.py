"""A stage for instances: surroundings that remember what they were asked, and acts by element id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from engine.clock import MovableClock, WorkingCalendar
from engine.execution import Element, Instance, Mechanism, Thrown, load
from engine.execution.catalogue import build_mechanism
from engine.execution.digests import files_digest
from engine.execution.migration.plan import Plan
from engine.execution.migration.transfer import Transfer

BEGINNING = datetime(2026, 1, 4, 8, 0, tzinfo=UTC)
"""A Sunday morning, the first day of a working week."""


class Around:
    """Surroundings on a movable clock; `operations` says what a service task answers or raises."""

    def __init__(self, operations: Mapping[str, Callable[[Mapping[str, object]], Mapping[str, object]]]) -> None:
        self.calendar = WorkingCalendar()
        self.clock = MovableClock(BEGINNING)
        self.operations = operations
        self.performed: list[tuple[str, dict[str, object], str, tuple[str, ...]]] = []
        self.thrown: list[Thrown] = []
        self.releases: dict[str, Mechanism] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def perform(
        self, operation: str, inputs: Mapping[str, object], element: Element, path: tuple[str, ...]
    ) -> Mapping[str, object]:
        self.performed.append((operation, dict(inputs), element.id, path))
        return self.operations[operation](inputs) if operation in self.operations else {}

    def trigger(self, event: Thrown) -> None:
        self.thrown.append(event)

    def mechanism(self, release: str) -> Mechanism:
        return self.releases[release]


class Stage:
    """One instance. Where `reloads`, it is saved after each act and restored from bytes with diagrams parsed anew."""

    def __init__(self, reloads: bool) -> None:
        self.reloads = reloads
        self.files: dict[str, bytes] = {}
        self.around = Around({})
        self.instance: Instance
        self.trace: list[str] = []
        self.taken: list[str] = []

    def start(
        self,
        *files: bytes,
        variables: Mapping[str, object] | None = None,
        process: str = "p",
        operations: Mapping[str, Callable[[Mapping[str, object]], Mapping[str, object]]] | None = None,
        tables: Mapping[str, bytes] | None = None,
        at: str = "",
        payload: Mapping[str, object] | None = None,
    ) -> Stage:
        """Start process `p` of these diagrams."""
        self.files = {f"{number}.bpmn": content for number, content in enumerate(files)} | dict(tables or {})
        self.around = Around(operations or {})
        mechanism = load(self.files)
        self.instance = mechanism.start(process, variables or {}, self.around, at=at, payload=payload, keep_trace=True)
        return self._after()

    def mechanism(self) -> Mechanism:
        """Read from the files each time, as another process would."""
        return build_mechanism(self.files, files_digest(self.files))

    @property
    def open(self) -> list[str]:
        """Ids of the open user tasks, in order of the alphabet."""
        return sorted(task.element.id for task in self.instance.tasks)

    def complete(self, element_id: str, visit: int | None = None, **answers: object) -> Stage:
        task = next(
            task
            for task in self.instance.tasks
            if task.element.id == element_id and (visit is None or task.visit == visit)
        )
        self.instance.complete(task.id, answers)
        return self._after()

    def fire(self, element_id: str, after: timedelta | None = None) -> Stage:
        """Move the clock to when the timer is due (or by so much) and let it fire."""
        timer = next(timer for timer in self.instance.timers if timer.element.id == element_id)
        moment = self.around.now() + after if after else max(self.around.now(), timer.due_at)
        self.around.clock.move_to(moment)
        self.instance.fire(timer.id)
        return self._after()

    def deliver(self, element_id: str, **payload: object) -> Stage:
        catch = next(catch for catch in self.instance.catches if catch.element.id == element_id)
        self.instance.deliver(catch.id, payload)
        return self._after()

    def signal(self, name: str, **payload: object) -> int:
        reached = self.instance.signal(name, payload)
        self._after()
        return reached

    def move(
        self,
        *files: bytes,
        targets: Mapping[str, str] | None = None,
        also: tuple[str, ...] = (),
        from_now: bool = False,
    ) -> Transfer:
        """Go on with other diagrams; the ones before and after are known as releases for taking the way again."""
        before, number = self.mechanism(), len(self.around.releases)
        self.around.releases[f"{number}"] = before
        self.files = {f"{number}.bpmn": content for number, content in enumerate(files)}
        self.around.releases[f"{number + 1}"] = load(self.files)
        plan = Plan(targets or {}, also, from_now)
        transfer = self.instance.move(self.mechanism(), plan, (f"{number}", f"{number + 1}"))
        self._after()
        return transfer

    def _after(self) -> Stage:
        self.trace += self.instance.trace
        self.taken += [flow for _, flow in self.instance.flows]
        self.instance.trace.clear()
        self.instance.flows.clear()
        if self.reloads:
            self.reload()
        return self

    def reload(self) -> Stage:
        steps = self.instance.steps
        self.instance = self.mechanism().restore(self.instance.dump(), self.around, keep_trace=True)
        self.instance.steps.extend(steps)
        return self
