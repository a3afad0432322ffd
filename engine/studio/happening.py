"""What followed from a step of a play, in words: who did what and when, clocks and messages, consents, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.execution import Mechanism
from engine.notices import OTHER, WORDS
from engine.rehearsal.recording import Place
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.views import Happened, WaitingTask
from engine.studio.choosing import choices
from engine.studio.nodes import nodes_of
from engine.studio.vocabulary import Vocabulary
from engine.studio.words import CONSENT_STATES
from engine.text import Text

Decision = tuple[str, Sequence[Place]]
"""The name of a decision that was made, and the rows it rests on."""
Rows = Mapping[Place, tuple[Text, Text]]
"""The name of the table and the words of each row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, and when."""

    at: datetime
    text: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a rehearsal is: what comes after it has happened since."""

    happened: int
    notices: int
    decided: int
    open: frozenset[str]
    held: frozenset[str]
    consents: Mapping[tuple[str, str], str]
    teams: Mapping[tuple[str, str], str]


def standing(rehearsal: Rehearsal, decided: Sequence[Decision]) -> Standing:
    """How far it is now."""
    world = rehearsal.world
    return Standing(
        len(rehearsal.happened),
        len(world.notices),
        len(decided),
        frozenset(task.id for task in rehearsal.tasks),
        frozenset(task.id for task in rehearsal.held),
        {(case, purpose): state for case, states in world.consents.items() for purpose, state in states.items()},
        {(case, role): place for case, team in world.teams.items() for role, place in team.items()},
    )


class Telling:
    """Tells what happened in rehearsals of one mechanism."""

    def __init__(self, mechanism: Mechanism, rows: Rows, vocabulary: Vocabulary) -> None:
        self._mechanism, self._rows, self._vocabulary = mechanism, rows, vocabulary
        self._events = nodes_of(mechanism)

    def since(self, before: Standing, rehearsal: Rehearsal, decided: Sequence[Decision]) -> list[Line]:
        """Everything since then but a task that somebody completed, in its order; where it stands now comes last."""
        now, world = rehearsal.clock.now(), rehearsal.world
        decisions = list(decided[before.decided :])
        lines = [line for one in rehearsal.happened[before.happened :] for line in self._happened(one, decisions)]
        lines += [Line(now, self._decided(rows)) for rows in _by_decision(decisions)]
        after = standing(rehearsal, decided)
        for (_, purpose), state in _new(before.consents, after.consents):
            name = self._mechanism.purposes.get(purpose, Text(purpose, purpose))
            lines.append(Line(now, _CONSENT.format(purpose=name, state=CONSENT_STATES.get(state, Text(state, state)))))
        for (_, role), place in _new(before.teams, after.teams):
            organisation = world.directory.organisations.get(place)
            name = organisation.name if organisation else Text(place, place)
            lines.append(Line(now, _JOINS.format(organisation=name, role=self.role(role))))
        for notice in world.notices[before.notices :]:
            what = WORDS.get(notice.kind, OTHER).format(number=notice.case.removeprefix("case-"))
            lines.append(Line(now, _TOLD.format(role=self.role(notice.role), what=what)))
        lines += [Line(now, text) for text in self._waiting(rehearsal.tasks, before.open, _WAITS)]
        lines += [Line(now, text) for text in self._waiting(rehearsal.held, before.held, _HELD)]
        return lines

    def role(self, role: str) -> Text:
        """What people call a role."""
        return self._mechanism.roles.get(role, Text(role, role))

    def doer(self, before: Standing, rehearsal: Rehearsal) -> Text:
        """Who has completed a task since then; nothing where nobody has."""
        for one in rehearsal.happened[before.happened :]:
            if one.person:
                role, _, number = one.person.rpartition("-")
                return _SECOND.format(role=self.role(role)) if number != "1" else self.role(role)
        return Text("")

    def _happened(self, one: Happened, decisions: list[Decision]) -> Iterator[Line]:
        process = self._mechanism.processes.get(one.process)
        element = process.elements.get(one.element) if process else None
        if element is None:
            return
        node = self._events.get((one.process, one.element))
        said = None if one.person else _SENTENCES.get((one.event, element.kind))
        sentence = said(node.trigger.kind if node else "none") if said else None
        if sentence is not None:
            yield Line(one.at, sentence.format(name=element.name or Text(element.id, element.id)))
        if one.event == "completed" and element.kind == "businessRuleTask":
            asked = self._events[one.process, one.element].decision
            made = next((decision for decision in decisions if decision[0] == asked), None)
            if made is not None:
                decisions.remove(made)
                yield Line(one.at, self._decided(made[1]))

    def _decided(self, rows: Sequence[Place]) -> Text:
        known = [self._rows[place] for place in rows if place in self._rows]
        said = [_ROW_OF.format(table=table, row=row) for table, row in known]
        if not said:
            return _NO_ROW
        return Text("; ".join(one.en for one in said), "؛ ".join(one.in_("ar") for one in said))

    def _waiting(self, tasks: Sequence[WaitingTask], before: frozenset[str], sentence: Text) -> Iterator[Text]:
        """The tasks that wait now and did not before."""
        for one in choices(tasks, self._vocabulary):
            if one.task.id not in before:
                name = one.task.name or Text(one.task.element, one.task.element)
                which = _WHICH.format(which=one.about) if one.about else Text("", "")
                yield sentence.format(name=name, which=which, role=self.role(one.task.role) or _ANYBODY)


