"""What the person agreed to, per purpose: withdrawing it takes tasks, drafts and reading from the receivers at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import journal
from engine.access import Actor, NotAllowed
from engine.announcing import announce_withdrawal
from engine.cases import seen_case
from engine.persistence import item_rows
from engine.step import Doer, Step
from engine.steps import take_step
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

SIGNAL = "consent_withdrawn"
"""The signal raised in the whole case; a diagram may catch it and look at `purpose`."""


def withdraw_consent(ihala: Ihala, actor: Actor, case_id: str, purpose: str, reason: str) -> None:
    """Record that the person withdrew consent for one purpose; every other purpose stands.

    Items of the purpose are held again, their drafts go, and the signal `consent_withdrawn` is raised in the case, all
    in one transaction. Raises `NotFound`, `NotAllowed`.
    """
    with ihala.database.reading() as tx:
        _, sightline = seen_case(ihala, tx, actor, case_id)
    if not sightline.may_act_for_person:
        raise NotAllowed(expected=WHO)
    take_step(ihala, case_id, Withdraw(purpose, reason), Doer.of(actor, *sightline.seats[0]))


WHO = Text("the case coordinator or a first responder", "منسّق الملف أو القائم بالتعرّف الأوّلي")


@dataclass(slots=True)
class Withdraw:
    """The act of withdrawing one consent."""

    purpose: str
    reason: str
    kind: str = "withdraw"
    done_item_id: str | None = None

    @property
    def subject_id(self) -> str:
        return self.purpose

    def recheck(self, step: Step) -> None:
        return None

    def run(self, step: Step) -> None:
        resting = [one for one in item_rows.of_case(step.tx, step.case.id, "open") if one.purpose == self.purpose]
        step.world.consent(self.purpose, "withdrawn", "person", self.reason)
        announce_withdrawal(step, resting)
        step.instance.signal(SIGNAL, {"purpose": self.purpose})

    def entry(self, step: Step) -> journal.Entry:
        doer = step.doer
        content = {"purpose": self.purpose}
        return journal.Entry(
            "consent_withdrawn", step.now, doer.account_id, doer.organisation_id, doer.role, content=content
        )

    def to_repeat(self) -> dict[str, Any]:
        return {"purpose": self.purpose, "reason": self.reason}
