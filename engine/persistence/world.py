"""The port of the operations over the database: one case, inside the transaction of its step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.engine import Connection

from engine.charter import Charter
from engine.operations import IN_THE_DIRECTORY, OperationFailed, Values
from engine.persistence import item_rows, notice_rows, place_rows, record_rows, team_rows
from engine.persistence.staffing import Staffing
from engine.routing import candidates
from engine.vault import CaseKey

AGREED = frozenset({"given", "overridden"})
"""States of a consent under which its items may be worked on."""


@dataclass(slots=True)
class Standing:
    """Who serves the case now, in the order they joined, and what the person agreed to; changed by its steps alone."""

    team: list[tuple[str, str]]
    """(role, organisation)."""
    agreed: frozenset[str]
    """Purposes whose items may be worked on."""


@dataclass(slots=True)
class CaseWorld:
    """What operations ask and change. What ends the case itself is only noted: the step writes it with the state."""

    tx: Connection
    case_id: str
    governorate: str
    moment: datetime
    today: date
    key: CaseKey
    charter: Charter
    evaluate: Callable[[str, Values], object]
    actor_id: str
    staffing: Staffing
    standing: Standing | None = None
    """As it was after the last step, where that is known; read when it is first asked for."""
    is_forgotten: bool = False
    closing: dict[str, Any] | None = None
    figures: dict[str, object] = field(default_factory=dict)
    left: list[tuple[str, str | None]] = field(default_factory=list)
    """(role, organisation or everybody) whose place in the team changed in this step: their open items move on."""
    consented: dict[str, str] = field(default_factory=dict)
    released: list[str] = field(default_factory=list)
    """Items that a consent of this step let go: their clocks begin now."""
    withheld: list[str] = field(default_factory=list)
    """Items that a refusal of this step took back: their reminders stand still."""

    def now(self) -> datetime:
        return self.moment

    def decide(self, decision: str, inputs: Values) -> object:
        return self.evaluate(decision, inputs)

    def shelters(self) -> Sequence[Mapping[str, object]]:
        return place_rows.open_shelters(self.tx, self.moment)

    def reserve_bed(self, shelter: str, until: datetime) -> str | None:
        return place_rows.reserve(self.tx, shelter, self.case_id, until, self.moment)

    def occupy_bed(self, shelter: str) -> str | None:
        return place_rows.occupy(self.tx, shelter, self.case_id, self.moment)

    def release_bed(self, shelter: str | None) -> int:
        return place_rows.release(self.tx, self.case_id, shelter, self.moment)

    def providers(self, service: str) -> Sequence[Mapping[str, object]]:
        return place_rows.providers(self.tx, service, self.today)

    def team(self) -> Mapping[str, str]:
        """Role to organisation; where several serve in one role, the one that joined last."""
        return dict(self.stands().team)

    def stands(self) -> Standing:
        if self.standing is None:
            team = [(row.role, row.organisation_id) for row in team_rows.team(self.tx, self.case_id)]
            consents = team_rows.consents(self.tx, self.case_id)
            self.standing = Standing(team, frozenset(row.purpose for row in consents if row.state in AGREED))
        return self.standing

    def join_team(self, role: str, organisation: str, reason: str) -> None:
        if team_rows.organisation_row(self.tx, organisation) is None:
            raise OperationFailed("unknown_organisation", reason, organisation, IN_THE_DIRECTORY)
        team_rows.join(self.tx, self.case_id, role, organisation, reason, self.moment)
        if self.standing is not None:
            others = [one for one in self.standing.team if one != (role, organisation)]
            self.standing.team = [*others, (role, organisation)]

    def leave_team(self, role: str, organisation: str | None, reason: str) -> int:
        left = team_rows.leave(self.tx, self.case_id, role, organisation, self.moment)
        gone = [(role, one) for one in left]
        self.left += gone
        if self.standing is not None:
            self.standing.team = [one for one in self.standing.team if one not in gone]
        return len(left)

    def end_team(self) -> None:
        """Nobody serves a case that is over: only those answerable for the whole of it may still open it."""
        team_rows.leave_at_end(self.tx, self.case_id, self.charter.answerable(), self.moment)
        self.standing = None

    def candidates(self, role: str) -> Sequence[str]:
        return candidates(role, self.staffing.seats_of([role]), self.charter.role(role).held_by, self.governorate)

    def consent(self, purpose: str, state: str, by: str, reason: str) -> None:
        consent_id = uuid4().hex
        sealed = self.key.seal(reason.encode(), "consent", consent_id) if reason else None
        values = {"purpose": purpose, "state": state, "by": by, "recorded_by": self.actor_id, "sealed_reason": sealed}
        team_rows.record_consent(self.tx, {"id": consent_id, "case_id": self.case_id, "at": self.moment, **values})
        changed = item_rows.by_consent(self.tx, self.case_id, purpose, state in AGREED)
        if state in AGREED:
            self.released += changed
        else:
            self.withheld += changed
            record_rows.delete_drafts(self.tx, changed)
            team_rows.leave_with_purpose(self.tx, self.case_id, purpose, self.charter.answerable(), self.moment)
        self.consented[purpose] = state
        self.standing = None

    def tell(self, role: str, notice: str, element: str) -> int:
        there = self.team().get(role)
        if there is None and self.charter.may_be_told(role):
            there = next(iter(self.candidates(role)), None)
        if there is None:
            return 0
        people = self.staffing.people_in(there, role)
        return notice_rows.tell(self.tx, people, notice, self.moment, self.case_id, element)

    def forget_person(self) -> None:
        self.release_bed(None)
        self.is_forgotten = True

    def keep_figures(self, figures: Values) -> None:
        self.figures.update(figures)

    def possible_matches(self) -> int:
        return record_rows.others_alike(self.tx, self.case_id)

    def close_case(self, reason: str, archive_on: date | None, anonymise_on: date | None) -> None:
        self.closing = {"closing_reason": reason, "archive_on": archive_on, "anonymise_on": anonymise_on}
