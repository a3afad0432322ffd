"""Comparisons that can never hold are found; those that may hold are left in peace."""

from __future__ import annotations

import json

import pytest

from engine.execution.checking.check import check
from tests.engine.decisions.small_models import data, decision, model, table
from tests.engine.execution.diagrams import diagram, end, flow, gateway, path, start, user
from tests.engine.forms.samples import question

NEEDS = {"food": ("Food", "طعام"), "bed": ("Bed", "سرير")}
YES_NO = {"yes": ("Yes", "نعم"), "no": ("No", "لا")}
FORM = {
    "type": "default",
    "id": "ask",
    "components": [
        question("checkbox", "severe", "Severe?", "شديد؟"),
        question("radio", "agrees", "Agrees?", "موافقة؟", options=YES_NO),
        question("checklist", "needs", "Needs", "الاحتياجات", options=NEEDS),
        question("number", "people", "People", "الأشخاص"),
        question("datetime", "born", "Born", "الميلاد", subtype="date",
                 properties={"classification": "identifying", "becomes": "age"}),
    ],
}  # fmt: skip
KINDS = {"kinds_differ", "option_unknown", "condition_kind"}


def said(condition: str, *parts: str, way: tuple[str, ...] = ("s", "ask", "g", "e"), **files: bytes) -> set[str]:
    """What is said about kinds of a process that asks the form and then chooses by the condition."""
    drawn = diagram(
        "p", start(), user("ask"), *parts, gateway("exclusive", "g", "g-e"), user("more"), end(),
        path(*way), path("more", "e"), flow("g", "more", condition),
    )  # fmt: skip
    every = {"p.bpmn": drawn, "ask.form": json.dumps(FORM).encode()}
    every |= {name.replace("_dot_", "."): content for name, content in files.items()}
    return {problem.code for problem in check(every)} & KINDS


@pytest.mark.parametrize(
    "condition",
    [
        'ask.severe = "yes"',
        'ask.age < "18"',
        "ask.agrees = true",
        'ask.needs = "food"',
        'ask.people + 1 = "3"',
        'ask.age in ("18", "19")',
        'ask.people between "1" and "9"',
        'ask.age in [@"2020-01-01"..@"2021-01-01"]',
        'list contains(ask.agrees, "yes")',
        'count(ask.needs) = "2"',
        "today() > ask.age",
    ],
)
def test_values_of_two_kinds_are_never_equal(condition: str) -> None:
    assert said(condition) == {"kinds_differ"}


@pytest.mark.parametrize(
    "condition",
    [
        'ask.agrees = "maybe"',
        'ask.agrees in ("yes", "maybe")',
        'ask.age_band = "17"',
        'list contains(ask.needs, "water")',
        'not(ask.agrees != "Yes")',
    ],
)
def test_an_answer_that_the_question_does_not_offer_is_named(condition: str) -> None:
    assert said(condition) == {"option_unknown"}


@pytest.mark.parametrize("condition", ["ask.agrees", "ask.people", "ask.severe and ask.agrees", "count(ask.needs)"])
def test_a_condition_that_is_no_yes_or_no_is_named(condition: str) -> None:
    assert said(condition) == {"condition_kind"}


@pytest.mark.parametrize(
    "condition",
    [
        "ask.severe",
        "ask.severe = true and ask.age < 18",
        'ask.agrees = "yes" or ask.agrees = null',
        'ask.age_band in ("0_8", "9_17")',
        'list contains(ask.needs, "food")',
        'some need in ask.needs satisfies need = "food"',
        'count(ask.needs[item = "food"]) > 0',
        'ask.needs = ["food"]',
        "ask.people * 2 > ask.age",
        'given.by_whom = "somebody"',
        "if ask.severe then ask.age > 3 else false",
        'string(ask.age) = "18"',
    ],
)
def test_what_may_hold_is_left_in_peace(condition: str) -> None:
    assert said(condition) == set()


GATE = model(
    data("x", "number") + decision("gate", table("UNIQUE", ['< 18 -> "child"', '>= 18 -> "adult"']), "input:x")
)
RULED = ('<businessRuleTask id="gate"><extensionElements><ihala:input name="x">ask.age</ihala:input>'
         "</extensionElements></businessRuleTask>")  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "codes"),
    [('gate = "child"', set()), ('gate = "chidl"', {"option_unknown"}), ("gate = 18", {"kinds_differ"})],
)
def test_the_values_of_a_table_are_known(condition: str, codes: set[str]) -> None:
    assert said(condition, RULED, way=("s", "ask", "gate", "g", "e"), gate_dot_dmn=GATE) == codes
