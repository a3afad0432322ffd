"""Who reads which answer of which form of the real mechanism: the page in the documents, and what it may never say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.charter import Charter
from engine.disclosure import Disclosure, as_markdown, disclosures, release_of
from engine.execution import load
from engine.releases import Release, read_folder

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "disclosure.md"
PROVIDERS = {
    "asked_organisation",
    "counsellor",
    "documentation_officer",
    "education_provider",
    "fund_officer",
    "health_provider",
    "interpreter_service",
    "legal_aid",
    "livelihood_provider",
    "psychologist",
    "training_provider",
}
COMMITTEE = {"administrator", "auditor", "nccpim_officer"}
SHELTER = {"shelter_manager", "shelter_social_worker"}
ACCOUNT = {"hear_person", "screening"}
"""Processes in which the person tells what happened."""


@pytest.fixture(scope="module")
def release() -> Release:
    return release_of(load(read_folder(ROOT / "workflows")))


@pytest.fixture(scope="module")
def every(release: Release) -> list[Disclosure]:
    return list(disclosures(release))


def read_by(roles: Iterable[str], every: list[Disclosure]) -> list[str]:
    wanted = set(roles)
    return [f"{one.task.id}.{one.field.key}" for one in every if wanted & set(one.readers)]


def test_the_page_says_what_the_table_does(release: Release) -> None:
    """Mend it with `python -m engine.disclosure workflows > docs/disclosure.md`, and review what has changed."""
    assert PAGE.read_text(encoding="utf-8") == as_markdown(release)


def test_a_service_provider_reads_nothing_that_another_wrote(every: list[Disclosure]) -> None:
    assert read_by(PROVIDERS, every) == []


def test_whoever_sees_figures_only_reads_no_record(every: list[Disclosure]) -> None:
    assert read_by(COMMITTEE, every) == []


def test_the_committee_sees_figures_only(release: Release) -> None:
    charter: Charter = release.charter
    assert {role for role in COMMITTEE if charter.sight(role) != "counts"} == set()


def test_exploiters_are_read_by_those_who_decide_alone(every: list[Disclosure]) -> None:
    readers = {role for one in every if one.field.grant == "exploiter" for role in one.readers}
    assert readers == {"competent_authority", "competent_authority_reviewer"}


def test_nobody_reads_exploiters_again_for_having_typed_them(every: list[Disclosure]) -> None:
    assert [one.task.id for one in every if one.field.grant == "exploiter" and one.own] == []


def test_the_site_of_a_shelter_is_read_by_the_coordinator_alone_of_all_others(every: list[Disclosure]) -> None:
    readers = {role for one in every if one.field.grant == "shelter_site" for role in one.readers}
    assert readers == {"case_coordinator"}


def test_a_shelter_reads_its_own_site(every: list[Disclosure]) -> None:
    own = {one.task.id for one in every if one.field.grant == "shelter_site" and one.own}
    assert own == {"answer_emergency_request", "answer_place_request", "arrange_interim_place"}


def test_a_shelter_never_reads_the_account_of_exploitation(every: list[Disclosure]) -> None:
    told = [one for one in every if one.process.id in ACCOUNT]
    assert read_by(SHELTER, told) == []


def test_a_shelter_never_reads_what_the_authority_decides(every: list[Disclosure]) -> None:
    decided = [one for one in every if one.task.purpose == "authorities"]
    assert read_by(SHELTER, decided) == []


def test_identity_is_read_by_coordination_authority_and_child_protection_alone(every: list[Disclosure]) -> None:
    readers = {role for one in every if one.task.id == "record_identity" for role in one.readers if _identifies(one)}
    assert readers == {
        "case_approver",
        "case_coordinator",
        "child_protection_officer",
        "competent_authority",
        "competent_authority_reviewer",
    }


def _identifies(one: Disclosure) -> bool:
    return one.field.classification == "identifying"


def test_the_authority_reads_no_health(every: list[Disclosure]) -> None:
    health = [one for one in every if one.task.purpose == "health"]
    assert read_by({"competent_authority", "competent_authority_reviewer"}, health) == []


def test_the_authority_reads_nothing_of_the_stay(every: list[Disclosure]) -> None:
    stay = [one for one in every if one.process.id in {"admission", "shelter_stay", "stay_reviews", "find_place"}]
    assert read_by({"competent_authority", "competent_authority_reviewer"}, stay) == []


def test_no_name_is_asked_before_consent(every: list[Disclosure]) -> None:
    """Until then only the account of those who exploit may name anybody, and it has its own grant."""
    before = {
        "identification",
        "urgent_needs",
        "urgent_response",
        "safe_contact",
        "hear_person",
        "screening",
        "consent",
    }
    asked = {one.field.grant for one in every if one.process.id in before and _identifies(one)}
    assert asked == {"exploiter"}


def test_what_may_find_a_person_again_is_asked_for_a_purpose_alone(every: list[Disclosure]) -> None:
    """A task without consent for its purpose is held: nobody can type a name into it."""
    assert {one.task.purpose for one in every if one.field.match} == {"support"}


def test_no_answer_under_a_grant_becomes_a_variable(every: list[Disclosure]) -> None:
    assert [one.field.key for one in every if one.field.grant and one.field.is_variable] == []


def test_no_identifying_answer_becomes_a_variable(every: list[Disclosure]) -> None:
    assert [one.field.key for one in every if _identifies(one) and one.field.is_variable] == []
