"""Consent, team and disclosure: who learns of a case, and what of it."""

from __future__ import annotations

import pytest

from engine.access import Actor, NotAllowed, NotFound
from engine.case_page import case_view
from engine.cases import case_list, open_case
from engine.consents import withdraw_consent
from engine.incidents import incidents
from engine.persistence import item_rows, team_rows
from engine.persistence.tables.people import account, membership
from engine.task_page import open_task
from engine.tasks import complete_task
from engine.teams import NobodyThere, reassign
from tests.engine.application.office import Office


def consented(at: Office) -> str:
    """A case in which the person has agreed to the doctor."""
    case_id = at.take()
    at.check()
    complete_task(at.ihala, at.coordinator, at.tasks_of(at.coordinator)["ask"], {})
    return case_id


def test_a_task_without_consent_is_hidden_from_its_receiver(at: Office) -> None:
    at.take()
    at.check()
    assert at.tasks_of(at.doctor) == {}


def test_a_held_task_is_not_found_by_its_id(at: Office) -> None:
    case_id = at.take()
    at.check()
    with at.ihala.database.reading() as tx:
        rows = item_rows.of_case(tx, case_id, "held")
    with pytest.raises(NotFound):
        open_task(at.ihala, at.doctor, rows[0].id)


def test_consent_releases_the_task(at: Office) -> None:
    consented(at)
    assert list(at.tasks_of(at.doctor)) == ["treat"]


def test_the_nearest_organisation_is_asked_first(at: Office) -> None:
    consented(at)
    assert at.tasks_of(at.stranger) == {}


def test_who_wrote_the_name_sees_it_on_top_of_the_next_task(at: Office) -> None:
    at.take(known_as="Zahra Planted")
    view = open_task(at.ihala, at.colleague, at.tasks_of(at.colleague)["check"])
    assert [one.value.en for one in view.identity] == ["Zahra Planted"]


def test_who_may_not_read_the_name_sees_no_identity(at: Office) -> None:
    consented(at)
    assert open_task(at.ihala, at.doctor, at.tasks_of(at.doctor)["treat"]).identity == []


def test_withdrawn_consent_takes_the_task_away(at: Office) -> None:
    case_id = consented(at)
    withdraw_consent(at.ihala, at.coordinator, case_id, "health", "She changed her mind")
    assert at.tasks_of(at.doctor) == {}


def test_a_doctor_may_not_withdraw_for_the_person(at: Office) -> None:
    case_id = consented(at)
    with pytest.raises(NotAllowed):
        withdraw_consent(at.ihala, at.doctor, case_id, "health", "")


@pytest.mark.parametrize("who", ["stranger", "watcher", "operator"])
def test_nobody_outside_the_team_sees_the_case(at: Office, who: str) -> None:
    case_id = consented(at)
    with pytest.raises(NotFound):
        case_view(at.ihala, at.people[who], case_id)


@pytest.mark.parametrize("who", ["responder", "coordinator", "doctor"])
def test_the_team_sees_the_case(at: Office, who: str) -> None:
    case_id = consented(at)
    assert case_view(at.ihala, at.people[who], case_id).id == case_id


def test_an_absent_case_looks_like_a_forbidden_one(at: Office) -> None:
    case_id, texts = consented(at), []
    for one in (case_id, "0" * 32):
        with pytest.raises(NotFound) as refused:
            case_view(at.ihala, at.stranger, one)
        texts.append(refused.value.text)
    assert texts[0] == texts[1]


def test_a_receiver_reads_nothing_that_another_wrote(at: Office) -> None:
    case_id = consented(at)
    assert case_view(at.ihala, at.doctor, case_id).record == []


def test_whoever_wrote_it_reads_it_in_words(at: Office) -> None:
    case_id = consented(at)
    answers = case_view(at.ihala, at.responder, case_id).record[0].answers
    assert [(one.key, one.value.en) for one in answers] == [("known_as", "Zahra Planted"), ("agrees", "Yes")]


def test_a_receiver_sees_no_one_elses_steps(at: Office) -> None:
    case_id = consented(at)
    assert {row.element for row in case_view(at.ihala, at.doctor, case_id).steps} == {"treat"}


