"""What a story expects at one of its moments, as questions: what can be so, what is so, and what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.notices import OTHER, WORDS
from engine.rehearsal.expectations import STATES, listed
from engine.studio.playing import Play
from engine.studio.start_data import lines
from engine.text import Text

CHOSEN = ("open", "not_open", "held", "timers", "passed", "not_passed", "notices")
"""Expected by ticking; the rest but the state is written, one `name = value` a line."""
WRITTEN = ("variables", "consents", "team", "beds")
HEADINGS: Mapping[str, Text] = {
    "state": Text("How does the process stand?", "كيف حال الإجراء؟"),
    "open": Text("These tasks are open", "هذه المهام مفتوحة"),
    "not_open": Text("These tasks are not open", "هذه المهام غير مفتوحة"),
    "held": Text("These tasks wait for a consent", "هذه المهام معلّقة إلى حين الموافقة"),
    "timers": Text("These clocks run", "هذه المواعيد جارية"),
    "passed": Text("These steps were passed", "مرّ الإجراء بهذه الخطوات"),
    "not_passed": Text("These steps were not passed", "لم يمر الإجراء بهذه الخطوات"),
    "notices": Text("These notices were sent", "أُرسلت هذه الإشعارات"),
    "variables": Text("Values", "القيم"),
    "consents": Text("Consents", "الموافقات"),
    "team": Text("The team", "الفريق"),
    "beds": Text("Free beds", "الأسرّة الشاغرة"),
    "forgotten": Text("The person was forgotten", "مُحيت بيانات الشخص"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be expected; `is_so` at this moment of the story."""

    value: str
    words: Text
    is_expected: bool
    is_so: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind that can be expected."""

    kind: str
    heading: Text
    things: list[Thing]


@dataclass(frozen=True, slots=True)
class Expectable:
    """The questions: `groups` to tick, the state to choose, and what is written by hand."""

    state: str
    state_now: Text
    groups: list[Group]
    written: Mapping[str, str]
    forgotten: str

    @property
    def is_written(self) -> bool:
        """Whether something is expected that is no tick."""
        return bool(self.forgotten or any(self.written.values()))


def expectable(play: Play, expected: Mapping[str, Any]) -> Expectable:
    """What can be expected where the play stands, with what is expected already."""
    state = str(expected.get("state", ""))
    groups = [Group(kind, HEADINGS[kind], _things(kind, play, expected)) for kind in CHOSEN]
    by_hand = {kind: _as_lines(expected.get(kind)) for kind in WRITTEN}
    forgotten = {"True": "yes", "False": "no"}.get(str(expected.get("forgotten")), "")
    state_now = STATES.get(play.one.state, Text(play.one.state))
    return Expectable(state, state_now, [group for group in groups if group.things], by_hand, forgotten)


def expectation(chosen: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The step that expects what was ticked, chosen and written. Raises `ValueUnreadable`."""
    expected: dict[str, Any] = {}
    for name, kinds in (("state", ("state",)), ("chosen", CHOSEN), ("written", WRITTEN)):
        for kind in kinds:
            found = [value for value in chosen.get(kind, ()) if value]
            if found:
                expected[kind] = found[0] if name == "state" else lines(found[0]) if name == "written" else found
    forgotten = next(iter(chosen.get("forgotten", ())), "")
    if forgotten in ("yes", "no"):
        expected["forgotten"] = forgotten == "yes"
    return {"expect": expected}


def _things(kind: str, play: Play, expected: Mapping[str, Any]) -> list[Thing]:
    listed_now = expected.get(kind)
    wanted = [str(one) for one in (listed_now if isinstance(listed_now, list) else [listed_now] if listed_now else [])]
    so = _so(kind, play)
    possible = dict.fromkeys([*so, *wanted, *_also(kind, play)])
    return [Thing(one, _words(kind, one, play), one in wanted, one in so) for one in possible]


def _so(kind: str, play: Play) -> list[str]:
    """What is so where the play stands; of what is not open or was not passed, everything else that could be."""
    rehearsal = play.rehearsal
    found: Iterable[str] = {
        "open": (task.element for task in rehearsal.tasks),
        "held": (task.element for task in rehearsal.held),
        "timers": (timer.element.id for timer in rehearsal.timers),
        "passed": play.one.trace,
        "notices": (notice.kind for notice in rehearsal.world.notices),
        "not_open": (one for one in _tasks(play) if one not in {task.element for task in rehearsal.tasks}),
        "not_passed": (one for one in play.process.elements if one not in play.one.trace),
    }[kind]
    return list(dict.fromkeys(found))


def _also(kind: str, play: Play) -> list[str]:
    """What is not so, and may still be expected: the story then says that it goes otherwise."""
    if kind == "open":
        return _tasks(play)
    return list(play.process.elements) if kind == "passed" else []


def _tasks(play: Play) -> list[str]:
    """The tasks of the process, and of those that go on in it."""
    processes = [play.process, *(living.process for living in play.living)]
    return [one.id for process in processes for one in process.elements.values() if one.kind == "userTask"]


def _words(kind: str, value: str, play: Play) -> Text:
    if kind == "notices":
        return WORDS.get(value, OTHER).format(number="1")
    return play.scenery.words.element(value)


def _as_lines(values: object) -> str:
    if not isinstance(values, Mapping):
        return ""
    return "\n".join(f"{name} = {_as_feel(value)}" for name, value in values.items())


def _as_feel(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false"}.get(value, "null")  # type: ignore[arg-type]
    return f'"{value}"' if isinstance(value, str) else listed(value)
