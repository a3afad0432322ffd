"""The page of one case, as far as the actor may see it; what they may not see is left out, never hinted at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import journal, record
from engine.access import Actor, Sightline
from engine.cases import is_reportable, seen_case
from engine.execution import Position, Process
from engine.history import event_rows
from engine.persistence import Row, Transaction, clock_rows, item_rows, move_rows, record_rows, team_rows
from engine.releases import Release, mechanism_of
from engine.steps import key_of, restore
from engine.text import Text
from engine.vault import CaseKey
from engine.views import (
    CaseView,
    ClockRow,
    ConsentRow,
    DiagramView,
    HappeningRow,
    MarkRow,
    ResponsibleRow,
    StepRow,
    TeamRow,
)
from engine.worklist import element_of

if TYPE_CHECKING:
    from engine.application import Ihala


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that the parts of the page are made from."""

    ihala: Ihala
    tx: Transaction
    actor: Actor
    case: Row[Any]
    release: Release
    sightline: Sightline
    items: list[Row[Any]]
    now: datetime

    @property
    def processes(self) -> set[str]:
        """Processes whose picture the actor sees: all, or those in which they serve the team (no service request)."""
        if self.sightline.is_whole:
            return set(self.release.mechanism.processes)
        return {row.process_id for row in self.items if not row.is_fixed}


def case_view(ihala: Ihala, actor: Actor, case_id: str) -> CaseView:
    """The page of a case. Its read entry is committed before anything is shown. Raises `NotFound`."""
    with ihala.database.writing() as tx:
        _, sightline = seen_case(ihala, tx, actor, case_id)
        organisation_id, role = sightline.seats[0]
        entry = journal.Entry("case_read", ihala.clock.now(), actor.account_id, organisation_id, role)
        journal.append(tx, ihala.vault, journal.of_case(case_id), entry)
    with ihala.database.reading() as tx:
        case, sightline = seen_case(ihala, tx, actor, case_id)
        items = [row for row in item_rows.of_case(tx, case_id) if sightline.is_whole or _is_shown(row, sightline)]
        release = mechanism_of(ihala, tx, case.release_id)
        return _view(_Reading(ihala, tx, actor, case, release, sightline, items, ihala.clock.now()))


def _is_shown(row: Row[Any], sightline: Sightline) -> bool:
    return sightline.is_own(row) and row.status != "held"


def _view(read: _Reading) -> CaseView:
    case, sightline, key = read.case, read.sightline, key_of(read.ihala, read.tx, read.case.id)
    events = journal_of(read, key)
    stage = read.release.mechanism.processes.get(case.stage)
    first = read.release.mechanism.processes.get(case.process_id)
    return CaseView(
        id=case.id,
        number=case.number,
        code_name=Text(case.code_name_en, case.code_name_ar),
        status=case.status,
        stage=stage.name if stage and case.stage in read.processes else Text(""),
        process=first.name if first and case.process_id in read.processes else Text(""),
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        closing_reason=case.closing_reason if sightline.is_whole else "",
        archive_on=case.archive_on if sightline.is_whole else None,
        responsible=[_responsible(read, row) for row in read.items if row.status in ("open", "held")],
        steps=_steps(read),
        diagrams=_diagrams(read, key) if key else [],
        timeline=[row for row in events if row.event not in READS],
        record=record.readable(read.ihala, read.tx, record_rows.of_case(read.tx, case.id), key, sightline)
        if key
        else [],
        team=_team(read),
        clocks=_clocks(read),
        consents=_consents(read),
        happenings=_happenings(read),
        reads=[row for row in events if row.event in READS] if sightline.is_whole else [],
        is_whole=sightline.is_whole,
        may_reassign=sightline.is_whole and case.status == "open",
        may_withdraw_consent=sightline.may_act_for_person and case.status == "open",
    )


READS = frozenset({"case_read", "task_read"})


def journal_of(read: _Reading, key: CaseKey | None) -> list[Any]:
    """The whole journal of the case in words, or what was done in the actor's own seats."""
    left = [mechanism_of(read.ihala, read.tx, one) for one in move_rows.left_releases(read.tx, read.case.id)]
    rows = event_rows(read.tx, read.release, left, read.case.id, key)
    if read.sightline.is_whole:
        return [shown for _, shown in rows]
    return [shown for row, shown in rows if read.sightline.is_own(row) and row.event not in READS]


