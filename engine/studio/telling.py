"""The steps of a story in words, for whoever reads it beside the diagram."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms import Form, FormProblem
from engine.rehearsal.expectations import EXPECTATIONS, OF_ELEMENTS, expected_in_words, listed
from engine.rehearsal.shape import VERBS
from engine.studio.difference.durations import in_words
from engine.studio.parts import Words
from engine.text import Text

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One step as a sentence, and what was answered in it: each question with its answer."""

    sentence: Text
    answers: list[tuple[Text, Text]]


def in_steps(steps: tuple[Step, ...], names: Words, files: Mapping[str, bytes]) -> list[Told]:
    """Each step in words. `names`: what people call the elements; `files` hold the forms of the tasks."""
    forms = {path.rpartition("/")[2].removesuffix(".form"): path for path in files if path.endswith(".form")}
    return [_told(step, names, files.get(forms.get(str(step.get("do")), ""))) for step in steps]


def _told(step: Step, names: Words, form: bytes | None) -> Told:
    verb = next(verb for verb in VERBS if verb in step)
    answers = step.get("answers") if verb == "do" else None
    return Told(_SENTENCES[verb](step, names), _answered(answers, form) if isinstance(answers, Mapping) else [])


def _answered(answers: Mapping[str, Any], content: bytes | None) -> list[tuple[Text, Text]]:
    """What was answered in the words of the form; as the story writes it where the form does not ask it."""
    try:
        form = Form.load(content) if content is not None else None
    except FormProblem:
        form = None
    found = []
    for key, value in answers.items():
        field = form.field(key) if form is not None else None
        chosen = {option.value: option.text for option in field.options} if field is not None else {}
        given = [chosen.get(str(one), _plain(one)) for one in (value if isinstance(value, list) else [value])]
        answer = Text(", ".join(one.en for one in given) or "-", "، ".join(one.in_("ar") for one in given) or "-")
        found.append((field.label if field is not None else _plain(key), answer))
    return found


def _plain(value: object) -> Text:
    """What the form has no words for: yes and no, and what was typed, which may be of either language."""
    if isinstance(value, bool):
        return Text("yes", "نعم") if value else Text("no", "لا")
    return Text(listed(value), f"\u2068{listed(value)}\u2069")


def _do(step: Step, names: Words) -> Text:
    who = _BY.format(role=step["as"]) if "as" in step else Text("", "")
    sentence = _IS_REFUSED if step.get("refused") else _IS_DONE
    return sentence.format(task=names.get(str(step["do"]), Text(str(step["do"]))), who=who)


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


_IS_DONE = Text("“{task}” is done{who}", "تُنجز «{task}»{who}")
_IS_REFUSED = Text("“{task}” cannot be done{who}", "يُرفض إنجاز «{task}»{who}")
_BY = Text(" by {role}", " من \u2068{role}\u2069")
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
