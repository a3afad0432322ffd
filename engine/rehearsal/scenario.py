"""Stories a mechanism must be able to tell: read from a file, played on a rehearsal, told apart where they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import yaml

from engine import plain_yaml
from engine.decisions import feel
from engine.errors import Refusal
from engine.rehearsal.acting import Acting
from engine.rehearsal.expectations import expected_in_words, value_in_words
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.shape import VERBS, faults, steps_of
from engine.rehearsal.views import Instance, NoSuchBeginning, WaitingTask
from engine.text import Text

LONGEST = timedelta(days=20 * 366)
"""The clock is moved by no more at once: twenty years."""


class ScenarioUnreadable(Refusal):
    """The file is no scenario."""

    sentence = Text(
        "{file} is no scenario: {found}. Expected: {expected}. Whoever wrote the scenario can mend it.",
        "الملف {file} ليس سيناريو: {found}. المتوقع: {expected}. يمكن لكاتب السيناريو تصحيحه.",
    )


class StoryDiffers(Refusal):
    """The mechanism did not do what the story tells."""

    sentence = Text(
        "Step {step} of the story differs: expected {expected}, found {found}.",
        "الخطوة {step} من القصة تختلف: المتوقع {expected}، والموجود {found}.",
    )

    @property
    def step(self) -> int:
        """The number of the step, from 1."""
        return int(str(self.values["step"]))


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story: where it starts, and what happens step by step. Times are aware; durations ISO 8601."""

    name: str
    title: Text
    process: str
    starts: datetime
    variables: Mapping[str, object]
    steps: tuple[Mapping[str, object], ...]
    at: str = ""
    """The start event that something has triggered; the one without a trigger where empty."""
    payload: Mapping[str, object] = field(default_factory=dict)
    """What came with the message or signal that it begins with."""


def read(name: str, content: bytes) -> Scenario:
    """The scenario in a YAML file; raises `ScenarioUnreadable` with the place and what was expected."""
    try:
        told = plain_yaml.load(content)
    except yaml.YAMLError as problem:
        raise ScenarioUnreadable(file=name, found=str(problem).splitlines()[0], expected="YAML") from problem
    return scenario_of(name, told)


def scenario_of(name: str, told: Any) -> Scenario:
    """The scenario that a file of that name holds; raises `ScenarioUnreadable` with the first thing that is wrong."""
    for found, expected in faults(told):
        raise ScenarioUnreadable(file=name, found=found, expected=expected)
    begins = told.get("begins") or {}
    return Scenario(
        name,
        _title(told["title"]),
        told["process"],
        _moment(told["starts"], name),
        told.get("variables") or {},
        tuple(steps_of(told)),
        str(begins.get("at", "")),
        begins.get("payload") or {},
    )


def play(scenario: Scenario, rehearsal: Rehearsal) -> Instance:
    """Play the story; raises `StoryDiffers` at the first step that differs. Returns the started instance."""
    one = begin(scenario, rehearsal)
    for number, step in enumerate(scenario.steps, 1):
        try:
            act(rehearsal, one, step, number)
        except StoryDiffers:
            raise
        except Refusal as refusal:
            raise StoryDiffers(step=number, expected=_SUCCESS, found=refusal.text) from refusal
    return one


def begin(scenario: Scenario, rehearsal: Rehearsal) -> Instance:
    """Start the story's process where the story begins. Raises `NoSuchBeginning`."""
    process = rehearsal.mechanism.processes.get(scenario.process)
    if process is None:
        raise NoSuchBeginning(found=scenario.process, known=", ".join(sorted(rehearsal.mechanism.processes)))
    if scenario.at and scenario.at not in {name for one in process.beginnings for name in (one.element, one.node)}:
        raise NoSuchBeginning(found=scenario.at, known=", ".join(one.element for one in process.beginnings))
    return rehearsal.start(scenario.process, scenario.variables, at=scenario.at, payload=scenario.payload)


