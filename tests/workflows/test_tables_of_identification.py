"""Every row of the tables of identification, disclosure and retention, by an example; no gap, no overlap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from engine.decisions import dmn

WORKFLOWS = Path(__file__).parents[2] / "workflows"
FILES = {file.stem: file for folder in ("identification", "referral") for file in (WORKFLOWS / folder).glob("*.dmn")}
IMPORTED = {"urn:ihala:workflows:ilo_dimension": FILES["ilo_dimension"].read_bytes()}
MODELS = {
    name: dmn.load(file.read_bytes(), {} if name == "ilo_dimension" else IMPORTED) for name, file in FILES.items()
}

INTAKE = {"danger": "no", "needs": [], "with_exploiter": "no", "child": False, "pregnant": False}
AGE = {"assessed_age": None, "doubt": False, "document_age": None, "declared_age": 30}
CONSENT = {
    "path": "adult",
    "answer": "support_and_authorities",
    "assent": None,
    "capacity": "yes",
    "threat_to_life": False,
    "court_order": False,
}
DUTY = {"organisation_kind": "civil_society", "child": False, "danger": False}
GROUNDS = {"screening": "none", "judgement": "no_concern", "complete": True}
RISK = {
    "last_contact": "over_year",
    "threats": "no",
    "location_known": "no",
    "debt": "no",
    "self_harm": False,
    "medical": False,
}
READING = {"own": False, "role": "", "classification": "sensitive", "process": "hear_person", "purpose": None}
READING |= {"grant": ""}
CLOSING = {
    "open_proceedings": False,
    "child": False,
    "closure_reason": "negative",
    "closed_on": date(2026, 3, 1),
}

# table, number of the row, what differs from the usual inputs above, what the row says
ROWS: list[tuple[str, int, dict[str, object], object]] = [
    ("intake_priority", 1, {"danger": "yes"}, "122"),
    ("intake_priority", 2, {"needs": ["injury"]}, "123"),
    ("intake_priority", 3, {"danger": "unknown", "with_exploiter": "yes"}, "122"),
    ("intake_priority", 4, {"child": True, "with_exploiter": "unknown"}, "16000"),
    ("intake_priority", 5, {"needs": ["sexual_violence"]}, "duty_officer"),
    ("intake_priority", 6, {"needs": ["no_safe_place"]}, "duty_officer"),
    ("intake_priority", 7, {"needs": ["no_food"]}, "duty_officer"),
    ("intake_priority", 8, {"child": True}, "16000"),
    ("intake_priority", 9, {"with_exploiter": "unknown"}, "none"),
    ("intake_priority", 10, {"pregnant": True}, "none"),
    ("intake_priority", 11, {}, "none"),
    ("age_gate", 1, {"assessed_age": 17}, "child"),
    ("age_gate", 2, {"assessed_age": 18, "declared_age": 16}, "adult"),
    ("age_gate", 3, {"doubt": True}, "child"),
    ("age_gate", 4, {"declared_age": None}, "child"),
    ("age_gate", 5, {"document_age": 17}, "child"),
    ("age_gate", 6, {"document_age": 18}, "adult"),
    ("consent_rule", 1, {}, "support_and_authorities"),
    ("consent_rule", 2, {"answer": "support_only"}, "support_only"),
    ("consent_rule", 3, {"answer": "support_only", "court_order": True}, "support_and_authorities"),
    ("consent_rule", 4, {"answer": "neither"}, "neither"),
    ("consent_rule", 5, {"answer": "neither", "threat_to_life": True}, "support_only"),
    ("consent_rule", 6, {"answer": "neither", "court_order": True}, "support_and_authorities"),
    ("consent_rule", 7, {"answer": "neither", "capacity": "not_now"}, "support_only"),
    ("consent_rule", 8, {"path": "child", "assent": "yes"}, "support_and_authorities"),
    ("consent_rule", 9, {"path": "child", "assent": "no"}, "support_and_authorities"),
    ("consent_rule", 10, {"path": "child", "answer": "neither"}, "support_and_authorities"),
    ("reporting_duty", 1, {"organisation_kind": "police"}, "public_prosecution"),
    ("reporting_duty", 2, {"child": True}, "childhood_council"),
    ("reporting_duty", 3, {"danger": True}, "police"),
    ("reporting_duty", 4, {}, "none"),
    ("reasonable_grounds", 1, {"screening": "presumed_victim"}, "positive"),
    ("reasonable_grounds", 2, {"screening": "exploited_worker", "judgement": "concern"}, "positive"),
    ("reasonable_grounds", 3, {"screening": "exploited_worker"}, "authority_decides"),
    ("reasonable_grounds", 4, {"judgement": "strong_concern"}, "positive"),
    ("reasonable_grounds", 5, {"judgement": "concern", "complete": False}, "more_information"),
    ("reasonable_grounds", 6, {"judgement": "concern"}, "authority_decides"),
    ("reasonable_grounds", 7, {}, "authority_decides"),
    ("risk_level", 1, {"self_harm": True}, "critical"),
    ("risk_level", 2, {"threats": "yes", "location_known": "yes"}, "critical"),
    ("risk_level", 3, {"last_contact": "within_week", "location_known": "unknown"}, "critical"),
    ("risk_level", 4, {"threats": "yes"}, "high"),
    ("risk_level", 5, {"last_contact": "within_month"}, "high"),
    ("risk_level", 6, {"location_known": "yes"}, "high"),
    ("risk_level", 7, {"last_contact": "not_sure"}, "medium"),
    ("risk_level", 8, {"threats": "unknown"}, "medium"),
    ("risk_level", 9, {"location_known": "unknown"}, "medium"),
    ("risk_level", 10, {"debt": "unknown"}, "medium"),
    ("risk_level", 11, {"medical": True}, "medium"),
    ("risk_level", 12, {}, "low"),
    ("disclosure_scope", 1, {"own": True, "role": "health_provider"}, True),
    ("disclosure_scope", 2, {"role": "nccpim_officer", "classification": "statistical"}, True),
    ("disclosure_scope", 3, {"role": "nccpim_officer"}, False),
    ("disclosure_scope", 4, {"role": "case_coordinator", "classification": "identifying"}, True),
    ("disclosure_scope", 5, {"role": "competent_authority"}, True),
    ("disclosure_scope", 6, {"role": "child_protection_officer", "process": "shelter"}, True),
    ("disclosure_scope", 7, {"role": "child_representative"}, True),
    ("disclosure_scope", 8, {"role": "duty_officer", "process": "urgent_needs"}, True),
    ("disclosure_scope", 9, {"role": "first_responder", "classification": "operational"}, True),
    ("disclosure_scope", 10, {"role": "shelter_manager", "process": "shelter"}, True),
    ("disclosure_scope", 11, {"role": "shelter_manager", "purpose": "health"}, True),
    ("disclosure_scope", 12, {"role": "shelter_manager", "process": "urgent_response"}, True),
    ("disclosure_scope", 13, {"role": "shelter_manager", "classification": "operational", "process": "services"}, True),
    ("disclosure_scope", 14, {"role": "reintegration_officer", "process": "services"}, True),
    (
        "disclosure_scope",
        15,
        {"role": "reintegration_officer", "classification": "operational", "process": "shelter"},
        True,
    ),
    (
        "disclosure_scope",
        16,
        {
            "role": "return_officer",
            "classification": "identifying",
            "process": "reintegration",
            "purpose": "assisted_return",
        },
        True,
    ),
    ("disclosure_scope", 17, {"role": "competent_authority", "process": "hear_person", "grant": "exploiter"}, True),
    ("disclosure_scope", 18, {"role": "case_coordinator", "grant": "shelter_site"}, True),
    ("disclosure_scope", 19, {"own": True, "role": "shelter_manager", "grant": "shelter_site"}, True),
    ("disclosure_scope", 20, {"role": "shelter_manager"}, False),
    ("retention", 1, {"open_proceedings": True}, None),
    ("retention", 2, {}, date(2026, 6, 1)),
    ("retention", 3, {"closure_reason": "reintegrated"}, date(2027, 3, 1)),
    ("retention", 4, {"child": True}, date(2026, 9, 1)),
    ("retention", 5, {"child": True, "closure_reason": "reintegrated"}, date(2027, 3, 1)),
]
USUAL: dict[str, tuple[Mapping[str, object], str]] = {
    "intake_priority": (INTAKE, "call"),
    "age_gate": (AGE, "path"),
    "consent_rule": (CONSENT, "consent"),
    "reporting_duty": (DUTY, "report_to"),
    "reasonable_grounds": (GROUNDS, "proposal"),
    "risk_level": (RISK, "level"),
    "disclosure_scope": (READING, ""),
    "retention": (CLOSING, "archive_on"),
}
COUNTS = [  # row, strong, medium, weak, positive
    (1, 2, 0, 0, True),
    (2, 1, 1, 0, True),
    (3, 1, 0, 1, True),
    (4, 1, 0, 0, False),
    (5, 0, 3, 0, True),
    (6, 0, 2, 1, True),
    (7, 0, 2, 0, False),
    (8, 0, 1, 9, False),
]


@pytest.mark.parametrize(("table", "row", "changed", "said"), ROWS)
def test_a_row_says_what_it_should(table: str, row: int, changed: dict[str, object], said: object) -> None:
    usual, output = USUAL[table]
    outcome = MODELS[table].evaluate_table(table, {**usual, **changed})
    value = outcome.value[output] if output else outcome.value
    assert (f"{table}_{row}" in outcome.matched, value) == (True, said)


@pytest.mark.parametrize("table", USUAL)
def test_every_row_has_an_example(table: str) -> None:
    assert {f"{name}_{row}" for name, row, _, _ in ROWS if name == table} == set(MODELS[table].rules())


@pytest.mark.parametrize(("row", "strong", "medium", "weak", "positive"), COUNTS)
def test_a_dimension_is_positive_by_its_counts(row: int, strong: int, medium: int, weak: int, positive: bool) -> None:
    outcome = MODELS["ilo_dimension"].evaluate_table(
        "ilo_dimension", {"strong": strong, "medium": medium, "weak": weak}
    )
    assert (outcome.matched, outcome.value) == ((f"dimension_rule_{row}",), positive)


@pytest.mark.parametrize("table", FILES)
def test_no_table_has_a_gap_or_an_overlap(table: str) -> None:
    assert [problem.text.en for problem in MODELS[table].problems()] == []


def test_the_screening_weighs_all_67_indicators() -> None:
    assert len(MODELS["screening_outcome"].evaluate("indicator_weights", {})) == 67


@pytest.mark.parametrize("role", ["health_provider", "psychologist", "legal_aid", "fund_officer", "unknown"])
@pytest.mark.parametrize("classification", ["identifying", "sensitive", "operational", "statistical"])
def test_a_service_provider_reads_only_what_it_wrote(role: str, classification: str) -> None:
    asked = {**READING, "role": role, "classification": classification, "process": "service_delivery"}
    assert MODELS["disclosure_scope"].evaluate("disclosure_scope", asked) is False


@pytest.mark.parametrize("screening", ["presumed_victim", "exploited_worker", "vulnerable_migrant", "none"])
@pytest.mark.parametrize("judgement", ["strong_concern", "concern", "no_concern"])
def test_the_proposal_never_denies_protection(screening: str, judgement: str) -> None:
    asked = {"screening": screening, "judgement": judgement, "complete": True}
    proposed = MODELS["reasonable_grounds"].evaluate("reasonable_grounds", asked)
    assert proposed["proposal"] != "negative"
