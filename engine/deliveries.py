"""Messages and signals between cases: written with the step that throws them, received in a step of their own."""

from __future__ import annotations

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
from engine.step import Step
from engine.text import Text
from engine.waiting import keys_token

if TYPE_CHECKING:
    from engine.application import Ihala


def send_thrown(step: Step, thrown: list[Thrown]) -> None:
    """Put what leaves the instance on its way. A signal whose reach is the case has arrived already."""
    leaving = [one for one in thrown if one.reach == "mechanism"]
    clock_rows.insert_deliveries(step.tx, [_row(step, one) for one in leaving])


def _row(step: Step, thrown: Thrown) -> dict[str, Any]:
    delivery_id = uuid4().hex
    return {
        "id": delivery_id,
        "from_case_id": step.case.id,
        "kind": thrown.kind,
        "name": thrown.name,
        "keys_token": keys_token(step, thrown.keys),
        "sealed": step.ihala.vault.seal(_to_bytes(thrown.payload), "delivery", delivery_id),
        "at": step.now,
        "status": "pending",
    }


def _to_bytes(payload: Mapping[str, object]) -> bytes:
    return orjson.dumps({name: to_json(value) for name, value in payload.items()})


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
    """Hand over a delivery from another case: its row goes in the same transaction, so it arrives exactly once."""

    delivery_id: str = ""
    """Empty for a signal that others still have to receive."""

    def recheck(self, step: Step) -> None:
        if self.delivery_id and not clock_rows.delete_delivery(step.tx, self.delivery_id):
            raise AlreadyHanded


class AlreadyHanded(Refusal):
    sentence = Text("This message has arrived already.", "وصلت هذه الرسالة من قبل.")


def payload_of(ihala: Ihala, row: Any) -> dict[str, object]:
    sealed = ihala.vault.open(row.sealed, "delivery", row.id)
    return {name: from_json(value) for name, value in orjson.loads(sealed).items()}
