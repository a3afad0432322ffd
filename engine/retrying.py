"""Doing again what an incident had stopped, by an operator's hand, as the person who did it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from engine import incidents
from engine.access import Actor, Membership, NotFound
from engine.completing import Complete
from engine.consents import Withdraw
from engine.correcting import Correct
from engine.decisions.values import from_json
from engine.deliveries import Deliver
from engine.errors import Refusal
from engine.persistence import notice_rows
from engine.record import unpack
from engine.step import Act, Doer
from engine.steps import key_of, take_step
from engine.teams import Reassign
from engine.text import Text
from engine.timers import Fire
from engine.value_changes import ChangeValue

if TYPE_CHECKING:
    from engine.application import Ihala


class CannotRetry(Refusal):
    sentence = Text(
        "This incident cannot be tried again from here: what it needs is gone. Its reason says who can mend it.",
        "لا يمكن إعادة محاولة هذا العطل من هنا: لم يعد ما يلزمه متاحًا. يوضّح سببه من يمكنه معالجته.",
    )


def retry(ihala: Ihala, actor: Actor, incident_id: str) -> None:
    """Do the step again. Where it succeeds the incident is resolved; where not, it counts one more attempt.

    Raises `NotAllowed`, `NotFound`, `CannotRetry`, or what the step itself refuses (`StepUndone`, `StaleItem`...).
    """
    incidents.check_operator(actor)
    again = act_again(ihala, incident_id)
    take_step(ihala, again.case_id, again.act, again.doer)


@dataclass(frozen=True, slots=True)
class Again:
    """The act that an incident had stopped, who did it, and where: element, and the place of a failed operation."""

    case_id: str
    act: Act
    doer: Doer
    element: str
    place: str


def act_again(ihala: Ihala, incident_id: str) -> Again:
    """Raises `NotFound`, `CannotRetry`."""
    with ihala.database.reading() as tx:
        row = notice_rows.read_incident(tx, incident_id)
        if row is None or row.resolved_at is not None:
            raise NotFound
        key = key_of(ihala, tx, row.case_id) if row.case_id else None
    if key is None or row.sealed is None:
        raise CannotRetry
    kept = orjson.loads(key.open(row.sealed, "incident", row.id))
    doer = Doer(*kept["doer"])
    act = _act(row.act, row.subject_id, kept, doer)
    return Again(row.case_id, act, doer, row.element, str(kept.get("place", "")))


def dismiss(ihala: Ihala, actor: Actor, incident_id: str) -> None:
    """Mark an incident as dealt with by other means; what it had kept is dropped."""
    incidents.check_operator(actor)
    with ihala.database.writing() as tx:
        row = notice_rows.read_incident(tx, incident_id)
        if row is None:
            raise NotFound
        ended = {"resolved_at": ihala.clock.now(), "resolved_by": actor.account_id, "sealed": None}
        notice_rows.change_incident(tx, incident_id, ended)


def _act(kind: str, subject_id: str, kept: dict[str, Any], doer: Doer) -> Act:
    if kind == "complete":
        seat = Membership(doer.organisation_id, Text(""), doer.role, Text(""))
        first = Actor(doer.account_id, "", "en", (seat,))
        return Complete(kept["item"], unpack(orjson.dumps(kept["answers"])), first)
    if kind == "correct":
        return Correct(subject_id, unpack(orjson.dumps(kept["answers"])), kept["reason"])
    if kind == "fire":
        return Fire(subject_id, again=True)
    if kind == "deliver":
        payload = {name: from_json(value) for name, value in kept["payload"].items()}
        return Deliver(kept["catch"], kept["name"], payload, kept["event"])
    if kind == "withdraw":
        return Withdraw(kept["purpose"], kept["reason"])
    if kind == "change":
        return ChangeValue(subject_id)
    if kind == "reassign":
        return Reassign(kept["role"], kept["organisation"], "")
    raise CannotRetry
