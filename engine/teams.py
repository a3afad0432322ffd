"""Who serves a case: giving a role to another organisation, for whoever answers for the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import journal
from engine.access import Actor, NotAllowed
from engine.cases import seen_case
from engine.errors import Refusal
from engine.persistence import team_rows
from engine.releases import mechanism_of
from engine.step import Doer, Step
from engine.steps import take_step
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class NobodyThere(Refusal):
    sentence = Text(
        "Nobody active holds the role '{role}' in that organisation. Its administrator can grant the role.",
        "لا يوجد في تلك الجهة من يشغل الدور '{role}'. يمكن لمدير النظام فيها منح الدور.",
    )


def reassign(ihala: Ihala, actor: Actor, case_id: str, role: str, organisation_id: str, reason: str) -> None:
    """Give a role of the case to another organisation: open tasks move with it, the former one sees it no more.

    Raises `NotFound`, `NotAllowed`, `NobodyThere`.
    """
    with ihala.database.reading() as tx:
        case, sightline = seen_case(ihala, tx, actor, case_id)
        if not sightline.is_whole:
            charter = mechanism_of(ihala, tx, case.release_id).charter
            raise NotAllowed(expected=charter.role(charter.fallback_role).title)
    take_step(ihala, case_id, Reassign(role, organisation_id, reason), Doer.of(actor, *sightline.seats[0]))


def candidates(ihala: Ihala, actor: Actor, case_id: str, role: str) -> list[tuple[str, Text]]:
    """Organisations that could take the role in this case, for whoever may reassign it; others get none."""
    with ihala.database.reading() as tx:
        _, sightline = seen_case(ihala, tx, actor, case_id)
        if not sightline.is_whole:
            return []
        ids = sorted({seat.organisation_id for seat in ihala.staffing.now(tx).seats_of([role])})
        names = team_rows.organisation_names(tx, ids)
    return [(one, Text(*names[one])) for one in ids]


@dataclass(slots=True)
class Reassign:
    """The act of giving a role to another organisation; the instance stands still."""

    role: str
    organisation_id: str
    reason: str
    kind: str = "reassign"
    done_item_id: str | None = None

    @property
    def subject_id(self) -> str:
        return self.role

    def recheck(self, step: Step) -> None:
        there = {seat.organisation_id for seat in step.world.staffing.seats_of([self.role])}
        if self.organisation_id not in there:
            raise NobodyThere(role=step.charter.role(self.role).title)

    def run(self, step: Step) -> None:
        step.world.leave_team(self.role, None, self.reason)
        step.world.join_team(self.role, self.organisation_id, "reassigned")
        step.world.left.append((self.role, None))

    def entry(self, step: Step) -> journal.Entry:
        doer = step.doer
        content = {"role": self.role, "organisation": self.organisation_id, "reason": self.reason}
        return journal.Entry("reassigned", step.now, doer.account_id, doer.organisation_id, doer.role, content=content)

    def to_repeat(self) -> dict[str, Any]:
        return {"role": self.role, "organisation": self.organisation_id}
