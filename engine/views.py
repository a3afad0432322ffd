"""What a page may show of an inbox, a task and a case: plain values, nothing that can be changed by holding them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from engine.text import Text

if TYPE_CHECKING:
    from engine.forms import Form

InboxView = Literal["mine", "team", "overdue", "open", "done"]
Priority = Literal["immediate", "high", "normal"]
ItemStatus = Literal["open", "held", "done", "cancelled"]

CAP = 1000
"""Counts stop here: a count of 1,000 means "1,000 or more"."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One work item as a row of an inbox."""

    id: str
    case_id: str
    case_number: int
    code_name: Text
    element: str
    name: Text
    process: Text
    role: str
    role_title: Text
    organisation_id: str
    organisation: Text
    assignee_id: str | None
    assignee: str
    status: ItemStatus
    priority: Priority
    visit: int
    opened_at: datetime
    due_at: datetime | None
    due_reason: Text
    is_overdue: bool
    is_mine: bool
    is_seen: bool
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What an inbox is narrowed to; empty means everything."""

    process_id: str = ""
    element: str = ""
    priority: Priority | Literal[""] = ""
    organisation_id: str = ""
    case_number: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an inbox; `next` is handed back as `after` for the rows that follow, None at the end."""

    rows: list[ItemRow]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items each view holds, none above `CAP`; `notices` counts the unread."""

    mine: int
    team: int
    overdue: int
    open: int
    notices: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the record, in words; `withheld` where the actor may not read it (then `value` is empty)."""

    key: str
    label: Text
    value: Text
    classification: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What somebody answered at one visit of a task, as far as the actor may read it."""

    id: str
    element: str
    name: Text
    process: Text
    visit: int
    by: str
    organisation: Text
    at: datetime
    corrects: str | None
    answers: list[AnswerRow]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task opened to be done: `form` is None where the diagram gives none (then it is only confirmed)."""

    item: ItemRow
    form: Form | None
    instructions: Text
    variables: Mapping[str, object]
    """What expressions of the form may read; pass them to `form.read`."""
    draft: Mapping[str, list[str]] | None
    """The answers as they were typed, of this actor."""
    draft_saved_at: datetime | None
    note: str
    """What the last holder wrote when handing it back."""
    happens_next: list[Text]
    before: list[RecordRow]
    may_claim: bool
    may_complete: bool
    may_hand_back: bool
    may_take_over: bool
    why_not: Text
    """Why the actor may not complete it, empty where they may."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What followed from a completed task, in sentences, and the next one that waits for the same person."""

    case_id: str
    next_item_id: str | None
    sentences: list[Text]


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


@dataclass(frozen=True, slots=True)
class StartRow:
    """A process the actor may start a case of."""

    process_id: str
    name: Text
    documentation: Text


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Something the actor should know; carries no content but a case number."""

    id: str
    kind: str
    text: Text
    case_id: str | None
    item_id: str | None
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A step that could not be done; the case keeps its last good state."""

    id: str
    case_id: str | None
    case_number: int | None
    element: str
    text: Text
    act: str
    attempts: int
    at: datetime
    last_at: datetime