def act(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    """Take one step of a story; raises `StoryDiffers`."""
    verb = next(verb for verb in VERBS if verb in step)
    _ACTS[verb](rehearsal, one, step, number)
    expected = step["expect"] if verb == "expect" else {}
    if one.state == "failed" and not (isinstance(expected, dict) and expected.get("state") == "failed"):
        raise StoryDiffers(step=number, expected=_SUCCESS, found=one.problem or "-")


def _title(told: object) -> Text:
    return Text(str(told.get("en", "")), str(told.get("ar", ""))) if isinstance(told, dict) else Text(str(told))


def _moment(told: object, name: str) -> datetime:
    try:
        moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ScenarioUnreadable(
            file=name, found=str(told), expected="a moment with its offset, as 2026-03-01T09:00:00+02:00"
        )
    return moment


def _do(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    wanted = str(step["do"])
    task = meant(rehearsal, step)
    if task is None:
        is_held = any(t.element == wanted for t in rehearsal.held)
        raise StoryDiffers(
            step=number, expected=(_HELD if is_held else _WAITS).format(task=wanted), found=_open(rehearsal)
        )
    acting = Acting(str(step["as"]), person=str(step.get("person", ""))) if "as" in step else None
    try:
        rehearsal.complete(task, step.get("answers") or {}, acting)  # type: ignore[arg-type]
    except Refusal as refusal:
        if step.get("refused"):
            return
        raise StoryDiffers(step=number, expected=_DONE.format(task=wanted), found=refusal.text) from refusal
    if step.get("refused"):
        raise StoryDiffers(step=number, expected=_REFUSED.format(task=wanted), found=_DONE.format(task=wanted))


def meant(rehearsal: Rehearsal, step: Mapping[str, object]) -> WaitingTask | None:
    """The open task that a step completes: the first one, or that of its `number`, of those that fit."""
    where: Mapping[str, object] = step.get("where") or {}  # type: ignore[assignment]
    fitting = [task for task in rehearsal.tasks if task.element == step["do"] and _is_where(task, where)]
    return next(iter(fitting[int(str(step.get("number", 1))) - 1 :]), None)


def _wait(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    length = feel.evaluate(f'duration("{step["wait"]}")', {})
    if not isinstance(length, timedelta) or not timedelta() <= length <= LONGEST:
        raise StoryDiffers(step=number, expected=_DURATION, found=step["wait"])
    rehearsal.advance(
        rehearsal.calendar.after_working_days(rehearsal.clock.now(), length.days) if step.get("working") else length
    )


def _until(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    until, now = _moment(step["until"], f"step {number}"), rehearsal.clock.now()
    if not now <= until <= now + LONGEST:
        raise StoryDiffers(step=number, expected=_LATER.format(now=_told_moment(now)), found=_told_moment(until))
    rehearsal.advance(until)


def _send(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    told: Mapping[str, object] = step["send"]  # type: ignore[assignment]
    reached = rehearsal.send(str(told["message"]), told.get("payload") or {}, told.get("keys") or {})  # type: ignore[arg-type]
    if reached is None:
        raise StoryDiffers(step=number, expected=_RECEIVER.format(message=told["message"]), found=_NOBODY)


def _signal(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    told: Mapping[str, object] = step["signal"]  # type: ignore[assignment]
    rehearsal.signal(str(told["name"]), told.get("payload") or {})  # type: ignore[arg-type]


def _world(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    """Change the world from outside: `matches: 1`, `consents: {purpose: given}`; `fill`, `empty` or `outrun: shelter`.

    `all` fills or empties every shelter; `outrun` lets somebody else take the bed as the case reserves it.
    """
    told: Mapping[str, object] = step["world"]  # type: ignore[assignment]
    for key, value in told.items():
        if key == "matches":
            rehearsal.world.matches = int(str(value))
        elif key in ("fill", "empty"):
            rehearsal.world.set_beds(str(value), taken=key == "fill")
        elif key == "outrun":
            rehearsal.world.outrun.add(str(value))
        elif key == "consents" and isinstance(value, dict):
            rehearsal.world.consents.setdefault(one.id, {}).update(value)
        else:
            raise StoryDiffers(step=number, expected=_WORLDLY, found=key)


def _expect(rehearsal: Rehearsal, one: Instance, step: Mapping[str, object], number: int) -> None:
    expectations: Mapping[str, object] = step["expect"]  # type: ignore[assignment]
    for kind, expected in expectations.items():
        difference = _EXPECTED[kind](rehearsal, one, expected)
        if difference:
            raise StoryDiffers(
                step=number, expected=expected_in_words(kind, expected), found=value_in_words(kind, difference)
            )


def _told_moment(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")


def _is_where(task: WaitingTask, where: Mapping[str, object]) -> bool:
    return all(feel.evaluate(path, task.variables) == value for path, value in where.items())


def _open(rehearsal: Rehearsal) -> Text:
    names = ", ".join(sorted(task.element for task in rehearsal.tasks))
    return Text(names) if names else _NO_TASK


def _names(expected: object) -> set[str]:
    return {str(one) for one in expected} if isinstance(expected, list) else {str(expected)}


def _missing(expected: object, found: set[str]) -> str:
    return ", ".join(sorted(found)) or "-" if _names(expected) - found else ""


def _present(expected: object, found: set[str]) -> str:
    return ", ".join(sorted(_names(expected) & found))


def _unequal(expected: object, found: Callable[[str], object]) -> str:
    pairs = expected.items() if isinstance(expected, dict) else []
    return "; ".join(f"{key} = {found(key)!r}" for key, value in pairs if found(key) != value)


_ACTS: Mapping[str, Callable[[Rehearsal, Instance, Mapping[str, object], int], None]] = {
    "do": _do,
    "wait": _wait,
    "until": _until,
    "expect": _expect,
    "send": _send,
    "signal": _signal,
    "world": _world,
}
_EXPECTED: Mapping[str, Callable[[Rehearsal, Instance, object], str]] = {
    "open": lambda r, one, e: _missing(e, {t.element for t in r.tasks}),
    "not_open": lambda r, one, e: _present(e, {t.element for t in r.tasks}),
    "held": lambda r, one, e: _missing(e, {t.element for t in r.held}),
    "timers": lambda r, one, e: _missing(e, {t.element.id for t in r.timers}),
    "variables": lambda r, one, e: _unequal(e, lambda path: feel.evaluate(path, one.variables)),
    "consents": lambda r, one, e: _unequal(e, lambda purpose: r.world.consents.get(one.id, {}).get(purpose)),
    "team": lambda r, one, e: _unequal(e, lambda role: r.world.teams.get(one.id, {}).get(role)),
    "beds": lambda r, one, e: _unequal(e, lambda shelter: len(r.world.free_beds(shelter, r.clock.now()))),
    "notices": lambda r, one, e: _missing(e, {notice.kind for notice in r.world.notices}),
    "forgotten": lambda r, one, e: "" if (one.id in r.world.forgotten) is e else str(not e),
    "state": lambda r, one, e: "" if one.state == e else one.state,
    "passed": lambda r, one, e: _missing(e, set(one.trace)),
    "not_passed": lambda r, one, e: _present(e, set(one.trace)),
}

_SUCCESS = Text("a step that succeeds", "خطوة تنجح")
_WAITS = Text("open task {task}", "المهمة \u2068{task}\u2069 مفتوحة")
_HELD = Text(
    "open task {task} (it is held: its consent is missing)",
    "المهمة \u2068{task}\u2069 مفتوحة (وهي موقوفة لعدم توفر الموافقة)",
)
_NO_TASK = Text("no open task", "لا مهام مفتوحة")
_DONE = Text("the task {task} completed", "المهمة \u2068{task}\u2069 منجزة")
_REFUSED = Text("the task {task} refused", "رفض إنجاز المهمة \u2068{task}\u2069")
_DURATION = Text(
    "a duration as PT24H or P5D, at most twenty years",
    "مدة مثل \u2066PT24H\u2069 أو \u2066P5D\u2069 لا تزيد على عشرين سنة",
)
_LATER = Text(
    "a moment after {now}, at most twenty years later", "لحظة بعد \u2066{now}\u2069 بما لا يزيد على عشرين سنة"
)
_RECEIVER = Text("somebody who waits for the message {message}", "من ينتظر الرسالة \u2068{message}\u2069")
_NOBODY = Text("nobody", "لا أحد")
_WORLDLY = Text(
    "matches, consents, fill, empty or outrun",
    "أحد \u2066matches, consents, fill, empty, outrun\u2069",
)
