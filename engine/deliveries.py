"""Messages and signals between cases and from outside: written once, received in a step of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from engine import journal
from engine.decisions.values import from_json, to_json
from engine.errors import Refusal
from engine.execution import Thrown
from engine.persistence import clock_rows
from engine.releases import current_release
from engine.step import Step
from engine.text import Text
from engine.waiting import keys_token

if TYPE_CHECKING:
    from engine.application import Ihala

PAYLOAD, KEYS = "::payload", "::keys"
"""Parts of a sealed delivery; no variable is called so. One written by an earlier version holds the payload alone."""


def send_thrown(step: Step, thrown: list[Thrown]) -> None:
    """Put what leaves the instance on its way. A signal whose reach is the case has arrived already."""
    leaving = [one for one in thrown if one.reach == "mechanism"]
    clock_rows.insert_deliveries(step.tx, [_row(step, one) for one in leaving])


def receive_message(
    ihala: Ihala, name: str, payload: Mapping[str, object], *, message_id: str, keys: Mapping[str, object] | None = None
) -> bool:
    """Take in a message from outside; False where one of this id came before, which then stands alone.

    It goes to the one case that waits for it by all its keys, or begins the process that starts with it. Until then it
    is kept, up to `Settings.message_days`. Keys that the diagrams read from the payload need not be given.
    """
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        mechanism = current_release(ihala, tx).mechanism
        given = mechanism.adapt(payload)
        found = {**mechanism.keys_of(name, given, now), **mechanism.adapt(keys or {})}
        return clock_rows.insert_delivery_once(tx, written(ihala, _id_of(message_id), "message", name, given, found))


def receive_signal(ihala: Ihala, name: str, payload: Mapping[str, object], *, message_id: str) -> bool:
    """Take in a signal from outside, for all that wait for it now; False where one of this id came before."""
    with ihala.database.writing() as tx:
        given = current_release(ihala, tx).mechanism.adapt(payload)
        return clock_rows.insert_delivery_once(tx, written(ihala, _id_of(message_id), "signal", name, given, {}))


def _id_of(message_id: str) -> str:
    """The sender's id may be of any length, and may say something: only its digest is kept."""
    return hashlib.sha256(message_id.encode()).hexdigest()


def _row(step: Step, thrown: Thrown) -> dict[str, Any]:
    row = written(step.ihala, uuid4().hex, thrown.kind, thrown.name, thrown.payload, thrown.keys)
    return {**row, "from_case_id": step.case.id, "at": step.now}


def written(
    ihala: Ihala, delivery_id: str, kind: str, name: str, payload: Mapping[str, object], keys: Mapping[str, object]
) -> dict[str, Any]:
    """The row of a delivery on its way, its content sealed."""
    content = {PAYLOAD: _to_json(payload), KEYS: _to_json(keys)}
    return {
        "id": delivery_id,
        "from_case_id": "",
        "kind": kind,
        "name": name,
        "keys_token": keys_token(ihala.vault, keys),
        "sealed": ihala.vault.seal(orjson.dumps(content), "delivery", delivery_id),
        "at": ihala.clock.now(),
        "status": "pending",
    }


def _to_json(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: to_json(value) for name, value in values.items()}


@dataclass(slots=True)
class Deliver:
    """A message or signal arrives at one catch of the case."""

    catch_id: str
    name: str
    payload: Mapping[str, object]
    event: str = "message_received"
    element: str = ""
    kind: str = "deliver"
    done_item_id: str | None = None

    @property
    def subject_id(self) -> str:
        return self.catch_id

    def recheck(self, step: Step) -> None:
        return None

    def run(self, step: Step) -> None:
        step.instance.deliver(self.catch_id, self.payload)

    def entry(self, step: Step) -> journal.Entry:
        doer = step.doer
        return journal.Entry(
            self.event,
            step.now,
            doer.account_id,
            doer.organisation_id,
            doer.role,
            self.element or self.name,
            content={},
        )

    def to_repeat(self) -> dict[str, Any]:
        payload = {name: to_json(value) for name, value in self.payload.items()}
        return {"catch": self.catch_id, "name": self.name, "payload": payload, "event": self.event}


@dataclass(slots=True)
class Hand(Deliver):
    """Hand over a delivery: its row is marked in the same transaction, so it arrives exactly once."""

    delivery_id: str = ""
    """Empty for a signal that others still have to receive."""

    def recheck(self, step: Step) -> None:
        if self.delivery_id and not clock_rows.hand_delivery(step.tx, self.delivery_id):
            raise AlreadyHanded


class AlreadyHanded(Refusal):
    sentence = Text("This message has arrived already.", "وصلت هذه الرسالة من قبل.")


def content_of(ihala: Ihala, row: Any) -> tuple[dict[str, object], dict[str, object]]:
    """Payload and keys of a delivery."""
    opened = orjson.loads(ihala.vault.open(row.sealed, "delivery", row.id))
    parts = (opened[PAYLOAD], opened[KEYS]) if PAYLOAD in opened else (opened, {})
    payload, keys = ({name: from_json(value) for name, value in part.items()} for part in parts)
    return payload, keys
