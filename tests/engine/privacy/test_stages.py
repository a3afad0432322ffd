"""Who enters and leaves the team of a case, stage by stage: each line of the table in docs/mechanism.md, in stories."""

from __future__ import annotations

import pytest

from engine.case_page import case_view
from engine.persistence import team_rows
from tests.engine.privacy.land import Followed, Land

RETURN = {"wish": "return", "asylum_claim": "none", "return_consent": "yes", "embassy_consent": "yes"}
HOME = (
    {"do": "talk_over_ways", "answers": {**RETURN, "own_choice": True, "in_own_words": "Home."}},
    {
        "do": "assess_destination",
        "answers": {
            "governorate": "ALX",
            "sources": ["person"],
            "found": ["protective"],
            "risk": "low",
            "grounds": "Two.",
        },
    },
    {
        "do": "assess_return",
        "answers": {"safe": "yes", "papers": "at_hand", "needs": ["reception"], "grounds": "."},
    },
    {
        "do": "prepare_return",
        "answers": {"still_wished": "yes", "days_to_journey": 14, "start": ["economic"], "received_by": "partner"},
    },
    {"do": "confirm_arrival", "answers": {"arrived": "safe", "happened_at": "2026-03-24T09:00:00+02:00"}},
)


@pytest.fixture(scope="module")
def woman(land: Land) -> Followed:
    """An adult from the first report to the closed file."""
    return land.follow("woman_to_closure")


@pytest.fixture(scope="module")
def girl(land: Land) -> Followed:
    return land.follow("girl_to_closure")


@pytest.fixture(scope="module")
def traveller(land: Land) -> Followed:
    """A foreign woman who wishes to return, up to her arrival."""
    changed = {"meet_alone": {"foreign": "yes"}, "record_identity": {"citizenship": "ET"}}
    return land.follow("woman_to_closure", changed, HOME, at="talk_over_ways")


@pytest.fixture(scope="module")
def adult_after_all(land: Land) -> Followed:
    """A girl who proves to be an adult while she recovers."""
    return land.follow("age_corrected_during_recovery")


@pytest.fixture(scope="module")
def before_closing(land: Land) -> Followed:
    return land.follow("woman_to_closure", at="propose_closure")


ENTERS_WITH = {
    "first_responder": ("", "take_referral"),
    "competent_authority": ("ask_consent", "record_identity"),
    "case_coordinator": ("decide_presumptively", "tell_decision"),
    "shelter_manager": ("arrange_escort", "receive_person"),
    "shelter_social_worker": ("arrange_escort", "receive_person"),
    "reintegration_officer": ("draw_up_plan", "sign_plan"),
    "case_approver": ("record_exit", "propose_closure"),
}
"""Role -> the last task before, and the one with which it enters."""


@pytest.mark.parametrize("role", ENTERS_WITH)
def test_a_role_enters_the_team_of_an_adult_with_its_stage(woman: Followed, role: str) -> None:
    before, task = ENTERS_WITH[role]
    assert not before or not woman.serves(role, before)
    assert woman.serves(role, task)


@pytest.mark.parametrize("role", ["competent_authority", "case_coordinator", "reintegration_officer", "case_approver"])
def test_before_its_stage_a_role_sees_nothing(woman: Followed, role: str) -> None:
    before, _ = ENTERS_WITH[role]
    assert not woman.sees(role, before)


@pytest.mark.parametrize("role", ["health_provider", "psychologist", "legal_aid", "counsellor", "livelihood_provider"])
def test_whoever_gives_a_service_or_an_opinion_never_enters_the_team(woman: Followed, role: str) -> None:
    assert not any(woman.serves(role, task) for task in woman.teams)


def test_an_office_that_gave_its_opinion_sees_the_case_no_more(woman: Followed) -> None:
    assert woman.sees("health_provider", "convene_conference")
    assert not woman.sees("health_provider", "give_opinion")


def test_a_provider_sees_the_case_no_more_when_its_service_has_ended(woman: Followed) -> None:
    assert woman.sees("psychologist", "deliver_health_service")
    assert not woman.sees("psychologist", "report_health_service")


@pytest.mark.parametrize("role", ["shelter_manager", "shelter_social_worker"])
def test_a_shelter_leaves_with_the_person(woman: Followed, role: str) -> None:
    assert woman.serves(role, "approve_exit")
    assert not woman.sees(role, "record_exit")


