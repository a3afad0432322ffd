"""Every row of the tables of reintegration, by an example; no gap, no overlap; protection cannot be asked away."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from engine.decisions import dmn

FOLDER = Path(__file__).parents[2] / "workflows" / "reintegration"
MODELS = {file.stem: dmn.load(file.read_bytes()) for file in FOLDER.glob("*.dmn")}

CHILD = {"child": True, "proposed_action": "family", "separated": "no"}
WOMAN = {
    "asylum_claim": "none",
    "best_interests": "not_needed",
    "child": False,
    "foreign": False,
    "wish": "independent",
    "risk": "low",
    "return_consent": False,
    "embassy_consent": False,
}
GOES_HOME = {"foreign": True, "wish": "return", "return_consent": True}
USUAL = {"bid_required": CHILD, "return_option": WOMAN}

# table, number of the row, what differs from the usual inputs above, its first output
ROWS: list[tuple[str, int, dict[str, object], object]] = [
    ("bid_required", 1, {"child": False}, "none"),
    ("bid_required", 2, {"proposed_action": "return"}, "determination"),
    ("bid_required", 3, {"separated": "unknown"}, "determination"),
    ("bid_required", 4, {}, "assessment"),
    ("bid_required", 5, {"proposed_action": "stay"}, "assessment"),
    ("return_option", 1, {**GOES_HOME, "asylum_claim": "intends"}, "asylum"),
    ("return_option", 2, {"foreign": True, "wish": "asylum"}, "asylum"),
    ("return_option", 3, {"child": True, "wish": "family", "best_interests": "against"}, "alternative_care"),
    ("return_option", 4, {"child": True, "best_interests": "in_favour"}, "alternative_care"),
    ("return_option", 5, {**GOES_HOME, "risk": "high"}, "talk_again"),
    ("return_option", 6, {**GOES_HOME, "return_consent": False}, "talk_again"),
    ("return_option", 7, {**GOES_HOME, "embassy_consent": True}, "return"),
    ("return_option", 8, GOES_HOME, "return"),
    ("return_option", 9, {"wish": "family"}, "family"),
    ("return_option", 10, {"foreign": True, "wish": "stay"}, "stay"),
    ("return_option", 11, {"child": True, "wish": "stay", "best_interests": "in_favour"}, "stay"),
    ("return_option", 12, {}, "independent"),
    ("return_option", 13, {"wish": "return"}, "talk_again"),
]
VALUES = {
    "asylum_claim": ("none", "intends", "lodged"),
    "best_interests": ("not_needed", "in_favour", "against"),
    "child": (True, False),
    "foreign": (True, False),
    "wish": ("family", "independent", "alternative_care", "stay", "asylum", "return"),
    "risk": ("low", "medium", "high"),
    "return_consent": (True, False),
    "embassy_consent": (True, False),
}


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, object], dict[str, object]]]:
    """Every situation the table `return_option` can be asked about, with its answer."""
    model, situations = (
        MODELS["return_option"],
        (dict(zip(VALUES, one, strict=True)) for one in product(*VALUES.values())),
    )
    return [(one, model.evaluate_table("return_option", one).value) for one in situations]  # type: ignore[misc]


@pytest.mark.parametrize(("table", "row", "differs", "says"), ROWS)
def test_a_row_answers_its_example(table: str, row: int, differs: dict[str, object], says: object) -> None:
    outcome = MODELS[table].evaluate_table(table, {**USUAL[table], **differs})
    assert (f"{table}_{row}" in outcome.matched, next(iter(outcome.value.values()))) == (True, says)


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_row_has_an_example(table: str) -> None:
    assert {f"{table}_{row}" for name, row, _, _ in ROWS if name == table} == set(MODELS[table].rules())


@pytest.mark.parametrize("table", sorted(MODELS))
def test_a_table_has_neither_gap_nor_overlap(table: str) -> None:
    assert MODELS[table].problems() == []


def test_no_embassy_without_consent_or_with_a_claim(answers: list[tuple[dict[str, object], dict[str, object]]]) -> None:
    opened = [one for one, answer in answers if answer["embassy"]]
    assert all(one["embassy_consent"] and one["asylum_claim"] == "none" for one in opened)


def test_nobody_returns_into_high_risk_or_without_consent(
    answers: list[tuple[dict[str, object], dict[str, object]]],
) -> None:
    opened = [one for one, answer in answers if answer["way"] == "return"]
    assert all(one["return_consent"] and one["risk"] != "high" and one["best_interests"] != "against" for one in opened)


def test_a_claim_of_a_foreign_national_always_holds_the_removal(
    answers: list[tuple[dict[str, object], dict[str, object]]],
) -> None:
    claims = [answer for one, answer in answers if one["foreign"] and one["asylum_claim"] != "none"]
    assert all(answer["removal_hold"] for answer in claims)


def test_a_child_never_lives_alone(answers: list[tuple[dict[str, object], dict[str, object]]]) -> None:
    assert all(answer["way"] != "independent" for one, answer in answers if one["child"])
