"""From a draft to the release in force: proposed by one person, signed by others, published in one transaction.

How many have to sign, and in which roles, says `[publishing]` in the `mechanism.toml` of the release in force, so that
no draft can lower it for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import execution
from engine.access import Actor, NotAllowed
from engine.errors import Refusal
from engine.persistence import (
    Row,
    Transaction,
    account_rows,
    author_rows,
    draft_rows,
    move_rows,
    notice_rows,
    release_rows,
)
from engine.releases import current_release, digest_of
from engine.studio import drafts, safeguards
from engine.studio.coverage import ProcessCoverage, left_out
from engine.studio.people import OWNERS, Rules, may_not_sign, rules_of
from engine.studio.readiness import missing
from engine.studio.safeguards import SafeguardBroken, SafeguardsChanged
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.execution import Mechanism


class NotReady(Refusal):
    """The draft cannot be proposed yet; `reason` says what is missing."""

    sentence = Text("The draft cannot be proposed yet: {reason}", "لا يمكن تقديم المسودة للاعتماد بعد: {reason}")


class NoteMissing(Refusal):
    sentence = Text("Say what changes, and why.", "يُرجى ذكر ما يتغيّر وسببه.")


class NotProposed(Refusal):
    sentence = Text(
        "Release {number} does not wait for a decision (any more).", "لم يعد الإصدار {number} في انتظار قرار."
    )


class OwnProposal(Refusal):
    sentence = Text(
        "Whoever made, changed or proposed a draft cannot sign it. Another person decides.",
        "لا يجوز لمن أعدّ المسودة أو غيّرها أو قدّمها أن يعتمدها. يقرّر ذلك شخص آخر.",
    )


class SignedAlready(Refusal):
    sentence = Text("You have signed this release already.", "سبق لكم اعتماد هذا الإصدار.")


class WaiverNeeded(Refusal):
    sentence = Text(
        "Stories leave out arrows or clocks of what was changed: {count}. To sign nevertheless, tick that you waive "
        "them and give your reason; or send the draft back, so that stories are added.",
        "تركت القصص أسهمًا أو مواعيد مما تغيّر: {count}. للاعتماد مع ذلك، يُرجى التأشير على التجاوز عنها وذكر السبب؛ "
        "أو إعادة المسودة لإضافة قصص إليها.",
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """Who said what of a proposed release; `waiver`: why it may do without stories of what none takes."""

    name: str
    at: datetime
    is_approval: bool
    reason: str
    waiver: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How far the decision on a release is; `may_sign`: the actor is one of those who decide, and has not yet.

    `uncovered`: how many arrows and clocks of what was changed no story takes, once all were played; `left_out`: where.
    """

    signatures: tuple[Signature, ...]
    needed: int
    roles: tuple[Text, ...]
    may_sign: bool
    uncovered: int
    left_out: tuple[ProcessCoverage, ...]
    waiver_request: str


def propose(ihala: Ihala, actor: Actor, draft_id: str, note: str, waiver: str = "") -> None:
    """Put one's own draft before those who decide.

    `waiver` asks them to sign although stories leave out arrows or clocks of what was changed, and says why.
    Raises `NotFound`, `NotADraft`, `NoteMissing`, `NotReady`.
    """
    if not note.strip():
        raise NoteMissing
    with ihala.database.reading() as tx:
        drafts.own_draft(ihala, tx, actor, draft_id)
        files, _ = release_rows.files(tx, draft_id)
        in_force = current_release(ihala, tx)
        digest = digest_of(files)
        played = {row.path: row for row in draft_rows.stories(tx, draft_id, digest)}
        is_same = digest_of(release_rows.files(tx, in_force.id)[0]) == digest
        was_in_force = any(row.published_at for row in release_rows.all_by_digest(tx, digest))
        uncovered = sum(one.uncovered for one in left_out(tx, draft_id, in_force.id))
    broken = len(execution.breaks_of(safeguards.proven(ihala, files)))
    if reason := missing(files, played, broken=broken, is_same=is_same, was_in_force=was_in_force):
        raise NotReady(reason=reason)
    if uncovered and not waiver.strip():
        raise NotReady(reason=_UNCOVERED.format(count=uncovered))
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        draft = drafts.own_draft(ihala, tx, actor, draft_id)
        if digest_of(release_rows.files(tx, draft_id)[0]) != digest:
            raise NotReady(reason=_CHANGED)
        draft_rows.clear_signatures(tx, draft_id)
        said = {"note": note.strip(), "digest": digest, "proposed_by": actor.account_id, "proposed_at": now}
        said |= {"uncovered": uncovered, "waiver_request": waiver.strip() if uncovered else ""}
        draft_rows.change(tx, draft_id, "draft", {**said, "status": "proposed"})
        drafts.note(ihala, tx, "release_proposed", actor, draft.number)
        if uncovered:
            drafts.note(ihala, tx, "coverage_waiver_asked", actor, draft.number)
        signers = account_rows.holders_of(tx, rules_of(ihala, tx).roles)
        away = may_not_sign(tx, draft) | {actor.account_id}
        notice_rows.tell(tx, [one for one in signers if one.id not in away], "release_proposed", now)


