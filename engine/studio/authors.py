"""Who works on a draft: its maker, and the process owners whom the maker has invited. None of them ever signs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotAllowed, NotFound
from engine.errors import Refusal
from engine.persistence import Row, Transaction, account_rows, author_rows, notice_rows
from engine.studio import drafts
from engine.studio.people import PROCESS_OWNER
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class NobodyChosen(Refusal):
    sentence = Text(
        "Choose a process owner who does not work on the draft yet.",
        "يُرجى اختيار مسؤول إجراءات لا يعمل على المسودة بعد.",
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on the draft, or might."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Authors:
    """Who works on a draft beside its maker, and whom the actor may still invite (nobody, but for its maker)."""

    present: tuple[Person, ...]
    others: tuple[Person, ...]
    may_invite: bool


def authors(ihala: Ihala, actor: Actor, draft_id: str) -> Authors:
    """Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        row = drafts.seen(ihala, tx, actor, draft_id)
        present = [one for one in author_rows.authors(tx) if one.release_id == draft_id]
        owners = account_rows.holders_of(tx, [PROCESS_OWNER])
    taken = {row.created_by, *(one.account_id for one in present)}
    others = sorted((one for one in owners if one.id not in taken), key=lambda one: str(one.name))
    may_invite = row.status == "draft" and row.created_by == actor.account_id
    return Authors(
        tuple(Person(one.account_id, one.name) for one in present),
        tuple(Person(one.id, one.name) for one in others) if may_invite else (),
        may_invite,
    )


def invite(ihala: Ihala, actor: Actor, draft_id: str, account_id: str) -> None:
    """Let another process owner work on one's draft. Raises `NotAllowed`, `NotFound`, `NotADraft`, `NobodyChosen`."""
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        draft = _made_by(ihala, tx, actor, draft_id)
        invited = [one for one in account_rows.holders_of(tx, [PROCESS_OWNER]) if one.id == account_id]
        if not invited or account_id == actor.account_id or not author_rows.add(tx, draft_id, account_id, now):
            raise NobodyChosen
        drafts.note(ihala, tx, "author_invited", actor, draft.number, account_id)
        notice_rows.tell(tx, invited, "author_invited", now)


def take_back(ihala: Ihala, actor: Actor, draft_id: str, account_id: str) -> None:
    """End an invitation; what was changed stays in the draft, and whoever changed it still never signs it.

    Raises `NotAllowed`, `NotFound`, `NotADraft`.
    """
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        draft = _made_by(ihala, tx, actor, draft_id)
        if not author_rows.end(tx, draft_id, account_id, now):
            raise NotFound
        drafts.note(ihala, tx, "author_ended", actor, draft.number, account_id)
        ended = account_rows.account_by_id(tx, account_id)
        notice_rows.tell(tx, [ended] if ended else [], "author_ended", now)


def _made_by(ihala: Ihala, tx: Transaction, actor: Actor, draft_id: str) -> Row[Any]:
    draft = drafts.own_draft(ihala, tx, actor, draft_id)
    if draft.created_by != actor.account_id:
        raise NotAllowed(expected=drafts.MAKER)
    return draft