def test_only_those_answerable_for_the_whole_file_see_it_when_it_is_closed(woman: Followed) -> None:
    assert {role for role, _ in woman.seen["approve_closure"]} == {"case_coordinator", "case_approver"}


@pytest.mark.parametrize("role", ["child_protection_officer", "child_representative"])
def test_an_adult_has_no_child_protection_in_the_team(woman: Followed, role: str) -> None:
    assert not any(woman.sees(role, task) for task in woman.teams)


def test_a_child_protection_officer_enters_as_soon_as_a_possible_child_is_met(girl: Followed) -> None:
    assert not girl.sees("child_protection_officer", "contact_safely")
    assert girl.serves("child_protection_officer", "meet_alone")


def test_a_representative_enters_when_named_and_cleared(girl: Followed) -> None:
    assert not girl.sees("child_representative", "meet_alone")
    assert girl.serves("child_representative", "name_representative")


@pytest.mark.parametrize("role", ["child_protection_officer", "child_representative"])
def test_those_who_protect_a_child_stay_until_the_file_is_closed(girl: Followed, role: str) -> None:
    assert girl.serves(role, "propose_closure")
    assert not girl.sees(role, "approve_closure")


@pytest.mark.parametrize("role", ["child_protection_officer", "child_representative"])
def test_they_leave_as_soon_as_the_person_proves_to_be_an_adult(adult_after_all: Followed, role: str) -> None:
    assert adult_after_all.serves(role, "protect_child")
    assert not adult_after_all.sees(role, "settle_age")


def test_a_return_officer_enters_with_the_wish_to_return(traveller: Followed) -> None:
    assert not traveller.sees("return_officer", "sign_plan")
    assert traveller.serves("return_officer", "assess_destination")


def test_a_return_officer_leaves_with_the_arrival(traveller: Followed) -> None:
    assert traveller.serves("return_officer", "prepare_return")
    assert not traveller.sees("return_officer", "confirm_arrival")


def read_by(followed: Followed, role: str) -> set[str]:
    """The tasks whose answers somebody in that role of the team reads."""
    told = followed.told
    with told.ihala.database.reading() as tx:
        places = [one.organisation_id for one in team_rows.team(tx, told.case_id) if one.role == role]
    view = case_view(told.ihala, told.land.holders(role, places[0])[0], told.case_id)
    return {row.element for row in view.record}


IDENTIFICATION = {"take_referral", "contact_safely", "meet_alone", "explain_limits", "interview", "screen_indicators"}
IDENTIFICATION |= {"ask_consent", "record_identity", "decide_presumptively", "tell_decision"}


def test_a_first_responder_reads_nothing_after_identification(before_closing: Followed) -> None:
    read = read_by(before_closing, "first_responder") - {"tell_formal_decision"}  # which it wrote itself
    assert read <= IDENTIFICATION


def test_the_authority_reads_identification_and_its_own_decision(before_closing: Followed) -> None:
    decision = {"prepare_decision_file", "decide_formally", "tell_formal_decision"}
    assert read_by(before_closing, "competent_authority") <= IDENTIFICATION | decision


def test_reintegration_reads_nothing_of_identification(before_closing: Followed) -> None:
    assert not read_by(before_closing, "reintegration_officer") & IDENTIFICATION


def test_the_coordinator_reads_the_whole_file(before_closing: Followed) -> None:
    assert read_by(before_closing, "case_coordinator") >= IDENTIFICATION


@pytest.fixture(scope="module")
def urgent_night(land: Land) -> Followed:
    """Help is called for before any interview."""
    return land.follow("raped_yesterday")


def test_a_duty_officer_enters_with_the_urgent_need(urgent_night: Followed) -> None:
    assert urgent_night.serves("duty_officer", "open_urgent_help")


def test_a_duty_officer_reads_what_urgent_help_needs_alone(urgent_night: Followed) -> None:
    urgent = {"confirm_help", "take_over_danger", "open_urgent_help", "arrange_police_protection", "find_care_directly"}
    assert read_by(urgent_night, "duty_officer") <= urgent | {"contact_safely", "meet_alone"}


def test_the_committee_is_in_no_team(woman: Followed) -> None:
    assert not any(woman.sees("nccpim_officer", task) for task in woman.seen)
