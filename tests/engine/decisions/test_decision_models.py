"""Requirement graphs, boxed expressions, services, types and imports of DMN models."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.decisions import DecisionError, decide, dmn, evaluate
from tests.engine.decisions.small_models import data, decision, knowledge, model, text

CONTEXT = (
    f'<context><contextEntry><variable name="first part"/>{text("x + 1")}</contextEntry>'
    f'<contextEntry><variable name="b"/>{text("first part * 2")}</contextEntry>'
)
BOXES = [
    (CONTEXT + "</context>", {"first part": 3, "b": 6}),
    (f"{CONTEXT}<contextEntry>{text('b + 1')}</contextEntry></context>", 7),
    (f"<list>{text('x')}{text('x + 1')}</list>", [2, 3]),
    (
        f'<relation><column name="a"/><column name="b"/><row>{text("1")}{text("x")}</row></relation>',
        [{"a": 1, "b": 2}],
    ),
    (f"<conditional><if>{text('x > 1')}</if><then>{text('1')}</then><else>{text('0')}</else></conditional>", 1),
    (f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > x')}</match></filter>", [3]),
    (f'<for iteratorVariable="i"><in>{text("[1, 2]")}</in><return>{text("i * x")}</return></for>', [2, 4]),
    (f'<for iteratorVariable="i"><in>{text("1..3")}</in><return>{text("count(partial)")}</return></for>', [0, 1, 2]),
    (f'<some iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i = x")}</satisfies></some>', True),
    (f'<every iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i = x")}</satisfies></every>', False),
    (
        f'<invocation>{text("double it")}<binding><parameter name="n"/>{text("x")}</binding></invocation>',
        4,
    ),
    (text("double it(x) + 1"), 5),
    (text("double it(n: x)"), 4),
    (text('"two"', "number"), None),
    (
        f'<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="n"/>'
        f"{text('if n = 0 then 0 else n + f(n - 1)')}</functionDefinition></contextEntry>"
        f"<contextEntry>{text('f(x)')}</contextEntry></context>",
        3,
    ),
    ("", None),
]


@pytest.mark.parametrize(("box", "expected"), BOXES)
def test_boxed_expression_gives_its_value(box: str, expected: object) -> None:
    content = data("x") + knowledge("double it", "n", text("n * 2")).replace('id="double it"', 'id="double"')
    assert decide(model(content + decision("d", box, "input:x knowledge:double")), "d", {"x": 2}) == expected


@pytest.mark.parametrize(
    "namespace",
    ["http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/"],
)
def test_older_versions_of_dmn_are_read(namespace: str) -> None:
    assert decide(model(decision("d", text("1 + 1")), dmn=namespace), "d", {}) == 2


def test_decision_uses_decisions_it_requires() -> None:
    content = data("x") + decision("a", text("x + 1"), "input:x") + decision("b", text("a * 2"), "decision:a")
    assert decide(model(content), "b", {"x": 1}) == 4


def test_decision_sees_only_what_it_requires() -> None:
    assert decide(model(data("x") + decision("a", text("x = null"))), "a", {"x": 1}) is True


def test_knowledge_model_is_asked_with_its_parameters() -> None:
    assert decide(model(knowledge("k", "n m", text("n - m"))), "k", {"n": 5, "m": 2}) == 3


def test_knowledge_models_may_call_themselves() -> None:
    assert decide(model(knowledge("k", "n", text("if n < 2 then 1 else n * k(n - 1)"))), "k", {"n": 5}) == 120


SERVICE = (
    data("x")
    + decision("a", text("x + 1"), "input:x")
    + decision("b", text("a * 2"), "decision:a")
    + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#b"/><inputDecision href="#a"/>'
    + "</decisionService>"
)


def test_decision_service_takes_its_input_decisions() -> None:
    assert decide(model(SERVICE), "s", {"a": 10, "x": 1}) == 20


def test_decision_service_is_called_as_a_function() -> None:
    assert decide(model(SERVICE + decision("c", text("s(3)"), "knowledge:s")), "c", {}) == 6


TYPES = (
    '<itemDefinition name="stage"><typeRef>string</typeRef><allowedValues><text>"open", "closed"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="person"><itemComponent name="age"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="stage"><typeRef>stage</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="ages" isCollection="true"><typeRef>number</typeRef><allowedValues><text>[0..120]</text>'
    "</allowedValues></itemDefinition>"
    '<itemDefinition name="few"><typeRef>ages</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint>'
    "</itemDefinition>"
)
CONVERSIONS = [
    ("stage", "open", "open"),
    ("stage", "lost", None),
    ("person", {"age": 3, "stage": "open"}, {"age": 3, "stage": "open"}),
    ("person", {"age": "3", "stage": "open"}, None),
    ("person", {"age": 3}, {"age": 3, "stage": None}),
    ("ages", [1, 200], None),
    ("ages", 7, [7]),
    ("number", [7], 7),
    ("few", [1, 2], [1, 2]),
    ("few", [1, 2, 3], None),
    ("number", "7", None),
]


@pytest.mark.parametrize(("type_ref", "given", "expected"), CONVERSIONS)
def test_input_is_converted_to_its_type_or_null(type_ref: str, given: object, expected: object) -> None:
    assert (
        decide(model(TYPES + data("x", type_ref) + decision("d", text("x"), "input:x")), "d", {"x": given}) == expected
    )


def test_result_is_converted_to_its_type() -> None:
    found = decide(model(decision("d", text('date("2026-01-01")'), type_ref="date and time")), "d", {})
    assert found == datetime(2026, 1, 1, tzinfo=UTC)


IMPORTED = model(
    TYPES + data("x") + decision("base rate", text("x + 1"), "input:x").replace('id="base rate"', 'id="r"'), "urn:a"
)
IMPORT = '<import name="shared" namespace="urn:a" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'


def test_imported_decision_stands_under_the_name_of_the_import() -> None:
    content = IMPORT + decision("d", text("shared.base rate * 2"), "decision:r").replace("#r", "urn:a#r")
    assert decide(model(content), "d", {"x": 2}, {"urn:a": IMPORTED}) == 6


def test_imported_type_is_known() -> None:
    assert (
        decide(model(IMPORT + decision("d", text('"lost"'), type_ref="shared.stage")), "d", {}, {"a": IMPORTED}) is None
    )


def test_missing_import_is_refused() -> None:
    with pytest.raises(DecisionError, match="urn:a was not given"):
        dmn.load(model(IMPORT))


def test_decisions_in_a_circle_are_refused() -> None:
    content = decision("a", text("b"), "decision:b") + decision("b", text("a"), "decision:a")
    with pytest.raises(DecisionError, match="in a circle"):
        decide(model(content), "a", {})


def test_unknown_decision_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(DecisionError, match="it has: d"):
        decide(model(decision("d", text("1"))), "e", {})


@pytest.mark.parametrize(
    "xml",
    [
        b"<!DOCTYPE definitions [<!ENTITY a 'b'>]><definitions/>",
        b"<!DOCTYPE definitions SYSTEM 'file:///etc/passwd'><definitions/>",
        b"<definitions>",
        b"<other/>",
        b"",
        b"<definitions>" + b" " * (5 * 1024 * 1024) + b"</definitions>",
        b"<a>" * 500 + b"</a>" * 500,
    ],
)
def test_unsafe_or_foreign_file_is_refused(xml: bytes) -> None:
    with pytest.raises(DecisionError):
        dmn.load(xml)


def test_model_has_its_arabic_name() -> None:
    assert dmn.load(model("")).name.in_("ar") == "اختبار"


def test_external_function_is_told_and_gives_null() -> None:
    loaded = dmn.load(
        model(knowledge("k", "n", text("1")).replace("<encapsulatedLogic", '<encapsulatedLogic kind="Java"'))
    )
    assert (loaded.evaluate("k", {"n": 1}), len(loaded.problems())) == (None, 1)


def test_inputs_a_decision_depends_on_are_told() -> None:
    content = data("x") + data("y") + decision("a", text("x"), "input:x") + decision("b", text("a"), "decision:a")
    assert [node.name for node in dmn.load(model(content)).required_inputs("b")] == ["x"]


def test_feel_is_evaluated_by_itself() -> None:
    assert evaluate("x + 1", {"x": 1}) == 2
