"""Hit policies, cells that match, and what is told of a table before it is used."""

from __future__ import annotations

import pytest

from engine.decisions import DecisionError, decide, dmn
from tests.engine.decisions.small_models import data, decision, model, table

OVERLAPPING = ['< 10 -> "b"', '< 5 -> "a"', '> 100 -> "c"']
NUMBERS = ["< 10 -> 2", "< 5 -> 5", "> 100 -> 9"]
TWO = '<output name="level"/><output name="days"/>'


def run(policy: str, rules: list[str], x: object, **options: str) -> object:
    """What a table over x says."""
    return decide(model(data("x", "number") + decision("d", table(policy, rules, **options), "input:x")), "d", {"x": x})


POLICIES = [
    ("UNIQUE", OVERLAPPING, 7, "b"),
    ("UNIQUE", OVERLAPPING, 50, None),
    ("ANY", ['< 10 -> "b"', '< 5 -> "b"'], 1, "b"),
    ("FIRST", OVERLAPPING, 1, "b"),
    ("PRIORITY", OVERLAPPING, 1, "a"),
    ("RULE ORDER", OVERLAPPING, 1, ["b", "a"]),
    ("OUTPUT ORDER", OVERLAPPING, 1, ["a", "b"]),
    ("COLLECT", OVERLAPPING, 1, ["b", "a"]),
    ("COLLECT", OVERLAPPING, 50, []),
    ("COLLECT+SUM", NUMBERS, 1, 7),
    ("COLLECT+MIN", NUMBERS, 1, 2),
    ("COLLECT+MAX", NUMBERS, 1, 5),
    ("COLLECT+COUNT", NUMBERS, 1, 2),
    ("COLLECT+COUNT", NUMBERS, 50, 0),
    ("COLLECT+SUM", NUMBERS, 50, None),
]


@pytest.mark.parametrize(("policy", "rules", "x", "expected"), POLICIES)
def test_hit_policy_decides_between_matching_rules(policy: str, rules: list[str], x: int, expected: object) -> None:
    assert run(policy, rules, x, values='"a", "b", "c"' if rules is OVERLAPPING else "") == expected


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_rules_that_contradict_each_other_are_an_error(policy: str) -> None:
    with pytest.raises(DecisionError, match="rules 1, 2 match at once"):
        run(policy, OVERLAPPING, 1)


def test_default_output_holds_where_no_rule_matches() -> None:
    assert run("UNIQUE", OVERLAPPING, 50, default='"none"') == "none"


def test_several_outputs_are_a_context() -> None:
    assert run("FIRST", ['< 10 -> "a"; 3'], 1, outputs=TWO) == {"level": "a", "days": 3}


def test_aggregation_of_several_outputs_goes_by_column() -> None:
    assert run("COLLECT+SUM", ["< 10 -> 1; 2", "< 5 -> 3; 4"], 1, outputs=TWO) == {"level": 4, "days": 6}


def test_matched_rules_are_told_for_coverage() -> None:
    loaded = dmn.load(model(data("x") + decision("d", table("COLLECT", OVERLAPPING), "input:x")))
    assert loaded.evaluate_table("d", {"x": 1}).matched == ("r1", "r2")


def problems(policy: str, rules: list[str], **options: str) -> list[tuple[str, tuple[int, ...], str]]:
    """What is told of a table."""
    loaded = dmn.load(model(data("x") + decision("d", table(policy, rules, **options), "input:x")))
    return [(problem.kind, problem.rules, problem.text.en) for problem in loaded.problems()]


def test_overlap_is_told_with_its_rules_and_an_example() -> None:
    kind, rules, sentence = problems("UNIQUE", OVERLAPPING, default="1")[0]
    assert (kind, rules, "age is 4" in sentence) == ("overlap", (1, 2), True)


@pytest.mark.parametrize("rule", ['"old" -> 1', '< 18, "x" -> 1', '@"2020-01-01" -> 1'])
def test_cell_of_another_type_than_its_column_is_told(rule: str) -> None:
    kinds = [kind for kind, _, _ in problems("FIRST", [rule, "- -> 2"])]
    assert "cell" in kinds


def test_gap_is_told_with_an_example() -> None:
    found = problems("FIRST", OVERLAPPING)
    assert [(kind, "age is 10 " in sentence or "age is 10;" in sentence) for kind, _, sentence in found] == [
        ("gap", True)
    ]


def test_gap_is_told_in_arabic() -> None:
    loaded = dmn.load(model(data("x") + decision("d", table("FIRST", OVERLAPPING), "input:x")))
    assert "أضف قاعدة" in loaded.problems()[0].text.ar


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("UNIQUE", ["< 10 -> 1", ">= 10 -> 2"]),
        ("UNIQUE", ["[1..5] -> 1", "< 1, > 5 -> 2"]),
        ("FIRST", ["< 10 -> 1", "- -> 2"]),
        ("COLLECT", ["< 10 -> 1"]),
        ("ANY", ["< 10 -> 1", "- -> 1"]),
        ("UNIQUE", ["not(5) -> 1", "5 -> 2"]),
        ("UNIQUE", ["? > y -> 1", "< 3 -> 2"]),
    ],
)
def test_complete_table_has_no_problem(policy: str, rules: list[str]) -> None:
    assert problems(policy, rules) == []


def test_unparsable_cell_is_told_with_its_rule() -> None:
    assert [(kind, rules) for kind, rules, _ in problems("FIRST", ["- -> 1", "< -> 2"])] == [("unparsable", (2,))]


def test_unparsable_cell_raises_when_it_is_asked() -> None:
    with pytest.raises(DecisionError):
        run("FIRST", ["< -> 2"], 1)


def test_input_beyond_the_allowed_values_gives_null() -> None:
    xml = model(data("x") + decision("d", table("FIRST", ["- -> 1"]), "input:x")).decode()
    limited = xml.replace("</inputExpression>", "</inputExpression><inputValues><text>[0..9]</text></inputValues>")
    assert decide(limited.encode(), "d", {"x": 10}) is None
