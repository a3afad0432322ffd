"""A case as far as somebody may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.text import Text
from engine.views.inbox import ItemStatus
from engine.views.task import RecordRow


@dataclass(frozen=True, slots=True)
class ResponsibleRow:
    """Who has the case now, for one waiting task."""

    item_id: str | None
    """None where it is not the actor's to open."""
    name: Text
    role_title: Text
    organisation: Text
    assignee: str
    status: ItemStatus
    due_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the case as text: the same that the picture shows."""

    element: str
    name: Text
    process_id: str
    process: Text
    lane: Text
    state: Literal["done", "active", "held", "cancelled"]
    visits: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DiagramView:
    """A diagram of the case with where it stands: element ids of the author."""

    process_id: str
    name: Text
    xml: bytes
    active: list[str]
    done: list[str]
    steps: list[MarkRow]
    """What the picture marks and a person can read: the same as a list, in the order it was reached."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One marked element of a diagram."""

    element: str
    name: Text
    state: Literal["done", "active"]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the timeline."""

    at: datetime
    event: str
    text: Text
    by: str
    organisation: Text


@dataclass(frozen=True, slots=True)
class TeamRow:
    role: str
    role_title: Text
    organisation_id: str
    organisation: Text
    since: datetime


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock that runs: what it is for and when it ends."""

    element: str
    name: Text
    process: Text
    due_at: datetime
    is_deadline: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What the person agreed to for one purpose: `given`, `refused`, `withdrawn` or `overridden`; `none` before."""

    purpose: str
    title: Text
    state: str
    by: str
    at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """Something that may be reported about the case at this moment: hand `id` to `report_happening`."""

    id: str
    name: Text
    documentation: Text


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as far as the actor may see it; what they may not see is an empty list, never a hint."""

    id: str
    number: int
    code_name: Text
    status: Literal["open", "closed", "destroyed"]
    stage: Text
    process: Text
    opened_at: datetime
    closed_at: datetime | None
    closing_reason: str
    archive_on: date | None
    responsible: list[ResponsibleRow]
    steps: list[StepRow]
    diagrams: list[DiagramView]
    timeline: list[EventRow]
    record: list[RecordRow]
    team: list[TeamRow]
    clocks: list[ClockRow]
    consents: list[ConsentRow]
    happenings: list[HappeningRow]
    reads: list[EventRow]
    is_whole: bool
    """Whether the actor sees the whole case (coordinator) or only their own part of it."""
    may_reassign: bool
    may_withdraw_consent: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list of cases."""

    id: str
    number: int
    code_name: Text
    status: Literal["open", "closed", "destroyed"]
    stage: Text
    opened_at: datetime
    waiting: int
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    rows: list[CaseRow]
    next: str | None
