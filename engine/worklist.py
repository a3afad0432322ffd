"""Queries: the tasks one person may see, page by page, and how many there are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.access import Actor
from engine.cursors import cursor_of, read_cursor
from engine.execution import Element
from engine.persistence import Row, Transaction, inbox_rows
from engine.persistence.inbox_rows import Narrowed
from engine.releases import Release, mechanism_of
from engine.text import Text
from engine.views import CAP, Counts, Filters, InboxView, ItemRow, Page
from engine.waiting import PRIORITIES

if TYPE_CHECKING:
    from engine.application import Ihala


def inbox(
    ihala: Ihala,
    actor: Actor,
    view: InboxView = "mine",
    after: str | None = None,
    filters: Filters | None = None,
    limit: int = 50,
) -> Page:
    """The next rows of a view, the earliest due first: `mine` assigned to the actor, `team` of all their seats,
    `overdue` those past their due date, `open` those nobody has claimed; `done` by the actor, the latest first.
    """
    now, narrowed, cursor = ihala.clock.now(), _narrowed(filters or Filters()), read_cursor(after)
    with ihala.database.reading() as tx:
        if view == "done":
            rows = inbox_rows.done(tx, actor.account_id, actor.seats, narrowed, cursor, limit + 1)
        else:
            rows = inbox_rows.waiting(tx, view, actor.account_id, actor.seats, now, narrowed, cursor, limit + 1)
        shown = [item_row(ihala, tx, row, actor, now) for row in rows[:limit]]
    if len(rows) <= limit:
        return Page(shown, None)
    last = rows[limit - 1]
    return Page(shown, cursor_of(last.done_at if view == "done" else last.sorts_at, last.id))


def next_task(ihala: Ihala, actor: Actor) -> str | None:
    """The id of the task to go on with: the earliest due of one's own, else of those that nobody has claimed."""
    views: tuple[InboxView, ...] = ("mine", "open")
    first = (row.id for view in views for row in inbox(ihala, actor, view, limit=1).rows)
    return next(first, None)


def counts(ihala: Ihala, actor: Actor) -> Counts:
    """How many items each view holds, none above `CAP`."""
    with ihala.database.reading() as tx:
        found = inbox_rows.counts(tx, actor.account_id, actor.seats, ihala.clock.now(), CAP)
    return Counts(*found)


def item_row(ihala: Ihala, tx: Transaction, row: Row[Any], actor: Actor, now: datetime) -> ItemRow:
    """A stored item as a row, its names from the release the case runs on."""
    release = mechanism_of(ihala, tx, row.release_id)
    element, process = element_of(release, row.process_id, row.element)
    return ItemRow(
        id=row.id,
        case_id=row.case_id,
        case_number=row.case_number,
        code_name=Text(row.code_name_en, row.code_name_ar),
        element=row.element,
        name=element.name,
        process=process,
        role=row.role,
        role_title=release.charter.role(row.role).title,
        organisation_id=row.organisation_id,
        organisation=Text(row.organisation_en or "", row.organisation_ar or ""),
        assignee_id=row.assignee_id,
        assignee=row.assignee or "",
        status=row.status,
        priority=PRIORITIES[row.priority],
        visit=row.visit,
        opened_at=row.opened_at,
        due_at=row.due_at,
        due_reason=named(release, row.process_id, row.due_reason),
        is_overdue=row.done_at is None and row.due_at is not None and row.due_at < now,
        is_mine=row.assignee_id == actor.account_id,
        is_seen=row.seen_at is not None,
        done_at=row.done_at,
    )


def element_of(release: Release, process_id: str, element_id: str) -> tuple[Element, Text]:
    """The element and the name of its process. An element the release lost is shown by its id."""
    process = release.mechanism.processes.get(process_id)
    found = process.elements.get(element_id) if process else None
    name = process.name if process else Text(process_id, process_id)
    return found or Element(element_id, "userTask", Text(element_id, element_id), process_id), name


def named(release: Release, process_id: str, element_id: str) -> Text:
    """The name of an element, empty where there is no element."""
    return element_of(release, process_id, element_id)[0].name if element_id else Text("")


def _narrowed(filters: Filters) -> Narrowed:
    priority = PRIORITIES.index(filters.priority) if filters.priority else None
    return Narrowed(filters.process_id, filters.element, priority, filters.organisation_id, filters.case_number)
