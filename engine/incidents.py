"""Steps that could not be done: said to operators in plain words, tried again by their hand, never silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from engine.access import Actor, NotAllowed
from engine.errors import Refusal
from engine.execution import StepFailed
from engine.operations import OPERATIONS, Operation
from engine.persistence import Row, Transaction, clock_rows, notice_rows
from engine.releases import mechanism_of
from engine.step import Act, Doer, Step
from engine.text import Text
from engine.vault import CaseKey
from engine.views import IncidentRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.application import Ihala
    from engine.waiting import Opened, Waiting

OPERATORS = frozenset({"administrator", "process_owner"})
"""Roles that see incidents and may try again; an incident carries ids and words of the mechanism only."""

UNEXPECTED = Text(
    "Something unexpected happened ({kind}).",
    "حدث أمر غير متوقع ({kind}).",
)
NOBODY = Text(
    "No active person holds the role '{role}': the task went to '{fallback}'. The administrator can grant the role.",
    "لا يوجد من يشغل الدور '{role}': أُحيلت المهمة إلى '{fallback}'. يمكن لمدير النظام منح الدور.",
)

STUCK = Text(
    "The case stands still at '{where}': it waits for no task, no clock and no message, so nothing can move it. "
    "Whoever answers for the case can correct an answer; the process owner can mend the diagram.",
    "توقف سير الملف عند '{where}': لا ينتظر مهمة ولا مهلة ولا رسالة، فلا شيء يمكن أن يحرّكه. "
    "يمكن للمسؤول عن الملف تصحيح إحدى الإجابات، ولمسؤول الإجراءات تصحيح المخطط.",
)

SEVERAL = Text(
    "The message '{name}' fits several at once, so it was given to none. "
    "Whoever draws the diagrams can add a correlation key that tells them apart.",
    "تناسب الرسالة '{name}' أكثر من ملف في الوقت نفسه، فلم تُسلَّم إلى أي منها. "
    "يمكن لمسؤول الإجراءات إضافة مفتاح ربط يميّز بينها.",
)
EXPIRED = Text(
    "The message '{name}' was kept for {days} days and no case waited for it: it was dropped. "
    "The process owner can see to it that a diagram waits for such a message.",
    "حُفظت الرسالة '{name}' لمدة {days} يومًا ولم ينتظرها أي ملف، فأُسقطت. "
    "يمكن لمسؤول الإجراءات التأكد من وجود مخطط ينتظر مثل هذه الرسالة.",
)


def reason_of(error: Exception) -> Text:
    """Why, in words: values of the case never stand in it."""
    if isinstance(error, StepFailed):
        return error.reason
    if isinstance(error, Refusal):
        return error.text
    return UNEXPECTED.format(kind=type(error).__name__)


def write(
    ihala: Ihala, tx: Transaction, case_id: str, key: CaseKey | None, act: Act, doer: Doer, error: Exception
) -> None:
    """Write the incident, or count one more attempt of the one that is open; a clock then waits for its retry."""
    now, reason = ihala.clock.now(), reason_of(error)
    element = error.element if isinstance(error, StepFailed) else ""
    cause = error.cause if isinstance(error, StepFailed) and error.cause else error
    if act.kind == "fire":
        clock_rows.set_timer_status(tx, act.subject_id, "stuck")
    known = notice_rows.open_incident(tx, act.kind, act.subject_id, element)
    incident_id = known.id if known else uuid4().hex
    place = error.place if isinstance(error, StepFailed) else ""
    again = {**act.to_repeat(), "doer": [doer.account_id, doer.organisation_id, doer.role], "place": place}
    sealed = key.seal(orjson.dumps(again), "incident", incident_id) if key else None
    said = {"text_en": reason.en, "text_ar": reason.ar, "cause": type(cause).__name__, "last_at": now, "sealed": sealed}
    if known:
        notice_rows.change_incident(tx, known.id, {**said, "attempts": known.attempts + 1})
        return
    about = {"id": incident_id, "case_id": case_id, "element": element, "act": act.kind, "subject_id": act.subject_id}
    notice_rows.insert_incident(tx, {**about, **said, "at": now, "attempts": 1})


def resolve(tx: Transaction, act: str, subject_id: str, now: datetime, by: str) -> None:
    """What could not be done is done now."""
    notice_rows.resolve_incidents(tx, act, subject_id, now, by or None)


def warn_of_nobody(step: Step, opened: Sequence[Opened]) -> None:
    """No task waits for nobody: those who stand in are told, and an incident stays until the role is held."""
    for one in (one for one in opened if one.place.nobody):
        words = NOBODY.format(
            role=step.charter.role(one.task.role).title, fallback=step.charter.role(one.place.role).title
        )
        said = {"text_en": words.en, "text_ar": words.ar, "at": step.now, "last_at": step.now, "attempts": 1}
        about = {"id": uuid4().hex, "case_id": step.case.id, "element": one.task.element.id, "act": "route"}
        notice_rows.insert_incident(step.tx, {**about, **said, "subject_id": one.task.id, "cause": "nobody"})
        people = step.world.staffing.people_in(one.place.organisation_id, one.place.role)
        case, element = step.case, one.task.element.id
        notice_rows.tell(step.tx, people, "no_active_user", step.now, case.id, element, one.task.id)


def warn_of_standstill(step: Step, before: Waiting, after: Waiting) -> None:
    """A case that goes on but waits for nothing is said to be stuck in the very step that leaves it so."""
    case, is_stuck = step.case, step.instance.state == "running" and not after
    if is_stuck and notice_rows.open_incident(step.tx, "stuck", case.id, "") is None:
        standing = [one for one in step.instance.positions() if one.active]
        elements = [step.release.mechanism.processes[one.process_id].elements[one.element] for one in standing]
        names = [element.name or Text(element.id) for element in elements]
        where = Text(", ".join(one.in_("en") for one in names), "، ".join(one.in_("ar") for one in names))
        write_standstill(step.tx, case.id, where, step.now)
    elif not is_stuck and not before and case.revision > 0:
        resolve(step.tx, "stuck", case.id, step.now, step.doer.account_id)


def write_standstill(tx: Transaction, case_id: str, where: Text, now: datetime) -> None:
    words = STUCK.format(where=where)
    said = {"text_en": words.en, "text_ar": words.ar, "at": now, "last_at": now, "attempts": 1}
    about = {"id": uuid4().hex, "case_id": case_id, "act": "stuck", "subject_id": case_id, "cause": "standstill"}
    notice_rows.insert_incident(tx, {**about, **said})


def write_about_message(tx: Transaction, row: Row[Any], words: Text, now: datetime) -> None:
    """A message reached nobody, or could not be given to one alone. Its content is never shown."""
    about = {"id": uuid4().hex, "case_id": row.from_case_id or None, "act": "message", "subject_id": row.id}
    said = {"text_en": words.en, "text_ar": words.ar, "cause": row.name, "at": now, "last_at": now, "attempts": 1}
    notice_rows.insert_incident(tx, {**about, **said})


def write_about_start(tx: Transaction, clock_id: str, node: str, words: Text, now: datetime) -> None:
    """A case that a clock should have begun could not begin."""
    about = {"id": uuid4().hex, "act": "start", "subject_id": clock_id, "element": node.split("::", 1)[0]}
    said = {"text_en": words.en, "text_ar": words.ar, "cause": "clock", "at": now, "last_at": now, "attempts": 1}
    notice_rows.insert_incident(tx, {**about, **said})


def incidents(ihala: Ihala, actor: Actor, limit: int = 200) -> list[IncidentRow]:
    """Open incidents, oldest first; for operators only."""
    check_operator(actor)
    with ihala.database.reading() as tx:
        return [_shown(ihala, tx, row) for row in notice_rows.open_incidents(tx, limit)]


def operation_of(ihala: Ihala, tx: Transaction, release_id: str | None, element: str) -> Operation | None:
    """The operation of the service task of that id, if it is one of the release."""
    if not release_id or not element:
        return None
    processes = mechanism_of(ihala, tx, release_id).mechanism.processes.values()
    named = (process.elements[element].operation for process in processes if element in process.elements)
    return OPERATIONS.get(next(named, ""))


def check_operator(actor: Actor) -> None:
    """Raises `NotAllowed` for anybody else."""
    if not any(actor.holds(role) for role in OPERATORS):
        raise NotAllowed(expected=Text("administrators", "مديري النظام"))


def _shown(ihala: Ihala, tx: Transaction, row: Any) -> IncidentRow:
    text, again = Text(row.text_en, row.text_ar), row.sealed is not None
    return IncidentRow(
        id=row.id,
        case_id=row.case_id,
        case_number=row.case_number,
        element=row.element,
        text=text,
        act=row.act,
        attempts=row.attempts,
        at=row.at,
        last_at=row.last_at,
        may_skip=again and operation_of(ihala, tx, row.release_id, row.element) is not None,
    )
