"""Names, errors, limits and paths of FEEL."""

from __future__ import annotations

import uuid
from collections import ChainMap
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.decisions import DecisionError, feel
from engine.decisions.printing import to_string

NAMES = [
    ("date of birth", {"date of birth": 7}, 7),
    ("a - b", {"a - b": 7, "a": 1, "b": 1}, 7),
    ("a - b", {"a": 5, "b": 1}, 4),
    ("a-b", {"a - b": 7}, 7),
    ("عمر الشخص + 1", {"عمر الشخص": 17}, 18),
    ("person.date of birth", {"person": {"date of birth": 3}}, 3),
    ("person.Pre-approval", {"person": {"Pre-approval": 3}}, 3),
    ("items[unit price > 2].unit price", {"items": [{"unit price": 1}, {"unit price": 3}]}, [3]),
    ("time in shelter * 2", {"time in shelter": 4}, 8),
    ("for this item in [1, 2] return this item + 1", {}, [2, 3]),
    ("(function(first value) first value * 2)(4)", {}, 8),
    ("count", {"count": 3}, 3),
    ("nobody declared this", {}, None),
    ("if done then 1 else 2", {"done": True}, 1),
    ("/* why */ 1 // because", {}, 1),
]


@pytest.mark.parametrize(("expression", "scope", "expected"), NAMES)
def test_longest_name_in_scope_is_read(expression: str, scope: dict[str, object], expected: object) -> None:
    assert feel.evaluate(expression, scope) == expected


ERRORS = [
    ("1 +", 3),
    ("(1", 2),
    ("[1, 2", 5),
    ('"open', 0),
    ("1 2", 2),
    ("if a then b", 11),
    ("for x in y", 10),
    ("a & b", 2),
    ("x in ()", 6),
    ("{a 1}", 5),
    ("1، 2", 1),
    ("1e7000", 0),
    ("", 0),
]


@pytest.mark.parametrize(("expression", "position"), ERRORS)
def test_syntax_error_says_where(expression: str, position: int) -> None:
    with pytest.raises(DecisionError) as caught:
        feel.parse(expression)
    assert caught.value.position == position


@pytest.mark.parametrize(("expression", "position"), ERRORS)
def test_syntax_error_is_said_in_both_languages(expression: str, position: int) -> None:
    with pytest.raises(DecisionError) as caught:
        feel.parse(expression)
    assert caught.value.reason.en
    assert caught.value.reason.ar


ENDLESS = [
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")',
    "string(for i in 1..40 return partial)",
    "for i in 1..40 return partial",
    "(for i in 1..40 return partial) = (for i in 1..40 return partial)",
    "for i in 1..100000 return upper case(" + '"' + "x" * 5_000 + '")',
    "for i in 1..10000000 return i",
    "for i in 1..10000, j in 1..10000 return i",
    "some x in 1..100000000 satisfies x < 0",
    "{f: function(n) f(n + 1), r: f(1)}.r",
    "(" * 500 + "1" + ")" * 500,
    "-" * 500 + "1",
    "1" + "+1" * 5000,
    "a" + ".a" * 5000,
    "count(for i in 1..1000 return for j in 1..1000 return 1)",
    "{a: "
    + '"'
    + "x" * 50_000
    + '"'
    + ", "
    + ", ".join(f"a{i}: a{i - 1 or ''} + a{i - 1 or ''}" for i in range(1, 30))
    + "}",
]


@pytest.mark.parametrize("expression", ENDLESS)
def test_expression_beyond_the_limits_is_refused(expression: str) -> None:
    with pytest.raises(DecisionError):
        feel.evaluate(expression)


def test_runtime_error_names_its_expression() -> None:
    with pytest.raises(DecisionError) as caught:
        feel.evaluate("for i in 1..10000000 return i")
    assert caught.value.expression == "for i in 1..10000000 return i"


def test_python_is_not_reached() -> None:
    assert feel.evaluate('__import__("os").system("true")') is None


PATHS = [
    ("person.age > 17 and stage = 1", {("person", "age"), ("stage",)}),
    ("for x in xs return x + y", {("xs",), ("y",)}),
    ("some x in a.b satisfies x.c", {("a", "b")}),
    ("count(xs)", {("xs",)}),
    ("{a: b, c: a}", {("b",)}),
    ("function(x) x + z", {("z",)}),
    ("items[price > 1]", {("items",), ("items", "price")}),
    ("now() > due", {("due",)}),
]


@pytest.mark.parametrize(("expression", "expected"), PATHS)
def test_paths_are_the_names_read_from_outside(expression: str, expected: set[tuple[str, ...]]) -> None:
    assert feel.parse(expression).paths() == expected


def test_declared_name_inside_a_filter_is_no_property() -> None:
    assert feel.parse("items[price > limit]", ["limit", "items"]).paths() == {
        ("items",),
        ("items", "price"),
        ("limit",),
    }


CELLS = [
    ("-", 5, True),
    ("", 5, True),
    ("< 5", 4, True),
    ("[1..5]", 6, False),
    ('"a", "b"', "b", True),
    ('not("a", "b")', "c", True),
    ("not(< 5)", 7, True),
    ("? > 3 and ? < 6", 5, True),
    ("limit", 5, True),
    ("< limit", 5, False),
    ("limit > 3", "anything", True),
    ("true", False, False),
    ("null", None, True),
    ("> 5", "text", None),
    ('ends with(?, "a")', "ba", True),
    ('not(contains(?, "x"))', "abc", True),
    ("[1, 2, 3]", 2, True),
]


@pytest.mark.parametrize(("cell", "value", "expected"), CELLS)
def test_cell_matches_its_input(cell: str, value: object, expected: bool | None) -> None:
    assert feel.parse_unary(cell, ["limit"]).evaluate(value, {"limit": 5}) is expected


def test_now_is_the_moment_that_was_given() -> None:
    moment = datetime(2026, 3, 1, 22, tzinfo=UTC)
    assert feel.evaluate("[now(), today()]", now=moment) == [moment, date(2026, 3, 1)]


def test_numbers_of_python_become_decimals() -> None:
    assert feel.evaluate("0.1 + x", {"x": 0.2}) == Decimal("0.3")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (("a", "b"), '["a", "b"]'),
        ({"n": [1, {"m": 2.50}]}, "{n: [1, {m: 2.5}]}"),
        (float("nan"), "null"),
        (type("Day", (date,), {})(2026, 1, 1), "2026-01-01"),
    ],
)
def test_value_of_python_becomes_one_of_feel(given: object, expected: str) -> None:
    assert to_string(feel.evaluate("x", {"x": given})) == expected


def test_any_mapping_may_be_the_scope() -> None:
    assert feel.parse("a + b").evaluate(ChainMap({"a": 1}, {"b": 2})) == 3
