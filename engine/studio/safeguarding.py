"""Changing the list of safeguards: proposed by one person with a reason, in force by the signatures of two others.

It is an act of its own, outside of every draft and release; no number of signatures that a mechanism sets counts here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine import journal
from engine.access import Actor, NotAllowed
from engine.errors import Refusal
from engine.execution import Safeguard, read_list
from engine.persistence import Row, Transaction, account_rows, notice_rows, safeguard_rows
from engine.releases import current_release
from engine.studio import safeguards
from engine.studio.difference.safeguards import differences
from engine.studio.file_limits import LARGEST_FILE, FileTooLarge
from engine.studio.people import OWNERS, check_owner, check_reader, is_owner, rules_of
from engine.studio.publishing import NoteMissing, Signature
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.errors import Problem

SIGNATURES = 2
"""People who must sign a new list besides whoever proposes it."""


class ProposedAlready(Refusal):
    sentence = Text(
        "A new list waits for signatures already. It must be decided, or taken back, before another one.",
        "توجد قائمة جديدة في انتظار التوقيعات. يجب البت فيها أو سحبها قبل تقديم أخرى.",
    )


class NothingProposed(Refusal):
    sentence = Text("No new list waits for signatures (any more).", "لا توجد قائمة جديدة في انتظار التوقيعات.")


class SameList(Refusal):
    sentence = Text("The list is the same as the one in force.", "القائمة مطابقة للقائمة السارية.")


class OwnList(Refusal):
    sentence = Text(
        "Whoever proposed the list cannot sign it. Two other people do.",
        "لا يجوز لمن قدّم القائمة أن يوقّعها. يوقّعها شخصان آخران.",
    )


class ListSigned(Refusal):
    sentence = Text("You have signed this list already.", "سبق لكم توقيع هذه القائمة.")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the list. `changes` says in words how it differs from the list that was in force before it."""

    number: int
    status: str
    content: bytes
    reason: str
    proposer: str
    proposed_at: datetime
    in_force_at: datetime | None
    ended_at: datetime | None
    signatures: tuple[Signature, ...]
    changes: tuple[Text, ...]
    is_own: bool

    @property
    def safeguards(self) -> Sequence[Safeguard]:
        return safeguards.listed(self.content)


@dataclass(frozen=True, slots=True)
class Overview:
    """The list as it stands. `breaks`: what the release in force would break of the proposed one.

    `others`: how many people besides whoever proposed may sign, or besides the actor where nothing is proposed.
    """

    in_force: Version | None
    proposed: Version | None
    history: tuple[Version, ...]
    roles: tuple[Text, ...]
    others: int
    breaks: tuple[Problem, ...]
    may_propose: bool
    may_sign: bool


def overview(ihala: Ihala, actor: Actor) -> Overview:
    """The list in force, what is proposed, and every version before. Raises `NotAllowed`."""
    with ihala.database.reading() as tx:
        check_reader(ihala, tx, actor)
        history = _history(tx, actor)
        release, rules = current_release(ihala, tx), rules_of(ihala, tx)
        holders = {one.id for one in account_rows.holders_of(tx, rules.roles)}
        waiting = safeguard_rows.of_status(tx, "proposed")
        try:
            _check_signer(ihala, tx, actor, waiting)
            may_sign = waiting is not None
        except Refusal:
            may_sign = False
    by_status = {one.status: one for one in history}
    proposed = by_status.get("proposed")
    proven = safeguards.proven_by(release.mechanism.files, proposed.content) if proposed else []
    return Overview(
        by_status.get("in_force"),
        proposed,
        tuple(history),
        tuple(release.charter.role(role).title for role in rules.roles),
        len(holders - {waiting.proposed_by if waiting else actor.account_id}),
        tuple(problem for one in proven for problem in one.breaks),
        is_owner(actor) and waiting is None,
        may_sign,
    )


