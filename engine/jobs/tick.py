"""One round of the worker: due clocks, messages between cases, searches, e-mails, overdue notices, upkeep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine import incidents
from engine.beginnings import BEGINNING, begin_case, beginning_of, beginnings_of, beginnings_with
from engine.deliveries import AlreadyHanded, Hand, content_of
from engine.errors import Refusal
from engine.execution import StepFailed
from engine.jobs.mail import send_waiting
from engine.journal import JournalMoved
from engine.matching import answer_searches
from engine.notices import tell_overdue
from engine.operations import OperationFailed
from engine.persistence import Row, clock_rows, upkeep_rows
from engine.releases import current_release
from engine.start_clocks import begin_due
from engine.step import Doer
from engine.steps import CaseIsOver, StaleStep, StepUndone, take_step
from engine.studio.desk.runs import go_on
from engine.text import Text
from engine.timers import fire_due

if TYPE_CHECKING:
    from engine.application import Ihala

ATTEMPTS_KEPT = timedelta(days=1)
"""Sign-in attempts count for minutes; kept a day for whoever looks into an attack."""


@dataclass(frozen=True, slots=True)
class Round:
    """How much one round did."""

    fired: int
    delivered: int
    sent: int
    overdue: int
    scrubbed: int
    moved: int

    @property
    def did_anything(self) -> bool:
        return any((self.fired, self.delivered, self.sent, self.overdue, self.scrubbed, self.moved))


def tick(ihala: Ihala, send: Callable[[Ihala], int] = send_waiting) -> Round:
    """Do all that is due now; safe in several processes at once. `send`: how what waits in the outbox leaves."""
    fired = fire_due(ihala) + begin_due(ihala)
    answer_searches(ihala)
    delivered, sent, overdue = deliver_waiting(ihala), send(ihala), tell_overdue(ihala)
    done = Round(fired, delivered, sent, overdue, scrub_destroyed(ihala), go_on(ihala))
    clear_up(ihala)
    end_old_messages(ihala)
    return done


def deliver_waiting(ihala: Ihala, limit: int = 200) -> int:
    """Hand each message on its way to the one case that waits for it; a signal to all that do."""
    with ihala.database.reading() as tx:
        waiting = clock_rows.pending_deliveries(tx, limit)
    return sum(_deliver(ihala, delivery_id) for delivery_id in waiting)


def _deliver(ihala: Ihala, delivery_id: str) -> int:
    with ihala.database.reading() as tx:
        row = clock_rows.read_delivery(tx, delivery_id)
        if row is None or row.status != "pending":
            return 0
        keys = row.keys_token if row.kind == "message" else None
        receivers = clock_rows.receivers(tx, row.kind, row.name, keys)
    if row.kind == "signal":
        return _broadcast(ihala, row, receivers)
    if row.kind == BEGINNING:
        return _begin(ihala, row)
    return _hand(ihala, row, receivers) if receivers else _begin(ihala, row)


def _hand(ihala: Ihala, row: Row[Any], receivers: Sequence[Row[Any]]) -> int:
    """To the one case that waits for it: where several do, nobody is chosen."""
    if len(receivers) > 1:
        _refuse(ihala, row)
        return 0
    try:
        take_step(ihala, receivers[0].case_id, _handing(ihala, row, receivers[0], row.id), Doer())
    except (AlreadyHanded, StaleStep, CaseIsOver):
        return 0  # another worker handed it over, or the case went another way
    except StepUndone:
        _set_aside(ihala, row)
    return 1


def _broadcast(ihala: Ihala, row: Row[Any], receivers: Sequence[Row[Any]]) -> int:
    """To all that wait for it now, and to every process that begins with it; nobody's signal is kept."""
    for one in receivers:
        try:
            take_step(ihala, one.case_id, _handing(ihala, row, one), Doer())
        except (StaleStep, CaseIsOver, StepUndone):
            continue  # the case went another way, or an incident says why
    with ihala.database.writing() as tx:
        beginning = beginnings_with(current_release(ihala, tx), "signal", row.name)
        if clock_rows.hand_delivery(tx, row.id):
            clock_rows.insert_deliveries(tx, [beginning_of(ihala, row, process_id) for process_id, _ in beginning])
    return 1 if receivers or beginning else 0


def _handing(ihala: Ihala, row: Row[Any], receiver: Row[Any], delivery_id: str = "") -> Hand:
    payload, _ = content_of(ihala, row)
    return Hand(receiver.id, row.name, payload, element=receiver.element, delivery_id=delivery_id)


def _begin(ihala: Ihala, row: Row[Any]) -> int:
    """Nobody waits for it: it begins the one process that starts with it, else it is kept and tried again."""
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    found = beginnings_of(release, row)
    if not found:
        return 0
    if len(found) > 1:
        _refuse(ihala, row)
        return 0
    try:
        begin_case(ihala, release, *found[0], row)
    except (AlreadyHanded, JournalMoved):
        return 0  # another worker was quicker, or it is tried again
    except (StepFailed, OperationFailed, Refusal) as failure:  # one message must not keep the worker from all others
        _refuse(ihala, row, incidents.reason_of(failure))
        return 0
    return 1


def end_old_messages(ihala: Ihala) -> int:
    """Messages that nobody has waited for in all the time they are kept become incidents; how many."""
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        ended = clock_rows.end_old_deliveries(tx, now - timedelta(days=ihala.settings.message_days))
        for row in ended:
            words = incidents.EXPIRED.format(name=row.name, days=ihala.settings.message_days)
            incidents.write_about_message(tx, row, words, now)
    return len(ended)


def _refuse(ihala: Ihala, row: Row[Any], reason: Text | None = None) -> None:
    """It can be handed to nobody: said to operators, kept as it is."""
    with ihala.database.writing() as tx:
        if clock_rows.set_delivery_aside(tx, row.id):
            words = reason or incidents.SEVERAL.format(name=row.name)
            incidents.write_about_message(tx, row, words, ihala.clock.now())


def _set_aside(ihala: Ihala, row: Row[Any]) -> None:
    """The case could not take it; the incident of that step holds what is needed to try again."""
    with ihala.database.writing() as tx:
        clock_rows.set_delivery_aside(tx, row.id)


def clear_up(ihala: Ihala) -> None:
    """Drop sessions and notices that mean nothing any more."""
    now = ihala.clock.now()
    idle_since = now - timedelta(minutes=ihala.settings.session_minutes)
    with ihala.database.writing() as tx:
        upkeep_rows.drop_old_sessions(tx, now, idle_since, now - ATTEMPTS_KEPT)
        upkeep_rows.drop_outdated_notices(tx)


def scrub_destroyed(ihala: Ihala) -> int:
    """Let the database forget the pages of destroyed cases; how many cases."""
    with ihala.database.reading() as tx:
        ids = upkeep_rows.unscrubbed(tx)
    if not ids:
        return 0
    upkeep_rows.scrub(ihala.database)
    with ihala.database.writing() as tx:
        upkeep_rows.mark_scrubbed(tx, ids, ihala.clock.now())
    return len(ids)
