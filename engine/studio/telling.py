"""A story in words, for whoever reads it beside the diagram: who does what and when, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.clock import WorkingCalendar
from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.forms import Form
from engine.forms.answers import Moment, Unfit, typed_value
from engine.rehearsal.expectations import EXPECTATIONS, OF_ELEMENTS, expected_in_words
from engine.rehearsal.scenario import Scenario
from engine.rehearsal.shape import VERBS
from engine.studio.difference import durations
from engine.studio.naming import Words
from engine.studio.words import CONSENT_STATES, plain_words
from engine.text import Text
from engine.wording import in_words as answer_in_words

Step = Mapping[str, Any]
Pairs = list[tuple[Text, Text]]


@dataclass(frozen=True, slots=True)
class Told:
    """One step as a sentence, and what was said in it: each question with its answer. `verb` is what the step does."""

    verb: str
    sentence: Text
    answers: Pairs


def beginning(scenario: Scenario, words: Words) -> Told:
    """Where and when the story begins, and what it begins with."""
    said = _BEGINS_AT if scenario.at else _BEGINS
    sentence = said.format(moment=words.moment(scenario.starts), start=words.element(scenario.at))
    came = [(Text(path, path), plain_words(value)) for path, value in _ends({**scenario.variables, **scenario.payload})]
    return Told("begins", sentence, came)


def in_steps(scenario: Scenario, words: Words) -> list[Told]:
    """Each step in words, clocks with the moment to which they are moved."""
    told, now = [], scenario.starts
    for step in scenario.steps:
        now = _moved(step, now, words.calendar)
        told.append(in_words(step, now, words))
    return told


def in_words(step: Step, now: datetime, words: Words, doer: Text | None = None) -> Told:
    """One step, after which it is `now`. `doer`: who does the task, where it is known better than by its lane."""
    verb = next(verb for verb in VERBS if verb in step)
    return Told(verb, _sentence(verb, step, words, now, doer), _said(verb, step, words, now))


def _sentence(verb: str, step: Step, words: Words, now: datetime, doer: Text | None) -> Text:
    if verb == "do":
        return _do(step, words, doer)
    if verb == "wait":
        time = durations.in_words(str(step["wait"]), working=bool(step.get("working")))
        return _PASSES.format(time=time, moment=words.moment(now))
    if verb == "until":
        return _UNTIL.format(moment=words.moment(now))
    if verb == "world":
        return _joined([_OUTSIDE[key].format(what=_outside(key, what, words)) for key, what in step["world"].items()])
    if verb == "expect":
        return _EXPECTED.format(what=_joined([_expected(kind, what, words) for kind, what in step["expect"].items()]))
    return (
        _MESSAGE.format(name=step["send"]["message"]) if verb == "send" else _SIGNAL.format(name=step["signal"]["name"])
    )


def _do(step: Step, words: Words, doer: Text | None) -> Text:
    task = str(step["do"])
    role = doer or words.role(step.get("as"), task)
    which = _WHICH.format(which=_which(step, words)) if "where" in step or "number" in step else Text("", "")
    said = _IS_REFUSED if step.get("refused") else _IS_DONE
    return said.format(task=words.element(task), which=which, who=_BY.format(role=role) if role else Text("", ""))


def _which(step: Step, words: Words) -> Text:
    """Which of several tasks of one step it is."""
    number = [_NUMBER.format(number=step["number"])] if "number" in step else []
    seen = (step.get("where") or {}).items()
    return _joined([*(words.answer(path, value) for path, value in seen), *number])


def _said(verb: str, step: Step, words: Words, now: datetime) -> Pairs:
    """What was answered, or what a message carries."""
    if verb == "do":
        form, answers = words.form(str(step["do"])), step.get("answers") or {}
        moment = Moment(now, words.calendar.zone)
        return [_answered(form, key, value, moment) for key, value in answers.items()]
    carried = (step[verb].get("payload") or {}) if verb in ("send", "signal") else {}
    return [(Text(path, path), plain_words(value)) for path, value in _ends(carried)]


def _answered(form: Form | None, key: str, value: object, moment: Moment) -> tuple[Text, Text]:
    """What was answered in the words of the form; as the story writes it where the form does not ask it so."""
    field = form.field(key) if form is not None else None
    if field is None:
        return Text(key, key), plain_words(value)
    try:
        return field.label, answer_in_words(field, typed_value(field, value, moment), moment.zone)
    except Unfit:
        return field.label, plain_words(value)


def _expected(kind: str, what: object, words: Words) -> Text:
    """One expectation, elements by their names."""
    if kind not in OF_ELEMENTS:
        return expected_in_words(kind, what)
    named = [words.element(one) for one in (what if isinstance(what, list) else [what])]
    said = Text(", ".join(f"“{one.en}”" for one in named), "، ".join(f"«{one.in_('ar')}»" for one in named))
    return EXPECTATIONS[kind].format(what=said if named else _NONE)


def _outside(key: str, what: object, words: Words) -> Text:
    if key != "consents" or not isinstance(what, Mapping):
        return _EVERY if what == "all" else plain_words(what)
    states = [(words.purpose(name), CONSENT_STATES.get(str(state), plain_words(state))) for name, state in what.items()]
    return _joined([_CONSENT.format(purpose=purpose, state=state) for purpose, state in states])


def _moved(step: Step, now: datetime, calendar: WorkingCalendar) -> datetime:
    """Where the clock stands after the step; where it stood, if it cannot be moved so, which playing it says."""
    try:
        if "until" in step:
            until = step["until"]
            moved = until if isinstance(until, datetime) else datetime.fromisoformat(str(until))
            return moved if moved.tzinfo else now
        length = feel.evaluate(f'duration("{step["wait"]}")', {}) if "wait" in step else None
        if not isinstance(length, timedelta):
            return now
        return calendar.after_working_days(now, length.days) if step.get("working") else now + length
    except (ValueError, OverflowError, DecisionError):
        return now


def _ends(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _ends(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _joined(parts: Sequence[Text]) -> Text:
    return Text("; ".join(one.en for one in parts), "؛ ".join(one.in_("ar") for one in parts))


_BEGINS = Text("It begins on {moment}", "تبدأ يوم {moment}")
_BEGINS_AT = Text("It begins on {moment} with “{start}”", "تبدأ يوم {moment} بـ«{start}»")
_IS_DONE = Text("“{task}”{which} is done{who}", "تُنجز «{task}»{which}{who}")
_IS_REFUSED = Text("“{task}”{which} cannot be done{who}", "يُرفض إنجاز «{task}»{which}{who}")
_WHICH = Text(" ({which})", " ({which})")
_NUMBER = Text("number {number}", "رقم {number}")
_BY = Text(" by {role}", " من \u2068{role}\u2069")
_PASSES = Text("Time passes: {time}. It is then {moment}", "يمضي من الوقت: \u2068{time}\u2069، فيحل {moment}")
_UNTIL = Text("Time passes until {moment}", "يمضي الوقت حتى {moment}")
_MESSAGE = Text("The message {name} arrives", "تصل الرسالة \u2068{name}\u2069")
_SIGNAL = Text("The signal {name} is given", "تُطلق الإشارة \u2068{name}\u2069")
_OUTSIDE = {
    "consents": Text("Consent: {what}", "الموافقة: {what}"),
    "matches": Text("Earlier cases that a search finds: {what}", "عدد الملفات السابقة التي يجدها البحث: {what}"),
    "fill": Text("All beds are taken: {what}", "كل الأسرّة مشغولة: {what}"),
    "empty": Text("Beds are free again: {what}", "الأسرّة شاغرة من جديد: {what}"),
    "outrun": Text(
        "Somebody else takes the last bed at the same moment: {what}", "يسبق آخرون إلى آخر سرير في اللحظة نفسها: {what}"
    ),
}
_EVERY = Text("every shelter", "كل دور الإيواء")
_CONSENT = Text("{purpose}: {state}", "{purpose}: {state}")
_EXPECTED = Text("Expected: {what}", "المتوقع: {what}")
_NONE = Text("none", "لا شيء")
