"""Changing a variable of a case by hand: one operator proposes a new value with a reason, another one approves it.

Operators are not in the case's team: they see the names of its variables, which the diagrams give, the new value and
the reason, and never a present value. Both acts stand in the case's journal; whoever answers for the case is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from engine import incidents, journal
from engine.access import Actor, NotFound
from engine.announcing import announce_value_change
from engine.decisions.values import to_json
from engine.declared_values import declared_value, given_reason
from engine.errors import Refusal
from engine.execution import RunningScope
from engine.persistence import Row, Transaction, case_rows, notice_rows, value_change_rows
from engine.releases import Release, mechanism_of
from engine.step import Doer, Step
from engine.steps import CaseIsOver, key_of, restore, take_step
from engine.text import Text
from engine.vault import CaseKey

if TYPE_CHECKING:
    from engine.application import Ihala


class NameUnknown(Refusal):
    sentence = Text(
        "'{name}' is no variable of '{process}'. Choose one of: {known}.",
        "'{name}' ليس متغيرًا في '{process}'. اختر واحدًا من: {known}.",
    )


class SecondPersonNeeded(Refusal):
    sentence = Text(
        "Whoever proposed a change cannot approve it. Another operator decides.",
        "لا يجوز لمن اقترح التغيير أن يعتمده. يقرّر ذلك مشغّل آخر.",
    )


@dataclass(frozen=True, slots=True)
class ChangeableScope:
    """A running process or sub-process of the case, and the names of its variables."""

    key: str
    process: Text
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A change that waits for a second operator."""

    id: str
    case_number: int
    process: Text
    name: str
    value: str
    """As it was written, in FEEL."""
    reason: str
    proposer: str
    at: datetime
    is_own: bool


def changeable(ihala: Ihala, actor: Actor, incident_id: str) -> list[ChangeableScope]:
    """Where the case of an incident has variables. Raises `NotAllowed`, `NotFound`, `CaseIsOver`."""
    incidents.check_operator(actor)
    with ihala.database.reading() as tx:
        case, key = _case_of(ihala, tx, incident_id)
        return [_shown(mechanism_of(ihala, tx, case.release_id), one) for one in _scopes(ihala, tx, case, key)]


def propose(ihala: Ihala, actor: Actor, incident_id: str, scope: str, name: str, value: str, reason: str) -> str:
    """Propose that the variable gets a value (FEEL); the id of the proposal, which waits for another operator.

    `name` may be a path into a variable (`screening.urgent`). Raises as `changeable` does, `NameUnknown`,
    `ValueUnreadable`, `ReasonMissing`.
    """
    incidents.check_operator(actor)
    name, change_id, now = name.strip(), uuid4().hex, ihala.clock.now()
    kept = {"scope": scope, "name": name, "value": value.strip() or "null", "reason": given_reason(reason)}
    declared_value(name, value)
    with ihala.database.writing() as tx:
        case, key = _case_of(ihala, tx, incident_id)
        release = mechanism_of(ihala, tx, case.release_id)
        running = next((one for one in _scopes(ihala, tx, case, key) if one.key == scope), None)
        if running is None:
            raise NotFound
        _check_name(release, running, name)
        kept["process"] = running.process_id
        sealed = key.seal(orjson.dumps(kept), "value_change", change_id)
        row = {"id": change_id, "case_id": case.id, "sealed": sealed, "proposed_by": actor.account_id, "at": now}
        value_change_rows.insert(tx, row)
        said = journal.Entry("value_change_proposed", now, actor.account_id, content={**kept, "change": change_id})
        journal.append(tx, ihala.vault, journal.of_case(case.id), said, key)
    return change_id


def proposed(ihala: Ihala, actor: Actor, limit: int = 200) -> list[ProposedChange]:
    """The changes that wait for a decision, oldest first. Raises `NotAllowed`."""
    incidents.check_operator(actor)
    with ihala.database.reading() as tx:
        rows = value_change_rows.open_changes(tx, limit)
        return [_proposal(mechanism_of(ihala, tx, row.release_id), row, _kept(ihala, tx, row), actor) for row in rows]


def approve(ihala: Ihala, actor: Actor, change_id: str) -> None:
    """Make the change; the case goes on where it lets it. Raises `NotAllowed`, `NotFound`, `SecondPersonNeeded`,
    `StaleStep` where that part of the case has ended, or `StepUndone`.
    """
    incidents.check_operator(actor)
    with ihala.database.reading() as tx:
        row = _open(tx, change_id)
    take_step(ihala, row.case_id, ChangeValue(change_id), Doer(actor.account_id))