def _responsible(read: _Reading, row: Row[Any]) -> ResponsibleRow:
    element, _ = element_of(read.release, row.process_id, row.element)
    is_openable = read.sightline.is_own(row) and row.status == "open"
    return ResponsibleRow(
        item_id=row.id if is_openable else None,
        name=element.name,
        role_title=read.release.charter.role(row.role).title,
        organisation=Text(row.organisation_en or "", row.organisation_ar or ""),
        assignee=row.assignee or "",
        status=row.status,
        due_at=row.due_at,
        is_overdue=row.due_at is not None and row.due_at < read.now,
    )


def _steps(read: _Reading) -> list[StepRow]:
    names = team_rows.account_names(read.tx, {row.done_by for row in read.items if row.done_by})
    states = {"open": "active", "held": "held", "done": "done", "cancelled": "cancelled"}
    found = []
    for row in read.items:
        element, process = element_of(read.release, row.process_id, row.element)
        lane = read.release.charter.role(row.lane_role).title
        at, by = row.done_at or row.opened_at, names.get(row.done_by, "") if row.done_by else row.assignee or ""
        state: Any = states[row.status]
        found.append(StepRow(row.element, element.name, row.process_id, process, lane, state, row.visit, at, by))
    return found


def _diagrams(read: _Reading, key: CaseKey) -> list[DiagramView]:
    """Pictures of the processes the case has been in, with where it stands; the live instance is put back."""
    if not read.case.state:
        return []
    live = restore(read.ihala, read.tx, read.case, key)
    positions = live.instance.positions()
    if read.case.status == "open":
        read.ihala.live.put(read.case.id, read.case.revision, key.generation, live)
    found = []
    for process_id in dict.fromkeys(one.process_id for one in positions):
        if process_id in read.processes:
            process = read.release.mechanism.processes[process_id]
            here = [one for one in positions if one.process_id == process_id]
            active = [p.element for p in here if p.active]
            done = [p.element for p in here if p.completed]
            xml = read.release.mechanism.files.get(process.file, process.xml)
            found.append(DiagramView(process_id, process.name, xml, active, done, _marks(process, here)))
    return found


def _marks(process: Process, here: list[Position]) -> list[MarkRow]:
    """The marked elements that have a name."""
    elements = [(one, process.elements[one.element]) for one in here if one.element in process.elements]
    named = [(one, element) for one, element in elements if element.name]
    return [MarkRow(element.id, element.name, "active" if one.active else "done") for one, element in named]


def _team(read: _Reading) -> list[TeamRow]:
    rows = team_rows.team(read.tx, read.case.id)
    return [
        TeamRow(
            row.role,
            read.release.charter.role(row.role).title,
            row.organisation_id,
            Text(row.name_en, row.name_ar),
            row.joined_at,
        )
        for row in rows
        if read.sightline.is_whole or read.sightline.is_own(row)
    ]


def _clocks(read: _Reading) -> list[ClockRow]:
    own = {row.id for row in read.items}
    found = []
    for row in clock_rows.of_case(read.tx, read.case.id):
        if row.status == "held" or not (read.sightline.is_whole or row.work_item_id in own):
            continue
        process_id = _process_of(read.release, row.element)
        element, process = element_of(read.release, process_id, row.element)
        found.append(ClockRow(row.element, element.name, process, row.due_at, row.is_deadline, row.due_at < read.now))
    return found


def _process_of(release: Release, element_id: str) -> str:
    return next((one.id for one in release.mechanism.processes.values() if element_id in one.elements), "")


def _consents(read: _Reading) -> list[ConsentRow]:
    """Every purpose for whoever answers for the case; else the purposes of the actor's own tasks."""
    standing = {row.purpose: row for row in team_rows.consents(read.tx, read.case.id)}
    own = {row.purpose for row in read.items if row.purpose}
    every = [*read.release.charter.purposes, *(one for one in standing if one not in read.release.charter.purposes)]
    found = []
    for purpose in every:
        if read.sightline.may_act_for_person or purpose in own:
            row, title = standing.get(purpose), read.release.charter.purpose(purpose)
            if row is None:
                found.append(ConsentRow(purpose, title, "none", "", None, 0))
            else:
                found.append(ConsentRow(purpose, title, row.state, row.by, row.at, row.version))
    return found


def _happenings(read: _Reading) -> list[HappeningRow]:
    if not read.sightline.may_act_for_person:
        return []
    found = []
    for row in clock_rows.catches_of_case(read.tx, read.case.id):
        if is_reportable(row):
            element, _ = element_of(read.release, _process_of(read.release, row.element), row.element)
            found.append(HappeningRow(row.id, element.name, element.documentation))
    return found
