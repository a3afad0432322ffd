"""One round of the worker: due clocks, messages between cases, searches, e-mails, overdue notices, upkeep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.deliveries import AlreadyHanded, Hand, payload_of
from engine.jobs.mail import send_waiting
from engine.matching import answer_searches
from engine.notices import tell_overdue
from engine.persistence import clock_rows, upkeep_rows
from engine.step import Doer
from engine.steps import CaseIsOver, StaleStep, StepUndone, take_step
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

    @property
    def did_anything(self) -> bool:
        return any((self.fired, self.delivered, self.sent, self.overdue, self.scrubbed))


def tick(ihala: Ihala, send: Callable[[Ihala], int] = send_waiting) -> Round:
    """Do all that is due now; safe in several processes at once. `send`: how what waits in the outbox leaves."""
    fired = fire_due(ihala)
    answer_searches(ihala)
    done = Round(fired, deliver_waiting(ihala), send(ihala), tell_overdue(ihala), scrub_destroyed(ihala))
    drop_old_sessions(ihala)
    return done


def deliver_waiting(ihala: Ihala, limit: int = 200) -> int:
    """Hand each message on its way to the one case that waits for it; a signal to all that do."""
    with ihala.database.reading() as tx:
        waiting = clock_rows.pending_deliveries(tx, limit)
    return sum(_deliver(ihala, delivery_id) for delivery_id in waiting)


def _deliver(ihala: Ihala, delivery_id: str) -> int:
    with ihala.database.reading() as tx:
        row = clock_rows.read_delivery(tx, delivery_id)
        if row is None:
            return 0
        is_message = row.kind == "message"
        receivers = clock_rows.receivers(tx, row.kind, row.name, row.keys_token if is_message else None)
    if not receivers:
        return 0  # nobody waits yet: it stays and is tried again
    if is_message and len(receivers) > 1:
        _refuse(ihala, delivery_id)
        return 0
    payload = payload_of(ihala, row)
    for one in receivers:
        last = one is receivers[-1]
        act = Hand(one.id, row.name, payload, element=one.element, delivery_id=delivery_id if last else "")
        try:
            take_step(ihala, one.case_id, act, Doer())
        except (AlreadyHanded, StaleStep, CaseIsOver):
            continue  # another worker handed it over, or the case went another way
        except StepUndone:
            _refuse(ihala, delivery_id)
    return 1


def _refuse(ihala: Ihala, delivery_id: str) -> None:
    with ihala.database.writing() as tx:
        clock_rows.set_delivery_status(tx, delivery_id, "stuck")


def drop_old_sessions(ihala: Ihala) -> int:
    now = ihala.clock.now()
    idle_since = now - timedelta(minutes=ihala.settings.session_minutes)
    with ihala.database.writing() as tx:
        return upkeep_rows.drop_old_sessions(tx, now, idle_since, now - ATTEMPTS_KEPT)


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
