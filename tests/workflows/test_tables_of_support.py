"""Every row of the tables of shelter, reflection and services, by an example; no gap, no overlap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.decisions import dmn

WORKFLOWS = Path(__file__).parents[2] / "workflows"
FILES = {file.stem: file for folder in ("shelter", "services") for file in (WORKFLOWS / folder).glob("*.dmn")}
MODELS = {name: dmn.load(file.read_bytes()) for name, file in FILES.items()}

ADMISSION = {
    "avoid_governorates": [],
    "governorate": "GZ",
    "admits_sexes": ["Feminine"],
    "sex": "Feminine",
    "age": 25,
    "path": "adult",
    "min_age": 18,
    "max_age": 120,
    "children_with": 0,
    "admits_children": False,
    "oldest_son": None,
    "sons_max_age": 0,
    "pregnant": False,
    "admits_pregnant": False,
    "disability": False,
    "step_free": False,
    "security_needed": "standard",
    "security": "standard",
    "in_emergency": False,
    "emergency": True,
    "person_governorate": "C",
}
EXIT = {
    "plan_exists": "yes",
    "housing": "safe",
    "family_safe": "not_family",
    "legal": "settled",
    "psychological": "with_support",
    "income": "own",
}
REFLECTION = {"reasons": [], "days_so_far": 30}
ENTITLEMENT = {"path": "adult", "foreign": False}
PROVIDER = {
    "governorates": ["C"],
    "person_governorate": "C",
    "staff_sexes": ["Feminine"],
    "staff_sex": "any",
    "places_free": 3,
    "urgent": False,
    "languages": ["ara"],
    "language": "ara",
}
USUAL: Mapping[str, Mapping[str, object]] = {
    "shelter_admission": ADMISSION,
    "exit_readiness": EXIT,
    "reflection_extension": REFLECTION,
    "service_entitlement": ENTITLEMENT,
    "provider_selection": PROVIDER,
}

# table, number of the row, what differs from the usual inputs above, what the row says
ROWS: list[tuple[str, int, dict[str, object], object]] = [
    ("shelter_admission", 1, {"avoid_governorates": ["GZ"]}, "avoided_governorate"),
    ("shelter_admission", 2, {"sex": "Masculine"}, "other_group"),
    ("shelter_admission", 3, {"age": 17}, "other_age"),
    ("shelter_admission", 4, {"children_with": 1}, "children"),
    ("shelter_admission", 5, {"children_with": 1, "admits_children": True, "oldest_son": 12}, "sons_age"),
    ("shelter_admission", 6, {"pregnant": True}, "pregnancy"),
    ("shelter_admission", 7, {"disability": True}, "steps"),
    ("shelter_admission", 8, {"security_needed": "high"}, "security"),
    ("shelter_admission", 9, {"in_emergency": True, "person_governorate": "GZ"}, "emergency_near"),
    ("shelter_admission", 10, {"in_emergency": True}, "emergency"),
    ("shelter_admission", 11, {"in_emergency": True, "emergency": False}, "any_bed"),
    ("shelter_admission", 12, {"security": "high"}, "kept_for_danger"),
    ("shelter_admission", 13, {"person_governorate": "GZ"}, "near"),
    ("shelter_admission", 14, {}, "fits"),
    ("exit_readiness", 1, {"plan_exists": "no"}, "not_yet"),
    ("exit_readiness", 2, {"housing": "none"}, "not_yet"),
    ("exit_readiness", 3, {"family_safe": "no"}, "not_yet"),
    ("exit_readiness", 4, {"legal": "pending_risk"}, "not_yet"),
    ("exit_readiness", 5, {"psychological": "unsteady"}, "not_yet"),
    ("exit_readiness", 6, {}, "ready"),
    ("exit_readiness", 7, {"income": "none"}, "partly"),
    ("exit_readiness", 8, {"housing": "temporary"}, "partly"),
    ("reflection_extension", 1, {"reasons": ["health"]}, 30),
    ("reflection_extension", 2, {"reasons": ["psychological"]}, 30),
    ("reflection_extension", 3, {"reasons": ["intimidation"]}, 30),
    ("reflection_extension", 4, {"reasons": ["care_of_child"]}, 15),
    ("reflection_extension", 5, {"reasons": ["asks"]}, 15),
    ("reflection_extension", 6, {}, 0),
    ("service_entitlement", 1, {"service": "emergency_health"}, "health_provider"),
    ("service_entitlement", 2, {"service": "health"}, "health_provider"),
    ("service_entitlement", 3, {"service": "psychological"}, "psychologist"),
    ("service_entitlement", 4, {"service": "counselling"}, "counsellor"),
    ("service_entitlement", 5, {"service": "legal_aid"}, "legal_aid"),
    ("service_entitlement", 6, {"service": "education", "path": "child"}, "education_provider"),
    ("service_entitlement", 7, {"service": "education"}, "education_provider"),
    ("service_entitlement", 8, {"service": "vocational_training", "path": "child"}, "after_check"),
    ("service_entitlement", 9, {"service": "vocational_training"}, "training_provider"),
    ("service_entitlement", 10, {"service": "livelihood", "path": "child"}, "after_check"),
    ("service_entitlement", 11, {"service": "livelihood"}, "livelihood_provider"),
    ("service_entitlement", 12, {"service": "documents", "foreign": True}, "after_check"),
    ("service_entitlement", 13, {"service": "documents"}, "documentation_officer"),
    ("service_entitlement", 14, {"service": "interpretation"}, "interpreter_service"),
    ("service_entitlement", 15, {"service": "fund_grant"}, "after_check"),
    ("service_entitlement", 16, {"service": "social_care"}, "counsellor"),
    ("provider_selection", 1, {"person_governorate": "SHG"}, "far"),
    ("provider_selection", 2, {"staff_sex": "Masculine"}, "staff_sex"),
    ("provider_selection", 3, {"places_free": 0}, "no_place"),
    ("provider_selection", 4, {"places_free": 0, "urgent": True}, "asked_all_the_same"),
    ("provider_selection", 5, {}, "fits"),
    ("provider_selection", 6, {"language": "tir"}, "interpreter"),
]


@pytest.mark.parametrize(("table", "row", "differs", "says"), ROWS)
def test_a_row_answers_its_example(table: str, row: int, differs: dict[str, object], says: object) -> None:
    outcome = MODELS[table].evaluate_table(table, {**USUAL[table], **differs})
    value = outcome.value
    found = list(value.values()) if isinstance(value, Mapping) else [value]
    assert (f"{table}_{row}" in outcome.matched, says in found) == (True, True)


@pytest.mark.parametrize("table", sorted(MODELS))
def test_every_row_has_an_example(table: str) -> None:
    assert {f"{table}_{row}" for name, row, _, _ in ROWS if name == table} == set(MODELS[table].rules())


@pytest.mark.parametrize("table", sorted(MODELS))
def test_a_table_has_neither_gap_nor_overlap(table: str) -> None:
    assert MODELS[table].problems() == []


@pytest.mark.parametrize(
    ("reasons", "days_so_far", "added"),
    [(["asks", "health"], 60, 30), (["health"], 89, 30), (["health"], 90, 0), (None, 30, 0)],
)
def test_the_longest_reason_counts_until_ninety_days(reasons: object, days_so_far: int, added: int) -> None:
    found = MODELS["reflection_extension"].evaluate(
        "reflection_extension", {"reasons": reasons, "days_so_far": days_so_far}
    )
    assert found == added


@pytest.mark.parametrize(("min_age", "admitted"), [(0, True), (6, True), (16, False), (18, False)])
def test_a_child_of_unknown_age_goes_only_where_young_children_live(min_age: int, admitted: bool) -> None:
    person = {"age": None, "path": "child", "min_age": min_age}
    answer = MODELS["shelter_admission"].evaluate("shelter_admission", {**ADMISSION, **person})
    assert answer["admit"] is admitted