def test_the_coordinator_sees_every_step(at: Office) -> None:
    case_id = consented(at)
    assert {row.element for row in case_view(at.ihala, at.coordinator, case_id).steps} == {
        "take",
        "check",
        "treat",
        "ask",
    }


def test_the_picture_shows_where_the_case_stands(at: Office) -> None:
    case_id = consented(at)
    picture = case_view(at.ihala, at.coordinator, case_id).diagrams[0]
    assert "treat" in picture.active
    assert "take" in picture.done


def test_a_case_is_in_the_list_of_its_team_alone(at: Office) -> None:
    case_id = consented(at)
    seen = {name: [row.id for row in case_list(at.ihala, one).rows] for name, one in at.people.items()}
    assert {name for name, ids in seen.items() if ids == [case_id]} == {
        "responder",
        "colleague",
        "coordinator",
        "doctor",
    }


def test_reading_a_case_is_logged_before_it_is_shown(at: Office) -> None:
    case_id = consented(at)
    case_view(at.ihala, at.doctor, case_id)
    assert case_view(at.ihala, at.coordinator, case_id).reads[-2].by == "Doctor"


def test_a_reassigned_role_takes_its_tasks_along(at: Office) -> None:
    case_id = consented(at)
    reassign(at.ihala, at.coordinator, case_id, "doctor", "hospital_far", "Closer to her new home")
    assert list(at.tasks_of(at.stranger)) == ["treat"]


def test_whoever_lost_the_role_no_longer_sees_the_case(at: Office) -> None:
    case_id = consented(at)
    reassign(at.ihala, at.coordinator, case_id, "doctor", "hospital_far", "Closer to her new home")
    with pytest.raises(NotFound):
        case_view(at.ihala, at.doctor, case_id)


def test_a_role_is_given_only_where_somebody_holds_it(at: Office) -> None:
    case_id = consented(at)
    with pytest.raises(NobodyThere):
        reassign(at.ihala, at.coordinator, case_id, "doctor", "hotline", "")


def test_only_the_coordinator_reassigns(at: Office) -> None:
    case_id = consented(at)
    with pytest.raises(NotAllowed):
        reassign(at.ihala, at.responder, case_id, "doctor", "hospital_far", "")


def without_doctors(at: Office) -> None:
    with at.ihala.database.writing() as tx:
        off = account.c.id.in_(["doctor", "stranger"])
        tx.execute(account.update().where(off).values(disabled_at=at.clock.now()))


def test_no_task_waits_for_nobody(at: Office) -> None:
    without_doctors(at)
    consented(at)
    assert "treat" in at.tasks_of(at.coordinator)


def test_a_role_without_anybody_is_an_incident(at: Office) -> None:
    without_doctors(at)
    consented(at)
    assert [one.act for one in incidents(at.ihala, at.operator)] == ["route"]


def test_only_who_may_start_a_case_starts_it(at: Office) -> None:
    with pytest.raises(NotAllowed):
        open_case(at.ihala, at.doctor, "help")


def test_incidents_are_for_operators(at: Office) -> None:
    with pytest.raises(NotAllowed):
        incidents(at.ihala, at.doctor)


def test_a_revoked_role_acts_no_more_even_in_an_open_session(at: Office) -> None:
    at.take()
    item_id = at.tasks_of(at.colleague)["check"]
    with at.ihala.database.writing() as tx:
        mine = membership.c.account_id == "colleague"
        tx.execute(membership.update().where(mine).values(revoked_at=at.clock.now()))
    with pytest.raises(NotFound):
        complete_task(at.ihala, at.colleague, item_id, {})


def test_the_starter_serves_in_the_role_they_started_in(at: Office) -> None:
    case_id = at.case_of(at.open())
    with at.ihala.database.reading() as tx:
        assert [(row.role, row.organisation_id) for row in team_rows.team(tx, case_id)] == [("responder", "hotline")]


def test_a_person_without_any_role_sees_an_empty_inbox(at: Office) -> None:
    at.open()
    assert at.tasks_of(Actor("nobody", "Nobody", "en")) == {}
