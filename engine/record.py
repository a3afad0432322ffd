"""The sealed record of a case: every answer at every visit, read only as far as the disclosure table allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson

from engine.access import Sightline
from engine.decisions.values import from_json, to_json
from engine.errors import Refusal
from engine.execution import Element
from engine.forms import Field, Form
from engine.name_index import blind
from engine.persistence import Row, Transaction, record_rows
from engine.releases import Release, mechanism_of
from engine.step import Step
from engine.text import Text
from engine.vault import CaseKey
from engine.views import AnswerRow, RecordRow
from engine.wording import in_words

if TYPE_CHECKING:
    from engine.application import Ihala


class UnknownElement(Refusal):
    sentence = Text(
        "The release has no task '{element}' any more: its answers cannot be shown in words.",
        "لم تعد المهمة '{element}' موجودة في هذا الإصدار: تتعذّر قراءة إجاباتها.",
    )


def write(
    step: Step,
    element: Element,
    item: Row[Any],
    answers: Mapping[str, object],
    corrects: str | None = None,
    release: Release | None = None,
) -> str:
    """Seal the answers of one visit and index what may find the person again; the caller commits.

    `release`: under which the form was filled in, where it is not the one the case runs on.
    """
    asked = release or step.release
    entry_id = uuid4().hex
    sealed = step.key.seal(pack(answers), "record_entry", entry_id)
    values = {
        "id": entry_id,
        "case_id": step.case.id,
        "element": element.id,
        "process_id": element.process_id,
        "visit": item.visit,
        "work_item_id": item.id,
        "purpose": item.purpose,
        "organisation_id": item.organisation_id,
        "role": item.role,
        "by": step.doer.account_id,
        "at": step.now,
        "release_id": asked.id,
        "corrects": corrects,
        "sealed": sealed,
    }
    record_rows.append(step.tx, values)
    form = form_of(asked, element)
    if form is not None:
        _index(step, form.fields, answers)
    return entry_id


def form_of(release: Release, element: Element) -> Form | None:
    """The form of a user task: the one it names, or the one of its own id."""
    return release.mechanism.forms.get(element.form or element.id)


def pack(answers: Mapping[str, object]) -> bytes:
    return orjson.dumps({key: to_json(value) for key, value in answers.items()})


def unpack(content: bytes) -> dict[str, object]:
    return {key: from_json(value) for key, value in orjson.loads(content).items()}


def _index(step: Step, fields: Iterable[Field], answers: Mapping[str, object]) -> None:
    vault, case_id = step.ihala.vault, step.case.id
    found = [
        {"token": token, "case_id": case_id, "kind": field.match, "keyed_by": vault.oldest}
        for field in fields
        if field.match and isinstance(answers.get(field.key), str)
        for token in blind(vault, field.match, str(answers[field.key]))
    ]
    record_rows.index(step.tx, found)


def readable(
    ihala: Ihala, tx: Transaction, rows: Iterable[Row[Any]], key: CaseKey, sightline: Sightline
) -> list[RecordRow]:
    """What the actor may read, entry by entry; other answers and their questions are not hinted at.

    Each is read with the questions of the release it was given under.
    """
    shown = [_shown(row, mechanism_of(ihala, tx, row.release_id), key, sightline) for row in rows]
    return [one for one in shown if one.answers]


def _shown(row: Row[Any], release: Release, key: CaseKey, sightline: Sightline) -> RecordRow:
    process = release.mechanism.processes.get(row.process_id)
    element = process.elements.get(row.element) if process else None
    if process is None or element is None:
        raise UnknownElement(element=row.element)
    form = form_of(release, element)
    answers = unpack(key.open(row.sealed, "record_entry", row.id))
    zone = release.mechanism.time_zone
    shown = []
    for field in form.fields if form else []:
        if field.key in answers and sightline.may_read(row, field.classification, field.grant):
            words = in_words(field, answers[field.key], zone)
            shown.append(AnswerRow(field.key, field.label, words, field.classification, field.identity))
    return RecordRow(
        row.id, row.element, element.name, process.name, row.visit, row.by_name or "",
        Text(row.organisation_en or "", row.organisation_ar or ""), row.at, row.corrects, shown,
    )  # fmt: skip
