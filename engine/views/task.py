"""A task as its page shows it, the record beside it, and what followed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.text import Text
from engine.views.inbox import ItemRow

if TYPE_CHECKING:
    from engine.forms import Form


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the record, in words. What the actor may not read has no row: that it was asked tells something."""

    key: str
    label: Text
    value: Text
    classification: str
    is_identity: bool = False
    """Tells who the person is: stands on top of every task of the case, for those who may read it."""


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
    identity: list[AnswerRow]
    """Who the person is, as far as the actor may read it: the latest answer of each question."""
    before: list[RecordRow]
    may_claim: bool
    may_complete: bool
    may_hand_back: bool
    may_take_over: bool
    why_not: Text
    """Why the actor may not complete it, empty where they may."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What followed from a completed task, in sentences, and the one of its case that waits for the same person."""

    case_id: str
    next_item_id: str | None
    sentences: list[Text]