def decline(ihala: Ihala, actor: Actor, change_id: str) -> None:
    """Let the proposal go; whoever made it may take it back. Raises `NotAllowed`, `NotFound`."""
    incidents.check_operator(actor)
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        row = _open(tx, change_id)
        if not value_change_rows.decide(tx, change_id, now, actor.account_id, approved=False):
            raise NotFound
        said = journal.Entry("value_change_declined", now, actor.account_id, content={"change": change_id})
        journal.append(tx, ihala.vault, journal.of_case(row.case_id), said, key_of(ihala, tx, row.case_id))


@dataclass(slots=True)
class ChangeValue:
    """The act of making a proposed change."""

    change_id: str
    kind: str = "change"
    done_item_id: str | None = None
    kept: dict[str, str] = field(init=False)
    proposed_by: str = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.change_id

    def recheck(self, step: Step) -> None:
        row = _open(step.tx, self.change_id)
        if row.proposed_by == step.doer.account_id:
            raise SecondPersonNeeded
        self.proposed_by = row.proposed_by
        self.kept = orjson.loads(step.key.open(row.sealed, "value_change", row.id))

    def run(self, step: Step) -> None:
        kept = self.kept
        step.instance.edit(kept["scope"], {kept["name"]: declared_value(kept["name"], kept["value"])})

    def entry(self, step: Step) -> journal.Entry:
        value_change_rows.decide(step.tx, self.change_id, step.now, step.doer.account_id, approved=True)
        announce_value_change(step)
        content = {**self.kept, "change": self.change_id, "proposed_by": self.proposed_by}
        return journal.Entry("value_changed", step.now, step.doer.account_id, content=to_json(content))

    def to_repeat(self) -> dict[str, Any]:
        return {}


def _case_of(ihala: Ihala, tx: Transaction, incident_id: str) -> tuple[Row[Any], CaseKey]:
    incident = notice_rows.read_incident(tx, incident_id)
    if incident is None or incident.resolved_at is not None or not incident.case_id:
        raise NotFound
    case, key = case_rows.read(tx, incident.case_id), key_of(ihala, tx, incident.case_id)
    if case is None or key is None or case.status != "open":
        raise CaseIsOver
    return case, key


def _scopes(ihala: Ihala, tx: Transaction, case: Row[Any], key: CaseKey) -> list[RunningScope]:
    live = restore(ihala, tx, case, key)
    ihala.live.put(case.id, case.revision, key.generation, live)
    return live.instance.scopes()


def _shown(release: Release, scope: RunningScope) -> ChangeableScope:
    return ChangeableScope(scope.key, _process(release, scope.process_id), scope.names)


def _process(release: Release, process_id: str) -> Text:
    process = release.mechanism.processes.get(process_id)
    return (process.name if process else None) or Text(process_id, process_id)


def _check_name(release: Release, scope: RunningScope, name: str) -> None:
    """A variable there is, a part of one, or the result of a step of the process, which may be missing."""
    first = name.split(".", 1)[0]
    elements = release.mechanism.processes[scope.process_id].elements
    if first not in elements and first not in {one.split(".", 1)[0] for one in scope.names}:
        process = _process(release, scope.process_id)
        raise NameUnknown(name=name, process=process, known=", ".join(scope.names) or "-")


def _open(tx: Transaction, change_id: str) -> Row[Any]:
    row = value_change_rows.read_open(tx, change_id)
    if row is None:
        raise NotFound
    return row


def _kept(ihala: Ihala, tx: Transaction, row: Row[Any]) -> dict[str, str]:
    key = key_of(ihala, tx, row.case_id)
    kept: dict[str, str] = orjson.loads(key.open(row.sealed, "value_change", row.id)) if key else {}
    return kept


def _proposal(release: Release, row: Row[Any], kept: dict[str, str], actor: Actor) -> ProposedChange:
    return ProposedChange(
        id=row.id,
        case_number=row.number,
        process=_process(release, kept["process"]),
        name=kept["name"],
        value=kept["value"],
        reason=kept["reason"],
        proposer=row.proposer,
        at=row.at,
        is_own=row.proposed_by == actor.account_id,
    )