def withdraw(ihala: Ihala, actor: Actor, release_id: str) -> None:
    """Make a proposal a draft again, by one who works on it. Raises `NotFound`, `NotProposed`, `NotAllowed`."""
    with ihala.database.writing() as tx:
        row = _proposed(ihala, tx, actor, release_id)
        works = author_rows.is_author(tx, release_id, actor.account_id)
        if row.created_by not in (None, actor.account_id) and not works:
            raise NotAllowed(expected=OWNERS)
        _back_to_draft(ihala, tx, row, actor, "proposal_withdrawn")


def decide(ihala: Ihala, actor: Actor, release_id: str, *, approves: bool, reason: str = "", waiver: str = "") -> bool:
    """Sign a proposal, or send it back with a reason; whether it is in force now.

    `waiver` says why one signs although stories leave something out: where they do, all who sign must say it.
    Raises `NotAllowed`, `NotFound`, `NotProposed`, `OwnProposal`, `SignedAlready`, `NoteMissing`, `WaiverNeeded`,
    `CannotRun`, `SafeguardBroken`.
    """
    if not approves and not reason.strip():
        raise NoteMissing
    with ihala.database.reading() as tx:
        row, rules = _proposed(ihala, tx, actor, release_id), rules_of(ihala, tx)
        files, _ = release_rows.files(tx, release_id)
        kept = safeguards.in_force(tx)
    mechanism = execution.load(files) if approves else None  # outside of the transaction: it takes a while
    if approves and execution.breaks_of(safeguards.proven_by(files, kept)):
        raise SafeguardBroken
    with ihala.database.writing() as tx:
        row = _proposed(ihala, tx, actor, release_id)
        if safeguards.in_force(tx) != kept:
            raise SafeguardsChanged
        signed = draft_rows.signatures(tx, release_id)
        _check_signer(tx, actor, row, signed, rules)
        _sign(ihala, tx, actor, row, approves, reason.strip(), waiver.strip())
        if mechanism is None:
            draft_rows.change(tx, release_id, "proposed", {"status": "draft"})
            return False
        if sum(one.is_approval for one in signed) + 1 < rules.needed:
            return False
        _publish(ihala, tx, actor, row, mechanism)
    return True


def _sign(ihala: Ihala, tx: Transaction, actor: Actor, row: Row[Any], approves: bool, reason: str, waiver: str) -> None:
    """Keep what the signer says, and tell who proposed it."""
    now, waives = ihala.clock.now(), approves and row.uncovered > 0
    if waives and not waiver:
        raise WaiverNeeded(count=row.uncovered)
    about = {"release_id": row.id, "account_id": actor.account_id, "at": now, "is_approval": approves}
    draft_rows.sign(tx, {**about, "reason": reason, "waiver": waiver if waives else ""})
    if waives:
        drafts.note(ihala, tx, "coverage_waived", actor, row.number)
    drafts.note(ihala, tx, "release_signed" if approves else "release_refused", actor, row.number)
    proposer = account_rows.account_by_id(tx, row.proposed_by)
    notice_rows.tell(tx, [proposer] if proposer else [], "release_decided", now)


