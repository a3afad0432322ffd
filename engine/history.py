"""The journal of a case in words: one sentence for each entry, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine import journal
from engine.persistence import Row, Transaction, journal_rows, team_rows
from engine.releases import Release
from engine.text import Text
from engine.vault import CaseKey
from engine.views import EventRow

SENTENCES = {
    "case_opened": Text("The case was opened.", "فُتح الملف."),
    "task_completed": Text("'{element}' was done.", "أُنجزت مهمة '{element}'."),
    "task_claimed": Text("'{element}' was claimed.", "استُلمت مهمة '{element}'."),
    "task_handed_back": Text("'{element}' was handed back.", "أُعيدت مهمة '{element}'."),
    "task_taken_over": Text("'{element}' was taken over.", "تم تولّي مهمة '{element}'."),
    "task_prioritised": Text("The priority of '{element}' was changed.", "عُدّلت أولوية مهمة '{element}'."),
    "answer_corrected": Text("An answer of '{element}' was corrected.", "صُحّحت إجابة في مهمة '{element}'."),
    "operation_skipped": Text(
        "An operator went on without '{element}', with a reason.", "تجاوز أحد مشغّلي النظام '{element}' مع ذكر السبب."
    ),
    "value_change_proposed": Text(
        "An operator proposed to change the value '{name}': {reason}",
        "اقترح أحد مشغّلي النظام تغيير القيمة '{name}': {reason}",
    ),
    "value_changed": Text("The value '{name}' was changed by a second operator.", "غيّر مشغّل ثانٍ القيمة '{name}'."),
    "value_change_declined": Text("A proposed change of a value was not made.", "لم يُعتمد تغيير مقترح لقيمة."),
    "case_moved": Text("The case goes on with another release.", "يُستكمل الملف وفق إصدار آخر."),
    "case_moved_back": Text("The move to another release was taken back.", "أُلغي نقل الملف إلى إصدار آخر."),
    "clock_fired": Text("The time for '{element}' ran out.", "انتهت مهلة '{element}'."),
    "message_received": Text("'{element}' arrived.", "ورد '{element}'."),
    "reported": Text("'{element}' was reported.", "تم الإبلاغ عن '{element}'."),
    "reassigned": Text("The role '{role}' was given to another organisation.", "أُسند الدور '{role}' إلى جهة أخرى."),
    "consent_withdrawn": Text("Consent to '{purpose}' was withdrawn.", "عُدل عن الموافقة على '{purpose}'."),
    "person_forgotten": Text("Everything that could name the person was destroyed.", "أُتلف كل ما قد يدل على الشخص."),
    "case_read": Text("The case was read.", "اطُّلع على الملف."),
    "task_read": Text("'{element}' was read.", "اطُّلع على مهمة '{element}'."),
}
"""What each event is called; an event that stands not here is shown by its own word."""


LENDING = frozenset({"reassigned", "consent_withdrawn", "value_change_proposed", "value_changed"})
"""Events whose sealed content lends words to their sentence."""


def event_rows(
    tx: Transaction, release: Release, former: Iterable[Release], case_id: str, key: CaseKey | None
) -> list[tuple[Row[Any], EventRow]]:
    """Every entry with its sentence, in order; sealed content is opened for the words it lends to the sentence.

    What the release has no more is called as in a `former` one, from which the case was moved.
    """
    rows = journal_rows.entries(tx, journal.of_case(case_id))
    people = team_rows.account_names(tx, {row.actor_id for row in rows if row.actor_id})
    places = team_rows.organisation_names(tx, {row.organisation_id for row in rows if row.organisation_id})
    processes = [process for one in (*former, release) for process in one.mechanism.processes.values()]
    names = {name: one.name for process in processes for name, one in process.elements.items()}
    found = []
    for row in rows:
        words = _words(row, release, names, key)
        text = SENTENCES.get(row.event, Text(row.event, row.event)).format(**words)
        place = Text(*places.get(row.organisation_id, ("", "")))
        found.append((row, EventRow(row.at, row.event, text, people.get(row.actor_id, ""), place)))
    return found


def _words(row: Row[Any], release: Release, names: dict[str, Text], key: CaseKey | None) -> dict[str, Text]:
    about = journal.content(row, key) if row.event in LENDING else {}
    return {
        "element": names.get(row.element, Text(row.element, row.element)),
        "role": release.charter.role(str(about.get("role", ""))).title,
        "purpose": release.charter.purpose(str(about.get("purpose", ""))),
        "name": _plain(about, "name"),
        "reason": _plain(about, "reason"),
    }


def _plain(about: dict[str, Any], name: str) -> Text:
    said = str(about.get(name, "-"))
    return Text(said, said)
