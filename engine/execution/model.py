"""What the rest of the engine sees of a running mechanism: processes, elements, and what waits in an instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from engine.clock import WorkingCalendar
from engine.text import Text

if TYPE_CHECKING:
    from engine.execution.mechanism import Mechanism

State = Literal["running", "completed", "failed"]
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Element:
    """One node of a diagram, as its author drew it. `role` and `organisation` are FEEL, empty where not given."""

    id: str
    kind: str
    name: Text
    process_id: str
    lane: str = ""
    documentation: Text = field(default_factory=lambda: Text(""))
    form: str = ""
    purpose: str = ""
    not_by: str = ""
    priority: str = "normal"
    role: str = ""
    organisation: str = ""
    operation: str = ""
    joins_team: bool = True
    """Whether the organisation that receives a task enters the case's team by it."""
    is_deadline: bool = False
    scope: tuple[str, ...] = ()
    """Ids of the embedded sub-processes around it, outermost first."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A start event: `kind` is `none`, `message`, `signal`, `timer` or `conditional`; `name` the message or signal.

    `node` is what an instance begins `at`: an author's start event with several triggers has a node for each.
    """

    element: str
    kind: str
    name: str = ""
    expression: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One executable process."""

    id: str
    name: Text
    elements: Mapping[str, Element]
    flows: Mapping[str, tuple[str, str]]
    beginnings: tuple[Beginning, ...]
    xml: bytes
    file: str
    digests: Callable[[], Mapping[str, str]]
    """Of all processes of the set, made when they are first asked for."""

    @property
    def digest(self) -> str:
        """Covers everything the process calls and uses, without layout and names."""
        return self.digests()[self.id]

    def begins_with(self, kind: str) -> set[str]:
        """Names of the messages (or signals) that start this process."""
        return {one.name for one in self.beginnings if one.kind == kind}


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A user task that waits for a person. `id` is kept for life; `scope` holds the ids of the calls it is in."""

    id: str
    element: Element
    visit: int
    scope: tuple[str, ...]
    role: str
    organisation: str
    item: object
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingTimer:
    """A clock that runs. `task_id` is the user task it is attached to; `left` counts the firings of a cycle to come.

    `is_reminder`: it stands on a user task and does not end it, so it is of no use while nobody may do the task.
    """

    id: str
    element: Element
    due_at: datetime
    task_id: str | None
    is_deadline: bool
    expression: str
    anchor_at: datetime
    left: int | None = 1
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class WaitingCatch:
    """An event somebody outside may deliver. Exactly one catch takes a message whose keys all fit."""

    id: str
    element: Element
    kind: str
    name: str
    keys: Values
    reach: str

    def fits(self, name: str, keys: Values) -> bool:
        """Whether a message of this name with these keys is meant for this catch."""
        return self.name == name and keys_fit(self.keys, keys)


def keys_fit(expected: Values, given: Values) -> bool:
    """All keys equal. A single key is compared by value: sender and receiver may call it by different names."""
    if len(expected) == len(given) == 1:
        return next(iter(expected.values())) == next(iter(given.values()))
    return all(name in given and given[name] == value for name, value in expected.items())


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal that leaves the instance. A signal has already reached the instance that threw it."""

    kind: str
    name: str
    payload: Values
    keys: Values
    element: Element
    reach: str = "case"


@dataclass(frozen=True, slots=True)
class Step:
    """Something happened at an element: `completed`, `cancelled` or `fired`. `missed`: a cycle's firings nobody saw."""

    element: str
    process_id: str
    scope: tuple[str, ...]
    visit: int
    event: str
    at: datetime
    task_id: str
    missed: int = 0


@dataclass(frozen=True, slots=True)
class RunningScope:
    """A process or sub-process that runs, with the names (paths) of its variables. `key` tells it from all others."""

    key: str
    process_id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """How many tokens stand at an element now, and how many have passed it."""

    process_id: str
    element: str
    active: int
    completed: int


class Surroundings(Protocol):
    """What a running instance may ask; one object per step."""

    @property
    def calendar(self) -> WorkingCalendar: ...

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        """Do what a service task asks for. A refusal that has a `code` may be caught by an error boundary event."""

    def trigger(self, event: Thrown) -> None:
        """Take a message or signal that leaves the instance."""

    def mechanism(self, release: str) -> Mechanism:
        """The diagrams of a release by its id: an instance that was moved takes its old way again on the old ones."""
