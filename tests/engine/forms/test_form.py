"""A whole form: order, hidden questions, lists, variables and record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from engine.forms import Form, FormErrors, FormProblem, merged, with_item, without_item
from tests.engine.forms.conftest import CAIRO, NOW, Accept, Read
from tests.engine.forms.samples import (
    IDENTIFYING,
    LANGUAGES,
    LONG_FORM,
    SENSITIVE,
    YES_NO,
    form_of,
    group,
    question,
)

INTERPRETER = form_of(
    question("radio", "interpreter", "Interpreter?", "مترجم؟", options=YES_NO),
    question(
        "select",
        "language",
        "Language",
        "اللغة",
        options=LANGUAGES,
        validate={"required": True},
        conditional={"hide": '=interpreter != "yes"'},
    ),
)
CHILDREN = form_of(
    question(
        "dynamiclist",
        "children",
        "Children",
        "الأبناء",
        components=[
            question("textfield", "name", "Name", "الاسم", properties=IDENTIFYING),
            question("number", "years", "Age", "العمر", validate={"max": 17}),
        ],
    )
)
BIRTH = form_of(
    question(
        "datetime",
        "born_on",
        "Born on",
        "تاريخ الميلاد",
        properties={**IDENTIFYING, "becomes": "age", "precision": "year"},
    )
)


def test_errors_stand_in_the_order_of_the_form(read: Read) -> None:
    assert list(read(LONG_FORM).errors) == ["happened_at", "interpreter", "sex", "read_back"]


def test_top_groups_are_the_pages_of_a_long_form() -> None:
    assert [section.title.en for section in LONG_FORM.sections] == ["The referral", "The person", "Safety"]


def test_a_single_group_makes_no_pages() -> None:
    form = form_of(group("only", "Only", "فقط", question("checkbox", "a", "A", "أ")))
    assert [section.title.en for section in form.sections] == [""]


def test_a_hidden_question_is_not_asked(read: Read) -> None:
    assert "language" not in read(INTERPRETER, interpreter="no").shown


def test_the_answer_to_a_hidden_question_is_dropped(accept: Accept) -> None:
    assert accept(INTERPRETER, interpreter="no", language="ara").record == {"interpreter": "no"}


def test_a_question_that_opened_by_the_answers_is_no_error_but_unasked(read: Read) -> None:
    answers = read(INTERPRETER, interpreter="yes")
    assert (dict(answers.errors), answers.unasked, answers.is_complete) == ({}, ("language",), False)


def test_a_question_that_was_on_the_page_must_be_answered(read: Read) -> None:
    answers = read(INTERPRETER, interpreter="yes", language__asked="1")
    assert answers.errors["language"].en == "Select the language"


def test_a_rule_may_ask_the_process(read: Read) -> None:
    form = form_of(question("textfield", "a", "A", "أ", conditional={"hide": '=profile.path = "child"'}))
    assert "a" not in read(form, {"profile": {"path": "child"}}).shown


def test_a_variable_the_process_has_not_set_hides_nothing(read: Read) -> None:
    form = form_of(question("textfield", "a", "A", "أ", conditional={"hide": '=profile.path = "child"'}))
    assert "a" in read(form).shown


def test_a_hidden_group_hides_its_questions(read: Read) -> None:
    inner = question("textfield", "b", "B", "ب")
    form = form_of(
        question("checkbox", "a", "A", "أ"), group("g", "G", "ج", inner, conditional={"hide": "=not(a = true)"})
    )
    assert "b" not in read(form).shown


def test_the_items_of_a_list_are_contexts(read: Read) -> None:
    answers = read(CHILDREN, children__item=["0", "3"], **{"children-0-name": "سلمى", "children-3-years": "٧"})
    assert answers.values == {"children": [{"name": "سلمى"}, {"years": Decimal(7)}]}


def test_an_error_in_a_list_names_its_item(read: Read) -> None:
    answers = read(CHILDREN, children__item=["0", "1"], **{"children-1-years": "30"})
    assert answers.errors["children-1-years"].en == "Children 2: The age must be 17 or less"


def test_a_list_grows_by_a_post() -> None:
    assert with_item({"children-item": ["0", "4"]}, "children")["children-item"] == ["0", "4", "5"]


def test_a_list_shrinks_with_all_that_was_typed_in_the_item() -> None:
    typed = {"children-item": ["0", "1"], "children-0-name": ["a"], "children-1-name": ["b"]}
    assert without_item(typed, "children", "0") == {"children-item": ["1"], "children-1-name": ["b"]}


def test_only_coded_answers_that_identify_nobody_become_variables(accept: Accept) -> None:
    form = form_of(
        question("radio", "coded", "C", "ج", options=YES_NO, properties=SENSITIVE),
        question("radio", "identifying", "I", "ه", options=YES_NO, properties=IDENTIFYING),
        question("radio", "granted", "G", "م", options=YES_NO, properties={**SENSITIVE, "grant": "exploiter"}),
        question("textfield", "free", "F", "ح"),
    )
    assert accept(form, coded="yes", identifying="yes", granted="yes", free="x").variables == {"coded": "yes"}


def test_every_answer_goes_to_the_record(accept: Accept) -> None:
    form = form_of(question("textfield", "free", "F", "ح"), question("checkbox", "box", "B", "ب"))
    assert accept(form, free="x", box=True).record == {"free": "x", "box": True}


def test_a_question_without_an_answer_is_a_null_variable(accept: Accept) -> None:
    assert accept(form_of(question("number", "n", "N", "ن"))).variables == {"n": None}


def test_of_a_list_only_the_coded_answers_are_variables(accept: Accept) -> None:
    variables = accept(CHILDREN, children=[{"name": "سلمى", "years": 7}]).variables
    assert variables == {"children": [{"years": Decimal(7)}]}


@pytest.mark.parametrize(
    ("born", "age", "band", "is_estimated"),
    [
        ("2008-03-01", 18, "18_20", False),
        ("2008-03-02", 17, "9_17", False),
        ("2008", 17, "9_17", True),
        ("2008-02", 18, "18_20", True),
        ("2008-03", 17, "9_17", True),
        ("2017-06-01", 8, "0_8", False),
        ("1970-01-01~", 56, "48_plus", True),
    ],
)
def test_a_birth_date_becomes_an_age_and_doubt_the_younger_one(
    accept: Accept, born: str, age: int, band: str, is_estimated: bool
) -> None:
    form = form_of(
        question(
            "datetime",
            "born_on",
            "Born on",
            "تاريخ",
            properties={**IDENTIFYING, "becomes": "age", "precision": "estimated"},
        )
    )
    expected = {"age": Decimal(age), "age_band": band, "age_estimated": is_estimated}
    assert accept(form, born_on=born).variables == expected


def test_an_unknown_birth_date_leaves_the_age_unknown(accept: Accept) -> None:
    assert accept(BIRTH).variables == {"age": None, "age_band": None, "age_estimated": None}


def test_nobody_is_born_tomorrow(accept: Accept) -> None:
    with pytest.raises(FormErrors):
        accept(BIRTH, born_on=date(2026, 3, 2))


def test_typed_answers_come_back_as_they_would_be_typed(accept: Accept) -> None:
    given = {
        "happened_at": "2026-03-01T08:05",
        "interpreter": "yes",
        "language": "amh",
        "sex": "Feminine",
        "born_on": "1990~",
        "children_with": 1,
        "children": [{"child_name": "سلمى", "child_age": 3}],
        "read_back": True,
    }
    record = accept(LONG_FORM, **given).record
    typed = LONG_FORM.as_typed(record, now=NOW, zone=CAIRO)
    assert LONG_FORM.read(typed, {}, now=NOW, zone=CAIRO).values == record


def test_an_unknown_answer_is_refused(accept: Accept) -> None:
    with pytest.raises(FormErrors) as refused:
        accept(BIRTH, colour="blue")
    assert refused.value.errors["colour"].en == "This form asks no question “colour”"


@pytest.mark.parametrize("value", [5, ["x"], True, {"a": 1}])
def test_a_text_is_never_something_else(accept: Accept, value: object) -> None:
    with pytest.raises(FormErrors):
        accept(form_of(question("textfield", "t", "T", "ت")), t=value)


@pytest.mark.parametrize("value", [True, "x", [1], float("nan"), float("inf")])
def test_a_number_is_never_something_else(accept: Accept, value: object) -> None:
    with pytest.raises(FormErrors):
        accept(form_of(question("number", "n", "N", "ن")), n=value)


@pytest.mark.parametrize("value", ["x", 5, [5], {"a": 1}])
def test_a_list_is_never_something_else(accept: Accept, value: object) -> None:
    with pytest.raises(FormErrors):
        accept(CHILDREN, children=value)


def test_a_draft_takes_over_one_page_with_its_unticked_boxes() -> None:
    draft = {"needs": ["food"], "sex": ["Feminine"], "happened_at-day": ["1"]}
    page = LONG_FORM.sections[0].fields
    assert merged(draft, {"happened_at-day": ["2"], "csrf_token": ["x"]}, page) == {
        "sex": ["Feminine"],
        "happened_at-day": ["2"],
    }


def test_a_draft_takes_over_a_list_of_its_page() -> None:
    draft = {"children-item": ["0", "1"], "children-0-child_name": ["a"], "children-1-child_name": ["b"]}
    assert merged(draft, {"children-item": ["0"]}, LONG_FORM.sections[1].fields) == {"children-item": ["0"]}


def test_the_schema_of_a_form_is_a_schema() -> None:
    Draft202012Validator.check_schema(LONG_FORM.json_schema())


def test_the_schema_takes_what_the_form_takes() -> None:
    answers = {"happened_at": "2026-03-01T08:05:00+02:00", "interpreter": "no", "sex": "Feminine", "read_back": True}
    assert list(Draft202012Validator(LONG_FORM.json_schema()).iter_errors(answers)) == []


def test_a_required_question_that_may_be_hidden_is_not_required_by_the_schema() -> None:
    assert INTERPRETER.json_schema()["required"] == []


@pytest.mark.parametrize("content", [b"", b"[]", b'{"components": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(FormProblem):
        Form.load(content)