def propose(ihala: Ihala, actor: Actor, content: bytes, reason: str) -> None:
    """Put a new list before those who may sign releases.

    Raises `NotAllowed`, `NoteMissing`, `FileTooLarge`, `SafeguardsUnreadable`, `SameList`, `ProposedAlready`.
    """
    check_owner(actor)
    if not reason.strip():
        raise NoteMissing
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(limit=LARGEST_FILE // 1_000_000)
    read_list(content)
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        if safeguard_rows.of_status(tx, "proposed") is not None:
            raise ProposedAlready
        if not differences(safeguards.in_force(tx), content):
            raise SameList
        number = safeguard_rows.latest(tx) + 1
        about = {"id": uuid4().hex, "version": number, "status": "proposed", "content": content}
        said = {"reason": reason.strip(), "proposed_by": actor.account_id, "proposed_at": now}
        safeguard_rows.insert(tx, {**about, **said})
        _note(ihala, tx, "safeguards_proposed", actor, number)
        signers = account_rows.holders_of(tx, rules_of(ihala, tx).roles)
        notice_rows.tell(tx, [one for one in signers if one.id != actor.account_id], "safeguards_proposed", now)


def withdraw(ihala: Ihala, actor: Actor) -> None:
    """Take one's own proposal back. Raises `NothingProposed`, `NotAllowed`."""
    with ihala.database.writing() as tx:
        check_reader(ihala, tx, actor)
        row = _waiting(tx)
        if row.proposed_by != actor.account_id:
            raise NotAllowed(expected=PROPOSER)
        safeguard_rows.change(tx, "proposed", {"status": "withdrawn", "ended_at": ihala.clock.now()})
        _note(ihala, tx, "safeguards_withdrawn", actor, row.version)


def decide(ihala: Ihala, actor: Actor, *, approves: bool, reason: str = "") -> bool:
    """Sign the proposed list, or send it back with a reason; whether it is in force now.

    Raises `NothingProposed`, `NotAllowed`, `OwnList`, `ListSigned`, `NoteMissing`.
    """
    if not approves and not reason.strip():
        raise NoteMissing
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        row = _waiting(tx)
        _check_signer(ihala, tx, actor, row)
        about = {"list_id": row.id, "account_id": actor.account_id, "at": now, "is_approval": approves}
        safeguard_rows.sign(tx, {**about, "reason": reason.strip()})
        _note(ihala, tx, "safeguards_signed" if approves else "safeguards_refused", actor, row.version)
        proposer = account_rows.account_by_id(tx, row.proposed_by)
        notice_rows.tell(tx, [proposer] if proposer else [], "safeguards_decided", now)
        if not approves:
            safeguard_rows.change(tx, "proposed", {"status": "refused", "ended_at": now})
            return False
        if len(_signed(tx, row)) < SIGNATURES:
            return False
        safeguard_rows.change(tx, "in_force", {"status": "retired", "ended_at": now})
        safeguard_rows.change(tx, "proposed", {"status": "in_force", "in_force_at": now})
        _note(ihala, tx, "safeguards_in_force", actor, row.version)
    return True


def _history(tx: Transaction, actor: Actor) -> list[Version]:
    """Every version, the latest first, each compared with the one that was in force when it was proposed."""
    rows, signed = safeguard_rows.versions(tx), safeguard_rows.signatures(tx)
    found = []
    for row in rows:
        before = next((one for one in rows if one.version < row.version and one.in_force_at is not None), None)
        here = [one for one in signed if one.list_id == row.id]
        under = tuple(Signature(one.name, one.at, one.is_approval, one.reason) for one in here)
        about = (row.version, row.status, row.content, row.reason, row.proposer or "")
        times = (row.proposed_at, row.in_force_at, row.ended_at)
        changes = differences(before.content, row.content) if before else ()
        found.append(Version(*about, *times, under, changes, row.proposed_by == actor.account_id))
    return found


def _waiting(tx: Transaction) -> Row[Any]:
    row = safeguard_rows.of_status(tx, "proposed")
    if row is None:
        raise NothingProposed
    return row


def _signed(tx: Transaction, row: Row[Any]) -> list[Row[Any]]:
    return [one for one in safeguard_rows.signatures(tx) if one.list_id == row.id]


def _check_signer(ihala: Ihala, tx: Transaction, actor: Actor, row: Row[Any] | None) -> None:
    """Raises `NotAllowed` for whoever may sign no release, and `OwnList`, `ListSigned`."""
    if not any(actor.holds(role) for role in rules_of(ihala, tx).roles):
        raise NotAllowed(expected=OWNERS)
    if row is not None and row.proposed_by == actor.account_id:
        raise OwnList
    if row is not None and any(one.account_id == actor.account_id for one in _signed(tx, row)):
        raise ListSigned


def _note(ihala: Ihala, tx: Transaction, event: str, actor: Actor, number: int) -> None:
    entry = journal.Entry(event, ihala.clock.now(), actor.account_id, element=str(number))
    journal.append(tx, ihala.vault, "safeguards", entry)


PROPOSER = Text("whoever proposed the list", "من قدّم القائمة")