def _by_decision(decisions: Sequence[Decision]) -> Iterator[Sequence[Place]]:
    """What operations decided, each decision with all rows it rests on once: they ask it of every candidate."""
    together: dict[str, dict[Place, None]] = {}
    for name, rows in decisions:
        together.setdefault(name, {}).update(dict.fromkeys(rows))
    return (list(rows) for rows in together.values())


def _new(
    before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, str], str]]:
    return ((key, value) for key, value in after.items() if before.get(key) != value)


_WITHDRAWN = Text("“{name}” is withdrawn", "سُحبت «{name}»")
_ENDED = Text("“{name}” has ended", "انتهى «{name}»")
_BY_ITSELF = Text("“{name}” is done by the system", "نفّذ النظام «{name}»")
_BEGINS = Text("It begins: “{name}”", "البداية: «{name}»")
_ENDS = Text("An end is reached: “{name}”", "بلغ نهاية: «{name}»")
_CAUGHT = {
    "timer": Text("The clock “{name}” has run out", "انقضى موعد «{name}»"),
    "message": Text("A message has come: “{name}”", "وصلت رسالة: «{name}»"),
    "signal": Text("A signal has come: “{name}”", "وصلت إشارة: «{name}»"),
    "escalation": Text("It was escalated: “{name}”", "جرى التصعيد: «{name}»"),
    "error": Text("A failure is dealt with: “{name}”", "عولج تعذّر: «{name}»"),
    "conditional": Text("A condition now holds: “{name}”", "تحقق شرط: «{name}»"),
}
_THROWN = {
    "message": Text("A message is sent: “{name}”", "أُرسلت رسالة: «{name}»"),
    "signal": Text("A signal is given: “{name}”", "أُطلقت إشارة: «{name}»"),
    "escalation": Text("It escalates: “{name}”", "تصعيد: «{name}»"),
    "error": Text("It ends in a failure: “{name}”", "انتهى بتعذّر: «{name}»"),
}
_HAPPENED = Text("“{name}” has happened", "حدث «{name}»")
_SECOND = Text("{role} (a second person)", "{role} (شخص ثانٍ)")
_ROW_OF = Text("The table “{table}” decided. {row}", "قرار الجدول «{table}»: {row}")
_ANYBODY = Text("anybody", "أي شخص")
_NO_ROW = Text("A decision was made in which no row of a table matched", "اتُّخذ قرار لم ينطبق فيه أي صف من جدول")
_CONSENT = Text("Consent to “{purpose}”: {state}", "الموافقة على «{purpose}»: {state}")
_JOINS = Text("{organisation} joins the team as: {role}", "انضمت {organisation} إلى الفريق بصفة: {role}")
_TOLD = Text("A notice to: {role}. {what}", "إشعار إلى: {role}. {what}")
_WAITS = Text("“{name}”{which} now waits for: {role}", "«{name}»{which} في انتظار: {role}")
_HELD = Text(
    "“{name}”{which} waits for a consent (role: {role})", "«{name}»{which} معلّقة إلى حين الموافقة (الدور: {role})"
)
_WHICH = Text(" ({which})", " ({which})")
_Sentence = Callable[[str], Text | None]


def _always(sentence: Text) -> _Sentence:
    return lambda _: sentence


def _caught(trigger: str) -> Text | None:
    return _CAUGHT.get(trigger, _HAPPENED)


def _at_end(trigger: str) -> Text | None:
    return _THROWN.get(trigger, _ENDS)


_SENTENCES: Mapping[tuple[str, str], _Sentence] = {
    **{("cancelled", kind): _always(_WITHDRAWN) for kind in ("userTask", "manualTask", "task", "callActivity")},
    **{("completed", kind): _always(_ENDED) for kind in ("callActivity", "subProcess", "transaction")},
    **{("completed", kind): _always(_BY_ITSELF) for kind in ("serviceTask", "sendTask")},
    **{("fired", kind): _caught for kind in ("boundaryEvent", "intermediateCatchEvent", "receiveTask", "startEvent")},
    ("completed", "startEvent"): lambda trigger: _BEGINS if trigger == "none" else _CAUGHT.get(trigger, _BEGINS),
    ("completed", "endEvent"): _at_end,
    ("completed", "intermediateThrowEvent"): lambda trigger: _THROWN.get(trigger),
}