def _publish(ihala: Ihala, tx: Transaction, actor: Actor, row: Row[Any], mechanism: Mechanism) -> None:
    """Bring the release into force in place of the one before; cases that execute the same go on with it."""
    now = ihala.clock.now()
    draft_rows.retire_others(tx, row.id, now)
    said = {"status": "published", "published_at": now, "approved_by": actor.account_id}
    draft_rows.change(tx, row.id, "proposed", {**said, "normaliser": execution.NORMALISER_VERSION})
    digests = {process.id: process.digest for process in mechanism.processes.values()}
    draft_rows.set_executed(tx, row.id, mechanism.executed, digests)
    _repoint(tx, row.id)
    drafts.note(ihala, tx, "release_published", actor, row.number)


def _repoint(tx: Transaction, release_id: str) -> None:
    """Cases whose process executes the same as before simply go on: a mended word strands nobody."""
    for before_id in move_rows.releases_in_use(tx, besides=release_id):
        move_rows.repoint(tx, before_id, release_id, move_rows.unchanged_processes(tx, before_id, release_id))


def roll_back(ihala: Ihala, actor: Actor, release_id: str, reason: str) -> str:
    """Propose an earlier release once more; the id of the proposal. Raises as `drafts.start` and `propose` do."""
    with ihala.database.reading() as tx:
        number = drafts.seen(ihala, tx, actor, release_id).number
    title = _BACK.format(number=number).in_(actor.language)
    draft_id = drafts.start(ihala, actor, release_id, title)
    propose(ihala, actor, draft_id, reason)
    return draft_id


def decision(ihala: Ihala, actor: Actor, release_id: str) -> Decision:
    """Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        row, rules = drafts.seen(ihala, tx, actor, release_id), rules_of(ihala, tx)
        signed = draft_rows.signatures(tx, release_id)
        in_force = current_release(ihala, tx)
        missing = left_out(tx, release_id, in_force.id) if row.status in ("draft", "proposed") else []
        uncovered = sum(one.uncovered for one in missing) if row.status == "draft" else row.uncovered
        try:
            _check_signer(tx, actor, row, signed, rules)
            may_sign = row.status == "proposed"
        except Refusal:
            may_sign = False
    shown = tuple(Signature(one.name, one.at, one.is_approval, one.reason, one.waiver) for one in signed)
    roles = tuple(in_force.charter.role(role).title for role in rules.roles)
    return Decision(shown, rules.needed, roles, may_sign, uncovered, tuple(missing), row.waiver_request)


def _proposed(ihala: Ihala, tx: Transaction, actor: Actor, release_id: str) -> Row[Any]:
    row = drafts.seen(ihala, tx, actor, release_id)
    if row.status != "proposed":
        raise NotProposed(number=row.number)
    return row


def _check_signer(tx: Transaction, actor: Actor, row: Row[Any], signed: Any, rules: Rules) -> None:
    if actor.account_id in may_not_sign(tx, row):
        raise OwnProposal
    if not any(actor.holds(role) for role in rules.roles):
        raise NotAllowed(expected=OWNERS)
    if any(one.account_id == actor.account_id for one in signed):
        raise SignedAlready


def _back_to_draft(ihala: Ihala, tx: Transaction, row: Row[Any], actor: Actor, event: str) -> None:
    draft_rows.change(tx, row.id, "proposed", {"status": "draft", "digest": ""})
    draft_rows.clear_signatures(tx, row.id)
    drafts.note(ihala, tx, event, actor, row.number)


_CHANGED = Text(
    "a file was changed at this moment. Please try again.", "تغيّر أحد الملفات في هذه اللحظة. يُرجى المحاولة من جديد."
)
_UNCOVERED = Text(
    "stories leave out arrows or clocks of what was changed: {count}. Add stories that take them, or ask those who "
    "decide to waive it, and say why.",
    "تركت القصص أسهمًا أو مواعيد مما تغيّر: {count}. يُرجى إضافة قصص تمر بها، أو طلب التجاوز عنها ممن يقرّرون مع ذكر "
    "السبب.",
)
_BACK = Text("Back to release {number}", "العودة إلى الإصدار {number}")
