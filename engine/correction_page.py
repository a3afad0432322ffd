"""The page on which a submitted answer is corrected: its form as it was answered, for whoever may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import record
from engine.access import Actor, NotAllowed, NotFound, Sightline
from engine.cases import seen_case
from engine.errors import Refusal
from engine.execution import NoLongerWaiting
from engine.forms import Form
from engine.persistence import Row, Transaction, item_rows, record_rows
from engine.releases import Release, mechanism_of
from engine.steps import CaseIsOver, key_of, restore
from engine.text import Text
from engine.vault import CaseKey

if TYPE_CHECKING:
    from engine.application import Ihala

AUTHOR = Text("whoever gave the answer, or may read all of it", "صاحب الإجابة أو من يجوز له الاطلاع عليها كاملة")


class CorrectedAlready(Refusal):
    sentence = Text(
        "This answer was corrected before. Correct the one that stands now.",
        "صُحّحت هذه الإجابة من قبل. يُرجى تصحيح الإجابة القائمة الآن.",
    )


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer opened to be corrected: `variables` are what `form.read` takes, `typed` the answers as typed."""

    entry_id: str
    name: Text
    form: Form
    variables: Mapping[str, object]
    typed: Mapping[str, list[str]]


def correctable(ihala: Ihala, actor: Actor, case_id: str) -> frozenset[str]:
    """Ids of the entries of a case that the actor may correct now."""
    with ihala.database.reading() as tx:
        case, sightline = seen_case(ihala, tx, actor, case_id)
        key = key_of(ihala, tx, case.id)
        if case.status != "open" or key is None:
            return frozenset()
        rows = record_rows.of_case(tx, case.id)
        former = {row.corrects for row in rows}
        standing = [row for row in rows if row.id not in former]
        asked = {row.id: mechanism_of(ihala, tx, row.release_id) for row in standing}
        return frozenset(row.id for row in standing if _may(actor, row, asked[row.id], key, sightline))


def open_correction(ihala: Ihala, actor: Actor, entry_id: str) -> Correction:
    """The form with the answers that stand. Raises `NotFound`, `NotAllowed`, `CorrectedAlready`, `CaseIsOver`."""
    with ihala.database.reading() as tx:
        entry = record_rows.read(tx, entry_id)
        case, sightline = seen_case(
            ihala, tx, actor, entry.case_id if entry else ""
        )  # absent and not theirs look alike
        if entry is None:
            raise NotFound
        key = key_of(ihala, tx, case.id)
        if case.status != "open" or key is None:
            raise CaseIsOver
        release = mechanism_of(ihala, tx, entry.release_id)
        if not _may(actor, entry, release, key, sightline):
            raise NotAllowed(expected=AUTHOR)
        if any(row.corrects == entry_id for row in record_rows.of_case(tx, case.id)):
            raise CorrectedAlready
        element = release.mechanism.processes[entry.process_id].elements[entry.element]
        form, answers = _form(entry, release), record.unpack(key.open(entry.sealed, "record_entry", entry.id))
        if form is None:
            raise NotFound
        typed = form.as_typed(answers, now=ihala.clock.now(), zone=release.mechanism.time_zone)
        return Correction(entry_id, element.name, form, _variables(ihala, tx, case, key, entry), typed)


def _form(entry: Row[Any], release: Release) -> Form | None:
    process = release.mechanism.processes.get(entry.process_id)
    element = process.elements.get(entry.element) if process else None
    return record.form_of(release, element) if element else None


def _may(actor: Actor, entry: Row[Any], release: Release, key: CaseKey, sightline: Sightline) -> bool:
    """Its author, or whoever answers for the case; and never somebody who would blank what they cannot read."""
    form = _form(entry, release)
    if form is None or not (entry.by == actor.account_id or sightline.is_whole):
        return False
    answers = record.unpack(key.open(entry.sealed, "record_entry", entry.id))
    given = [field for field in form.fields if field.key in answers]
    return all(sightline.may_read(entry, field.classification, field.grant) for field in given)


def _variables(ihala: Ihala, tx: Transaction, case: Row[Any], key: CaseKey, entry: Row[Any]) -> dict[str, object]:
    """What the form could see; the scope of a task long done may be gone, then what the whole case sees."""
    item = item_rows.read(tx, entry.work_item_id)
    live = restore(ihala, tx, case, key)
    try:
        seen = live.instance.visible_variables(item.id) if item else live.instance.variables
    except NoLongerWaiting:
        seen = live.instance.variables
    found = dict(seen)
    ihala.live.put(case.id, case.revision, key.generation, live)
    return found
