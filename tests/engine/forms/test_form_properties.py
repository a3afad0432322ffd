"""Whatever is typed or sent, a form answers with sentences: it never breaks or lets through what does not fit."""

from __future__ import annotations

import json
import string
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.forms import Field, Form, FormErrors, FormProblem
from tests.engine.forms.samples import LONG_FORM

NOW, ZONE = datetime(2026, 3, 1, 9, tzinfo=UTC), ZoneInfo("Africa/Cairo")
WORKFLOWS = Path(__file__).resolve().parents[3] / "workflows"
FORMS = [LONG_FORM, *(Form.load(file.read_bytes(), file.name) for file in sorted(WORKFLOWS.rglob("*.form")))]

ODD_TEXTS = st.sampled_from(
    ["", " ", "٢٧", "۱۲", "yes", "no", "true", "0", "-1", "1e400", "NaN", "٣٫٥", "31", "2026-02-30", "24:61", "a@b",
     "\x00", "\u202e", "<script>", "x" * 20_000, "+201012345678", "💙", "\ud800"]
)  # fmt: skip
TEXTS = st.one_of(ODD_TEXTS, st.text(max_size=12))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
PARTS = ("", "-day", "-month", "-year", "-hour", "-minute", "-estimated", "-asked", "-item", "-0-age", "-1-name")
"""What stands behind the key of a question in the names of a page."""


def option_or(field: Field, others: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Something that may fit the question, beside much that does not."""
    fitting: list[object] = [one.value for one in field.options]
    fitting += {"number": [3, "3", 2.5], "checkbox": [True, False], "datetime": ["2026-01-31", "10:30"]}.get(
        field.kind, []
    )
    return st.one_of(st.sampled_from(fitting or ["some words"]), others)


@st.composite
def answers_of(draw: st.DrawFn, form: Form) -> dict[str, object]:
    """Typed answers to some of the questions, and to some that nobody asked."""
    asked = {field.key: draw(option_or(field, VALUES)) for field in form.fields if draw(st.booleans())}
    return {**asked, **draw(st.dictionaries(st.text(string.ascii_lowercase, min_size=9), VALUES, max_size=1))}


@st.composite
def pages_of(draw: st.DrawFn, form: Form) -> dict[str, list[str]]:
    """What a browser, or somebody who plays one, may post."""
    keys = st.sampled_from([field.key for field in form.fields] or ["nothing"])
    names = st.builds(lambda key, part: f"{key}{part}", keys, st.sampled_from(PARTS))
    fitting = [one.value for field in form.fields for one in field.options] or ["yes"]
    return draw(st.dictionaries(names, st.lists(st.one_of(st.sampled_from(fitting), TEXTS), max_size=3), max_size=12))


def accepted(form: Form, answers: dict[str, object]) -> tuple[dict[str, object], dict[str, object]] | None:
    """Variables and record, or None where the form refuses the answers, each with a sentence in both languages."""
    try:
        found = form.accept(answers, {}, now=NOW, zone=ZONE)
    except FormErrors as refusal:
        for text in refusal.errors.values():
            assert text.en
            assert text.ar
        return None
    return dict(found.variables), dict(found.record)


def forms_with(made: object) -> st.SearchStrategy[tuple[Form, object]]:
    return st.sampled_from(FORMS).flatmap(lambda form: st.tuples(st.just(form), made(form)))  # type: ignore[operator]


@given(forms_with(pages_of))
@settings(max_examples=150)
def test_reading_a_page_never_breaks(posted: tuple[Form, dict[str, list[str]]]) -> None:
    form, typed = posted
    found = form.read(typed, {}, now=NOW, zone=ZONE)
    assert all(text.en and text.ar for text in found.errors.values())


@given(forms_with(pages_of))
@settings(max_examples=100)
def test_a_page_that_has_no_error_is_accepted(posted: tuple[Form, dict[str, list[str]]]) -> None:
    form, typed = posted
    found = form.read(typed, {}, now=NOW, zone=ZONE)
    if found.is_complete:
        assert accepted(form, dict(found.values)) is not None


@given(forms_with(answers_of))
@settings(max_examples=150)
def test_sent_answers_are_accepted_or_refused_in_words(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    accepted(form, answers)


@given(forms_with(answers_of))
@settings(max_examples=100)
def test_what_was_accepted_is_accepted_again_as_it_is(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    once = accepted(form, answers)
    if once is not None:
        assert accepted(form, once[1]) == once


@given(forms_with(answers_of))
@settings(max_examples=100)
def test_the_order_of_the_answers_does_not_matter(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    assert accepted(form, answers) == accepted(form, dict(reversed(answers.items())))


@given(forms_with(answers_of))
@settings(max_examples=100)
def test_only_questions_of_the_form_are_answered(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    found = accepted(form, answers)
    if found is not None:
        assert found[1].keys() <= {field.key for field in form.fields}


@given(forms_with(answers_of))
@settings(max_examples=100)
def test_nothing_free_or_identifying_becomes_a_variable(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    found = accepted(form, answers)
    private = {field.key for field in form.fields if not field.is_variable and field.kind != "dynamiclist"}
    if found is not None:
        assert not private & found[0].keys()


@given(forms_with(answers_of))
@settings(max_examples=100)
def test_a_chosen_answer_is_one_of_the_options(sent: tuple[Form, dict[str, object]]) -> None:
    form, answers = sent
    found = accepted(form, answers)
    for field in form.fields if found is not None else []:
        value = found[1].get(field.key) if found else None
        if field.kind in ("radio", "select") and value is not None:
            assert field.option(value)


@given(st.one_of(st.binary(max_size=60), VALUES.map(lambda value: json.dumps(value).encode())))
@settings(max_examples=100)
def test_a_file_that_is_no_form_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(FormProblem):
        Form.load(content, "odd.form")


KINDS = ["textfield", "number", "radio", "checklist", "dynamiclist", "group", "datetime", "text", "filepicker", "odd"]
RULES = ["required", "min", "max", "minLength", "maxLength", "pattern", "validationType"]
MEANINGS = ["classification", "becomes", "precision", "match", "grant", "happened", "identity", "label_ar"]


def some_of(names: list[str]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), VALUES, max_size=3)


COMPONENTS = st.deferred(
    lambda: st.fixed_dictionaries(
        {"type": st.one_of(st.sampled_from(KINDS), VALUES)},
        optional={
            "key": st.one_of(st.sampled_from(["a", "b"]), VALUES),
            "path": VALUES,
            "label": VALUES,
            "values": st.one_of(st.lists(some_of(["value", "label"]), max_size=2), VALUES),
            "validate": st.one_of(some_of(RULES), VALUES),
            "properties": st.one_of(some_of(MEANINGS), VALUES),
            "conditional": st.one_of(some_of(["hide"]), VALUES),
            "components": st.one_of(st.lists(COMPONENTS, max_size=2), VALUES),
            "appearance": st.one_of(some_of(["prefixAdorner"]), VALUES),
            "subtype": VALUES,
            "decimalDigits": VALUES,
            "defaultValue": VALUES,
        },
    )
)
"""Components as a careless editor, or somebody with a text editor, might leave them."""


@given(st.lists(st.one_of(VALUES, COMPONENTS), max_size=4))
@settings(max_examples=150)
def test_odd_components_are_problems_and_never_break(components: list[object]) -> None:
    form = Form.load(json.dumps({"type": "default", "components": components}).encode(), "odd.form")
    assert all(problem.text.ar for problem in form.problems())
