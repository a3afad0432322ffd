"""Commands and lists of cases: what the actor may start, starting it, and those they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine import journal
from engine.access import Actor, NotAllowed, NotFound, Sightline
from engine.code_names import code_name
from engine.cursors import cursor_of, read_cursor
from engine.deliveries import Deliver
from engine.execution import Process
from engine.persistence import Row, Transaction, case_rows, clock_rows, item_rows, team_rows
from engine.releases import Release, current_release, mechanism_of
from engine.step import Doer, Step
from engine.steps import start_case, take_step
from engine.telling import completed
from engine.text import Text
from engine.vault import CaseKey
from engine.views import CasePage, CaseRow, Completed, StartRow

if TYPE_CHECKING:
    from engine.application import Ihala


def may_start(ihala: Ihala, actor: Actor) -> list[StartRow]:
    """Processes of the release in force that one of the actor's roles may start, in the order of the charter."""
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    found = [
        release.mechanism.processes[name] for name in release.charter.starts if name in release.mechanism.processes
    ]
    return [_start_row(process) for process in found if _seat(actor, release, process.id)]


def open_case(ihala: Ihala, actor: Actor, process_id: str) -> str | None:
    """Start a case; the actor's organisation joins its team and the actor's first task is claimed by them.

    Answers that task's id, None where the process begins with somebody else. Raises `NotAllowed`, `StepFailed`.
    """
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    seat = _seat(actor, release, process_id)
    if seat is None or process_id not in release.mechanism.processes:
        raise NotAllowed(expected=_starters(release, process_id))
    doer = Doer(actor.account_id, *seat)
    act = Begin(process_id)
    taken = start_case(
        ihala,
        lambda tx: write_case(ihala, tx, release, process_id, doer),
        act,
        doer,
        lambda chosen, surroundings: chosen.mechanism.start(process_id, {}, surroundings),
    )
    own = [one for one in taken.opened if (one.place.organisation_id, one.place.role) == seat and one.status == "open"]
    return own[0].task.id if own else None


@dataclass(slots=True)
class Begin:
    """The act of starting a case; `element` is the start event, where a message has begun it."""

    process_id: str
    element: str = ""
    kind: str = "start"
    done_item_id: str | None = None

    @property
    def subject_id(self) -> str:
        return self.process_id

    def recheck(self, step: Step) -> None:
        return None

    def run(self, step: Step) -> None:
        return None

    def entry(self, step: Step) -> journal.Entry:
        """The starter's organisation serves in the role in which it started the case; a message brings nobody along."""
        doer = step.doer
        if doer.organisation_id:
            step.world.join_team(doer.role, doer.organisation_id, "started")
        who = (doer.account_id, doer.organisation_id, doer.role, self.element)
        return journal.Entry("case_opened", step.now, *who, process_id=self.process_id, content={})

    def to_repeat(self) -> dict[str, Any]:
        return {"process": self.process_id}


def write_case(
    ihala: Ihala, tx: Transaction, release: Release, process_id: str, doer: Doer
) -> tuple[Row[Any], CaseKey]:
    """The row of a new case with its number, code name and key; the caller commits."""
    case_rows.lock_numbering(tx)
    number, case_id = case_rows.next_number(tx), uuid4().hex
    name, home = code_name(number), team_rows.organisation_row(tx, doer.organisation_id)
    key, wrapped = ihala.vault.new_key(case_id)
    values = {
        "id": case_id,
        "number": number,
        "code_name_en": name.en,
        "code_name_ar": name.ar,
        "process_id": process_id,
        "release_id": release.id,
        "status": "open",
        "stage": process_id,
        "governorate": home.governorate if home else "",
        "revision": 0,
        "opened_at": ihala.clock.now(),
        "opened_by": doer.account_id,
    }
    sealed = {"case_id": case_id, "generation": 1, "wrapped_by": wrapped.wrapped_by, "wrapped": wrapped.wrapped}
    case_rows.insert(tx, values, sealed)
    row = case_rows.read(tx, case_id)
    if row is None:
        raise NotFound
    return row, key


