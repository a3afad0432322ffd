"""Rows of an inbox, and what else waits for somebody: starts, notices, incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.text import Text

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
class StartRow:
    """A process the actor may start a case of."""

    process_id: str
    name: Text
    documentation: Text


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Something the actor should know; carries no content but a case number. `case_id`: where they may open it."""

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
    may_skip: bool
    """Whether it is a service task's operation whose outputs can be declared in its place."""
