"""The steps of a story in words, for whoever reads it beside the diagram."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.rehearsal.expectations import EXPECTATIONS, OF_ELEMENTS, expected_in_words, listed
from engine.rehearsal.scenario import VERBS
from engine.studio.difference.durations import in_words
from engine.studio.parts import Words
from engine.text import Text

Step = Mapping[str, Any]


def in_steps(steps: tuple[Step, ...], names: Words) -> list[Text]:
    """Each step as a sentence. `names`: what people call the elements."""
    return [_told(step, names) for step in steps]


def _told(step: Step, names: Words) -> Text:
    verb = next(verb for verb in VERBS if verb in step)
    return _SENTENCES[verb](step, names)


def _do(step: Step, names: Words) -> Text:
    who = _BY.format(role=step["as"]) if "as" in step else Text("", "")
    answers = _WITH.format(answers=listed(step["answers"])) if step.get("answers") else Text("", "")
    sentence = _IS_REFUSED if step.get("refused") else _IS_DONE
    return sentence.format(task=names.get(str(step["do"]), Text(str(step["do"]))), who=who, answers=answers)


def _expect(step: Step, names: Words) -> Text:
    told = [_expected(kind, what, names) for kind, what in step["expect"].items()]
    return _EXPECTED.format(what=Text("; ".join(one.en for one in told), "؛ ".join(one.ar for one in told)))


def _expected(kind: str, what: object, names: Words) -> Text:
    """One expectation, elements by their names."""
    if kind not in OF_ELEMENTS:
        return expected_in_words(kind, what)
    named = [names.get(str(one), Text(str(one), str(one))) for one in (what if isinstance(what, list) else [what])]
    said = Text(", ".join(f"“{one.en}”" for one in named), "، ".join(f"«{one.ar}»" for one in named))
    return EXPECTATIONS[kind].format(what=said)


_IS_DONE = Text("“{task}” is done{who}{answers}", "تُنجز «{task}»{who}{answers}")
_IS_REFUSED = Text("“{task}” cannot be done{who}{answers}", "يُرفض إنجاز «{task}»{who}{answers}")
_BY = Text(" by {role}", " من \u2068{role}\u2069")
_WITH = Text(": {answers}", ": \u2068{answers}\u2069")
_PASSES = Text("Time passes: {time}", "يمضي من الوقت: \u2068{time}\u2069")
_UNTIL = Text("Time passes until {moment}", "يمضي الوقت حتى \u2066{moment}\u2069")
_MESSAGE = Text("The message {name} arrives", "تصل الرسالة \u2068{name}\u2069")
_SIGNAL = Text("The signal {name} is given", "تُطلق الإشارة \u2068{name}\u2069")
_OUTSIDE = Text("Outside of the process: {what}", "خارج الإجراء: \u2068{what}\u2069")
_EXPECTED = Text("Expected: {what}", "المتوقع: {what}")
_SENTENCES: Mapping[str, Callable[[Step, Words], Text]] = {
    "do": _do,
    "wait": lambda step, _: _PASSES.format(time=in_words(str(step["wait"]))),
    "until": lambda step, _: _UNTIL.format(moment=step["until"]),
    "send": lambda step, _: _MESSAGE.format(name=step["send"]["message"]),
    "signal": lambda step, _: _SIGNAL.format(name=step["signal"]["name"]),
    "world": lambda step, _: _OUTSIDE.format(what=listed(step["world"])),
    "expect": _expect,
}
