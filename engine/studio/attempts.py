"""Attempts at what is not one's own: refused like anything else, and written down, without a name or a content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import journal
from engine.access import Actor, NotAllowed, NotFound
from engine.errors import Refusal
from engine.studio.drafts import NotYours
from engine.studio.file_limits import PathUnfit

if TYPE_CHECKING:
    from engine.application import Ihala

STREAM = "attempts"
EVENTS: tuple[tuple[type[Refusal], str], ...] = (
    (NotYours, "draft_of_another"),
    (NotFound, "unknown_here"),
    (NotAllowed, "not_allowed"),
    (PathUnfit, "path_unfit"),
)


def note(ihala: Ihala, actor: Actor, refusal: Refusal, page: str) -> None:
    """Write down that the actor was refused on this page of the studio, and which draft it was, if there is one.

    Other refusals are mistakes that anybody makes: they are not written down.
    """
    event = next((event for kind, event in EVENTS if isinstance(refusal, kind)), "")
    if not event:
        return
    number = f" {refusal.number}" if isinstance(refusal, NotYours) else ""
    with ihala.database.writing() as tx:
        entry = journal.Entry(event, ihala.clock.now(), actor.account_id, element=f"{page}{number}")
        journal.append(tx, ihala.vault, STREAM, entry)
