"""What came of a run of the desk, in words and figures: never a case, and of people only colleagues concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotFound
from engine.persistence import Row, Transaction, account_rows, move_rows
from engine.releases import Release, mechanism_of
from engine.studio.desk.groups import Group, Standing, name_of
from engine.studio.desk.verdict import LOSSES
from engine.studio.people import check_owner
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


LATEST = 40
"""Runs that stand on the desk; earlier ones are in the journal."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that holds for so many of the cases; `is_loss`: somebody has to know of it before the move."""

    text: Text
    cases: int
    is_loss: bool = False
    element: str = ""
    is_choice: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `counts`: cases by their status, as `case_move` has it."""

    id: str
    kind: str
    undoes: str
    from_number: int
    to_number: int
    process_id: str
    process: Text
    steps: tuple[Text, ...]
    standing: tuple[str, str, Standing]
    """Release, process and steps at which its cases stood."""
    plan: Mapping[str, Any]
    starter: str
    started_at: datetime
    ended_at: datetime | None
    counts: Mapping[str, int]
    findings: tuple[Line, ...] = ()
    hindrances: tuple[Line, ...] = ()
    holders: tuple[str, ...] = ()

    def is_about(self, group: Group) -> bool:
        """Whether the group is what is left to move of those that were tried."""
        return (group.release_id, group.process_id, group.standing) == self.standing

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.total - self.counts.get("waiting", 0)


def reports(ihala: Ihala, actor: Actor) -> list[Report]:
    """The latest runs first, without what was found. Raises `NotAllowed`."""
    check_owner(actor)
    with ihala.database.reading() as tx:
        rows = move_rows.runs(tx, LATEST)
        counted: dict[str, dict[str, int]] = {row.id: {} for row in rows}
        for run_id, status, cases in move_rows.counts(tx, list(counted)):
            counted[run_id][status] = cases
        return [_report(ihala, tx, row, counted[row.id]) for row in rows]


def report(ihala: Ihala, actor: Actor, run_id: str) -> Report:
    """One run with all that was found. Raises `NotAllowed`, `NotFound`."""
    check_owner(actor)
    with ihala.database.reading() as tx:
        row = move_rows.run(tx, run_id)
        if row is None:
            raise NotFound
        rows = move_rows.found(tx, run_id)
        return _report(ihala, tx, row, Counter(one.status for one in rows), [one.found for one in rows])


def _report(
    ihala: Ihala, tx: Transaction, row: Row[Any], counts: Mapping[str, int], found: list[dict[str, Any]] | None = None
) -> Report:
    old, new = mechanism_of(ihala, tx, row.from_release_id), mechanism_of(ihala, tx, row.release_id)
    process = (old if row.process_id in old.mechanism.processes else new).mechanism.processes[row.process_id]
    about = (row.id, row.kind, row.undoes or "", old.number, new.number, row.process_id, process.name)
    steps = tuple(name_of(old, element) for _, element in row.standing)
    standing = (row.from_release_id, row.process_id, tuple((one, element) for one, element in row.standing))
    when = (standing, row.plan, row.starter, row.started_at, row.ended_at, dict(counts))
    if not found:
        return Report(*about, steps, *when)
    holders = sorted({one for each in found for one in each.get("holders", ())})
    people = [account_rows.account_by_id(tx, one) for one in holders]
    names = tuple(one.name for one in people if one is not None)
    return Report(*about, steps, *when, _findings(old, new, found), _hindrances(old, new, found), names)


def _findings(old: Release, new: Release, found: list[dict[str, Any]]) -> tuple[Line, ...]:
    counted = Counter(tuple(one) for each in found for one in each.get("findings", ()))
    lines = []
    for (change, _, element, target), cases in counted.items():
        words = {"element": _name(old, new, element), "target": _name(new, old, target)}
        lines.append(Line(SENTENCES[change].format(**words), cases, change in LOSSES, element))
    return tuple(sorted(lines, key=lambda one: (not one.is_loss, -one.cases, one.text.en)))


def _hindrances(old: Release, new: Release, found: list[dict[str, Any]]) -> tuple[Line, ...]:
    counted = Counter(tuple(one) for each in found for one in each.get("hindrances", ()))
    lines = []
    for (_, element, en, ar, is_choice), cases in counted.items():
        named = _name(old, new, element)
        text = Text(en.replace(f"'{element}'", f"'{named.en}'"), ar.replace(f"'{element}'", f"'{named.in_('ar')}'"))
        lines.append(Line(text, cases, is_loss=True, element=element, is_choice=is_choice))
    return tuple(sorted(lines, key=lambda one: (-one.cases, one.element)))


def _name(first: Release, other: Release, element: str) -> Text:
    named = name_of(first, element)
    return named if named.en != element else name_of(other, element)


SENTENCES = {
    "moved": Text(
        "What waits at '{element}' goes on at '{target}'.", "ما ينتظر عند «{element}» يُستكمل عند «{target}»."
    ),
    "clock_new": Text(
        "The deadline '{element}' is new and begins to count.", "المهلة «{element}» جديدة ويبدأ احتسابها."
    ),
    "clock_changed": Text(
        "The deadline '{element}' has another length; it counts from the same day.",
        "تغيّرت مدة المهلة «{element}»، وتُحتسب من اليوم نفسه.",
    ),
    "clock_gone": Text("The deadline '{element}' falls away.", "تسقط المهلة «{element}»."),
    "event_new": Text("'{element}' can happen from now on.", "يمكن أن يقع «{element}» من الآن فصاعدًا."),
    "event_gone": Text("'{element}' can no longer happen.", "لم يعد من الممكن أن يقع «{element}»."),
    "address_changed": Text("'{element}' goes to somebody else.", "تنتقل مهمة «{element}» إلى مسؤول آخر."),
    "consent_changed": Text(
        "'{element}' needs consent to another purpose than before: until it is given, the task is held.",
        "تتطلب مهمة «{element}» موافقة على غرض آخر: تُعلَّق المهمة حتى تُمنح.",
    ),
    "form_changed": Text(
        "The form of '{element}' is another one; what was half filled in is kept where the question is still there.",
        "تغيّرت استمارة «{element}»؛ ويُحفظ ما أُدخل جزئيًا حيثما بقي السؤال نفسه.",
    ),
    "overdue": Text("'{element}' becomes overdue at once.", "تصبح مهمة «{element}» متأخرة فورًا."),
    "draft_lost": Text(
        "What somebody has half filled in for '{element}' is lost.", "يُفقد ما أدخله أحدهم جزئيًا في «{element}»."
    ),
    "performs": Text(
        "The system carries out '{element}' at once: such a move cannot be taken back.",
        "ينفّذ النظام «{element}» فورًا: لا يمكن إلغاء نقل كهذا.",
    ),
}
"""What each finding means, to somebody who has never programmed."""