def case_list(ihala: Ihala, actor: Actor, status: str = "open", after: str | None = None, limit: int = 50) -> CasePage:
    """Cases in whose team one of the actor's seats is now, newest first; roles that see only figures see none."""
    with ihala.database.reading() as tx:
        charter = current_release(ihala, tx).charter
        seats = [seat for seat in actor.seats if charter.sight(seat[1]) != "counts"]
        whole = [seat for seat in seats if charter.sight(seat[1]) == "case"]
        rows = case_rows.page(tx, status, seats, whole, read_cursor(after), limit + 1)
        shown = [_case_row(ihala, tx, row) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return CasePage(shown, cursor_of(last.opened_at, last.id) if last else None)


def _case_row(ihala: Ihala, tx: Transaction, row: Row[Any]) -> CaseRow:
    """The stage only for whoever answers for this case: a service provider learns no stage."""
    process = mechanism_of(ihala, tx, row.release_id).mechanism.processes.get(row.stage)
    stage = process.name if process and row.is_whole else Text("")
    name = Text(row.code_name_en, row.code_name_ar)
    waiting, due = (row.waiting, row.next_due_at) if row.is_whole else (0, None)
    return CaseRow(row.id, row.number, name, row.status, stage, row.opened_at, waiting, due)


def report_happening(
    ihala: Ihala, actor: Actor, case_id: str, happening_id: str, answers: Mapping[str, object] | None = None
) -> Completed:
    """Tell the case that something happened which its diagram waits for at any moment (`CaseView.happenings`)."""
    with ihala.database.reading() as tx:
        case, sightline = seen_case(ihala, tx, actor, case_id)
        found = [one for one in clock_rows.catches_of_case(tx, case_id) if one.id == happening_id]
        if not found or not is_reportable(found[0]) or not sightline.may_act_for_person:
            raise NotFound
        release = mechanism_of(ihala, tx, case.release_id)
    doer = Doer.of(actor, *sightline.seats[0])
    row = found[0]
    taken = take_step(ihala, case_id, Deliver(row.id, row.name, answers or {}, "reported", row.element), doer)
    name = next(p.elements[row.element].name for p in release.mechanism.processes.values() if row.element in p.elements)
    return completed(ihala, actor, name, taken)


def is_reportable(catch: Row[Any]) -> bool:
    """A message that a person of the team may report about this case."""
    return bool(catch.kind == "message" and catch.reach == "case")


def seen_case(ihala: Ihala, tx: Transaction, actor: Actor, case_id: str) -> tuple[Row[Any], Sightline]:
    """The case and how much of it the actor sees; `NotFound` where absent or not theirs, after the same queries."""
    case = case_rows.read(tx, case_id)
    is_seen = case_rows.is_seen_from(tx, case_id, actor.seats)
    team = [(row.organisation_id, row.role) for row in team_rows.team(tx, case_id)]
    items = [(row.organisation_id, row.role) for row in item_rows.of_case(tx, case_id, "open")]
    refused = team_rows.refused_purposes(tx, case_id)
    if case is None or not is_seen:
        raise NotFound
    sightline = Sightline(actor, team, items, mechanism_of(ihala, tx, case.release_id), case.stage, refused)
    if sightline.is_counts_only:
        raise NotFound
    return case, sightline


def _seat(actor: Actor, release: Release, process_id: str) -> tuple[str, str] | None:
    return next((seat for seat in actor.seats if release.charter.may_start(process_id, seat[1])), None)


def _start_row(process: Process) -> StartRow:
    first = next((process.elements[one.element] for one in process.beginnings if one.element in process.elements), None)
    return StartRow(process.id, process.name, first.documentation if first else Text(""))


def _starters(release: Release, process_id: str) -> Text:
    titles = [release.charter.role(role).title for role in release.charter.starts.get(process_id, ())]
    return Text(", ".join(t.en for t in titles) or "nobody", "، ".join(t.ar for t in titles) or "لا أحد")


__all__ = ["case_list", "is_reportable", "may_start", "open_case", "report_happening", "seen_case", "write_case"]
