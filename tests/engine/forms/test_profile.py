"""What a form may not hold is said, in both languages, at its component."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.errors import Problem
from engine.forms import Form
from tests.engine.forms.samples import IDENTIFYING, LONG_FORM, YES_NO, form_of, group, question

WORKFLOWS = Path(__file__).parents[3] / "workflows"


def only(*components: dict[str, Any]) -> Problem:
    problems = form_of(*components).problems()
    assert len(problems) == 1, list(map(str, problems))
    return problems[0]


def text(**more: Any) -> dict[str, Any]:
    return question("textfield", "a", "A", "أ", **more)


def test_a_form_in_the_profile_has_no_problems() -> None:
    assert [one for one in LONG_FORM.problems() if one.element != "documents"] == []


def test_a_form_that_asks_for_a_file_is_not_published() -> None:
    assert [one.severity for one in LONG_FORM.problems() if one.element == "documents"] == ["not_publishable"]


@pytest.mark.parametrize("file", sorted(WORKFLOWS.rglob("*.form")), ids=lambda file: file.stem)
def test_every_form_of_the_mechanism_keeps_the_profile(file: Path) -> None:
    assert [str(problem) for problem in Form.load(file.read_bytes(), file.name).problems()] == []


@pytest.mark.parametrize("kind", ["html", "iframe", "expression", "table", "button", None])
def test_other_components_are_refused(kind: str | None) -> None:
    assert "cannot hold a component" in only({"type": kind, "id": "x"}, text()).text.en


def test_a_problem_names_its_element() -> None:
    assert only(text(), {"type": "html", "id": "frame"}).element == "frame"


@pytest.mark.parametrize(
    "more",
    [
        {"onclick": "alert(1)"},
        {"valuesExpression": "=x"},
        {"properties": {"colour": "red"}},
        {"disabled": True},
        {"readonly": "=x"},
        {"validate": {"minLength": "=x"}},
        {"validate": {"maxLength": -1}},
        {"validate": {"min": 3}},
        {"validate": {"required": "yes"}},
        {"validate": {"pattern": "("}},
        {"validate": {"pattern": "(a+)+$"}},
        {"validate": {"pattern": "((a|a))*$"}},
        {"validate": {"pattern": ".*.*.*x"}},
        {"validate": {"minLength": 9, "maxLength": 3}},
        {"conditional": {"show": "=b"}},
        {"conditional": {"hide": 5}},
        {"conditional": "=b"},
        {"validate": {"validationType": "iban"}},
        {"hint": ("{{ name }}", "الاسم")},
        {"hint": ("<b>now</b>", "الآن")},
        {"hint": ("=name", "الاسم")},
        {"properties": {"becomes": "age"}},
        {"properties": {"precision": "year"}},
        {"properties": {"happened": "true"}},
        {"properties": {"match": "face"}},
        {"properties": {"grant": "Two words"}},
        {"conditional": {"hide": "=1 +"}},
        {"conditional": {"hide": "=a = 1"}},
    ],
    ids=str,
)
def test_what_would_not_work_cannot_run(more: dict[str, Any]) -> None:
    assert only(text(**more)).severity == "cannot_run"


@pytest.mark.parametrize(
    "component",
    [
        {**text(), "label": ""},
        {**text(), "properties": {"classification": "operational"}},
        {**text(), "properties": {"label_ar": "أ"}},
        {**text(), "properties": {"label_ar": "أ", "classification": "secret"}},
        {**text(), "description": "Only English"},
    ],
    ids=["no English label", "no Arabic label", "no classification", "unknown classification", "no Arabic hint"],
)
def test_what_lacks_words_or_classification_is_not_publishable(component: dict[str, Any]) -> None:
    assert {problem.severity for problem in form_of(component).problems()} == {"not_publishable"}


@pytest.mark.parametrize("pattern", ["^[0-9]{14}$", r"^[A-Z]\d+-\d+$", r"^\(\+\*\)$", "^(EG|SD)?[*+{]$"])
def test_a_plain_pattern_is_allowed(pattern: str) -> None:
    assert form_of(text(validate={"pattern": pattern})).problems() == []


@pytest.mark.parametrize("attribute", ["components", "values"])
def test_a_list_of_something_else_is_refused(attribute: str) -> None:
    component = question("radio", "a", "A", "أ", options=YES_NO) if attribute == "values" else group("g", "G", "ج")
    problems = form_of({**component, attribute: ["x"]}, question("checkbox", "b", "B", "ب")).problems()
    assert f"“{attribute}” must be a list of objects." in [problem.text.en for problem in problems]


def test_a_key_is_used_once() -> None:
    assert "used twice" in only(text(), text()).text.en


@pytest.mark.parametrize("key", ["", "Name", "1st", "a-b", "اسم", "and", "x" * 65])
def test_a_key_is_a_word(key: str) -> None:
    assert "no word an expression can use" in only(question("textfield", key, "A", "أ")).text.en


def test_the_age_belongs_to_the_birth_date() -> None:
    birth = question("datetime", "born_on", "Born", "الميلاد", properties={**IDENTIFYING, "becomes": "age"})
    assert "used twice" in only(birth, question("number", "age", "Age", "العمر")).text.en


@pytest.mark.parametrize("options", [{}, {"": ("None", "لا شيء")}])
def test_a_choice_needs_options_with_values(options: dict[str, tuple[str, str]]) -> None:
    assert "at least one option" in only(question("radio", "r", "R", "ر", options=options)).text.en


def test_an_option_is_in_both_languages() -> None:
    radio = question("radio", "r", "R", "ر", options=YES_NO)
    del radio["properties"]["option_ar:no"]
    assert only(radio).text.en == "option no is missing in Arabic."


def test_a_rule_asks_only_what_comes_before() -> None:
    first = text(conditional={"hide": "=b = true"})
    assert "comes only later" in only(first, question("checkbox", "b", "B", "ب")).text.en


def test_a_list_holds_no_list() -> None:
    inner = question("dynamiclist", "inner", "I", "د", components=[text()])
    assert only(question("dynamiclist", "outer", "O", "خ", components=[inner])).element == "inner"


def test_a_group_gathers_no_answers_of_its_own() -> None:
    assert "path" in only(group("g", "G", "ج", text(), path="g")).text.en


def test_every_problem_is_said_in_arabic_too() -> None:
    problems = form_of({"type": "html"}, text(onclick="x"), text(validate={"min": 1})).problems()
    assert all(problem.text.ar and problem.mend.ar for problem in problems)
