"""Need to know on the real mechanism: shelters and a hospital that are asked, accept or refuse; a consent withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.access import Actor, NotFound
from engine.case_page import case_view
from engine.cases import case_list
from engine.consents import withdraw_consent
from engine.jobs.mail import message
from engine.notices import OTHER, WORDS, notices, tell_overdue
from engine.persistence import notice_rows, record_rows
from engine.persistence.tables.people import account
from engine.task_page import open_task
from engine.tasks import save_draft
from engine.views import CaseView, RecordRow
from engine.worklist import inbox
from tests.engine.privacy.land import Land, Told

NAME = "Zubayda Planted"
SITE = "Planted Street 7"
HEARD = "Planted account of what was done"
STORY = "adult_national_woman_to_services"
ACCEPTS = {"answer": "accept", "hand_over_place": SITE}
REFUSES = {"answer": "refuse", "reason": "full"}
SENTENCES = {text.format(number="N").in_(language) for text in (*WORDS.values(), OTHER) for language in ("en", "ar")}


def decided(land: Land, until: str = "") -> Told:
    """A woman who agreed to support and authorities, told up to that task or up to the open stages."""
    typed = {
        "take_referral": {"account": HEARD},
        "interview": {"account": HEARD, "exploiters": HEARD},
        "record_identity": {"full_name": NAME},
    }
    return land.tell(STORY, until, typed)


def urgent(land: Land) -> Told:
    """The night after: a bed and health care are asked for before any interview."""
    return land.tell("raped_yesterday", changed={"take_referral": {"account": HEARD}})


def words(rows: list[RecordRow]) -> str:
    return " ".join(answer.value.en for row in rows for answer in row.answers)


def sees(told: Told, who: Actor) -> CaseView | None:
    try:
        return case_view(told.ihala, who, told.case_id)
    except NotFound:
        return None


def everything(told: Told, who: Actor) -> str:
    """All that the pages of a task, a case, the lists and the notices would show to this person."""
    views = [inbox(told.ihala, who, view) for view in ("mine", "team", "overdue", "open", "done")]
    tasks = [open_task(told.ihala, who, row.id) for row in views[1].rows if row.case_id == told.case_id]
    shown = [(one.before, one.instructions, one.note, one.happens_next, one.draft) for one in tasks]
    return repr((views, shown, sees(told, who), case_list(told.ihala, who), notices(told.ihala, who)))


@pytest.fixture(scope="module")
def asked(land: Land) -> Told:
    """A shelter has been asked for a place and has not answered."""
    return decided(land)


def test_a_shelter_that_is_asked_has_its_request(asked: Told) -> None:
    shelter = asked.doer("answer_place_request")
    rows = inbox(asked.ihala, shelter, "team").rows
    assert asked.item("answer_place_request").id in [one.id for one in rows]


@pytest.mark.parametrize("planted", [NAME, HEARD, SITE])
def test_a_shelter_that_has_not_accepted_reads_no_identity_and_no_account(asked: Told, planted: str) -> None:
    assert planted not in everything(asked, asked.doer("answer_place_request"))


def test_a_shelter_that_has_not_accepted_reads_no_record(asked: Told) -> None:
    view = sees(asked, asked.doer("answer_place_request"))
    assert view is not None
    assert view.record == []


def test_nor_does_the_page_of_its_task_show_what_came_before(asked: Told) -> None:
    shelter = asked.doer("answer_place_request")
    assert open_task(asked.ihala, shelter, asked.item("answer_place_request").id).before == []


def test_a_shelter_asked_in_the_night_reads_no_record(care: Told) -> None:
    view = sees(care, care.doer("answer_emergency_request"))
    assert view is not None
    assert view.record == []


def test_the_coordinator_reads_the_identity(asked: Told) -> None:
    view = sees(asked, asked.doer("assess_needs"))
    assert view is not None
    assert NAME in words(view.record)


def test_the_coordinator_does_not_read_who_exploits(asked: Told) -> None:
    view = sees(asked, asked.doer("assess_needs"))
    assert view is not None
    assert "exploiters" not in {answer.key for row in view.record for answer in row.answers}


def test_the_authority_reads_who_exploits(asked: Told) -> None:
    view = sees(asked, asked.doer("decide_presumptively"))
    assert view is not None
    assert "exploiters" in {answer.key for row in view.record for answer in row.answers}


def test_a_shelter_that_is_not_asked_sees_nothing(asked: Told) -> None:
    place = asked.item("answer_place_request").organisation_id
    others = [one for one in asked.land.holders("shelter_manager") if one.seats[0][0] != place]
    assert [one.seats for one in others if sees(asked, one)] == []


@pytest.fixture(scope="module")
def accepted(land: Land) -> Told:
    told = decided(land)
    told.do("answer_place_request", **ACCEPTS)
    told.do("arrange_escort", **dict(land.tasks_of("accepted_at_once"))["arrange_escort"])
    told.do("receive_person", **dict(land.tasks_of("accepted_at_once"))["receive_person"])
    return told


def test_a_shelter_that_accepted_is_in_the_team(accepted: Told) -> None:
    view = sees(accepted, accepted.doer("receive_person"))
    assert view is not None
    assert {row.role for row in view.team} == {"shelter_manager"}


@pytest.mark.parametrize("planted", [NAME, HEARD])
def test_a_shelter_that_accepted_reads_neither_identity_nor_account(accepted: Told, planted: str) -> None:
    assert planted not in everything(accepted, accepted.doer("receive_person"))


def test_a_shelter_reads_its_own_site(accepted: Told) -> None:
    assert SITE in everything(accepted, accepted.doer("receive_person"))


@pytest.mark.parametrize("role", ["first_responder", "competent_authority", "case_approver", "nccpim_officer"])
def test_nobody_else_reads_where_a_shelter_is(accepted: Told, role: str) -> None:
    assert [one.name for one in accepted.land.holders(role) if SITE in everything(accepted, one)] == []


@pytest.fixture(scope="module")
def refused(land: Land) -> tuple[Told, Actor, str]:
    """The shelter that was asked first refuses; another one is asked."""
    told = decided(land)
    shelter, item_id = told.doer("answer_place_request"), str(told.item("answer_place_request").id)
    with told.ihala.database.writing() as tx:
        people = told.ihala.staffing.now(tx).people_in(*shelter.seats[0])
        notice_rows.tell(tx, people, "reminder", told.clock.now(), told.case_id, "", item_id)
    told.do("answer_place_request", **REFUSES)
    return told, shelter, item_id


def test_a_shelter_that_refused_sees_the_case_no_more(refused: tuple[Told, Actor, str]) -> None:
    told, shelter, _ = refused
    assert sees(told, shelter) is None


def test_a_shelter_that_refused_does_not_find_its_request(refused: tuple[Told, Actor, str]) -> None:
    told, shelter, item_id = refused
    with pytest.raises(NotFound):
        open_task(told.ihala, shelter, item_id)


def test_no_list_of_a_shelter_that_refused_names_the_case(refused: tuple[Told, Actor, str]) -> None:
    told, shelter, _ = refused
    assert told.case_id not in everything(told, shelter)


def test_the_next_shelter_is_asked(refused: tuple[Told, Actor, str]) -> None:
    told, shelter, _ = refused
    assert told.item("answer_place_request", "open").organisation_id != shelter.seats[0][0]


@pytest.fixture(scope="module")
def care(land: Land) -> Told:
    """A hospital and a shelter are asked in the night."""
    return urgent(land)


def test_a_hospital_that_is_asked_gets_a_neutral_request(care: Told) -> None:
    hospital = care.doer("answer_care_request")
    view = sees(care, hospital)
    assert view is not None
    assert (view.stage.en, view.process.en, view.record, view.team) == ("", "", [], [])


@pytest.mark.parametrize("hint", [HEARD, "Identification", "Shelter", "National referral", "first_responder"])
def test_no_page_of_a_hospital_hints_at_what_it_is_about(care: Told, hint: str) -> None:
    assert hint not in everything(care, care.doer("answer_care_request"))


def test_no_page_of_a_hospital_names_the_shelter_that_is_asked(care: Told) -> None:
    place = care.item("answer_emergency_request").organisation_id
    assert f"'{place}'" not in everything(care, care.doer("answer_care_request"))


@pytest.fixture(scope="module")
def withdrawn(land: Land) -> tuple[Told, Actor]:
    """The authority is about to decide, has typed a draft, and the person takes back the consent to the authorities."""
    told = decided(land, until="decide_presumptively")
    item, authority = told.item("decide_presumptively"), told.doer("decide_presumptively")
    save_draft(told.ihala, authority, item.id, {"reasons": [HEARD]})
    responder = told.doer("record_identity")
    withdraw_consent(told.ihala, responder, told.case_id, "authorities", "She changed her mind")
    return told, authority


def test_a_withdrawn_consent_takes_the_task(withdrawn: tuple[Told, Actor]) -> None:
    told, authority = withdrawn
    assert told.case_id not in [one.case_id for one in inbox(told.ihala, authority, "team").rows]


def test_a_withdrawn_consent_takes_the_draft(withdrawn: tuple[Told, Actor]) -> None:
    told, authority = withdrawn
    with told.ihala.database.reading() as tx:
        assert record_rows.read_draft(tx, told.item("decide_presumptively").id, authority.account_id) is None


def test_a_withdrawn_consent_takes_the_reading(withdrawn: tuple[Told, Actor]) -> None:
    told, authority = withdrawn
    assert sees(told, authority) is None


def test_a_withdrawn_consent_takes_the_case_from_every_list(withdrawn: tuple[Told, Actor]) -> None:
    told, authority = withdrawn
    assert told.case_id not in everything(told, authority)


def test_every_other_purpose_stands(withdrawn: tuple[Told, Actor]) -> None:
    told, _ = withdrawn
    view = sees(told, told.doer("record_identity"))
    assert view is not None
    assert {one.purpose: one.state for one in view.consents}["support"] == "given"


@pytest.fixture(scope="module")
def late(land: Land) -> Iterator[Told]:
    """Everybody has an address, and the clocks of an urgent case have passed."""
    with land.ihala.database.writing() as tx:
        tx.execute(sa.update(account).values(email=account.c.sign_in_name + "@example.org"))
    told = urgent(land)
    told.wait(timedelta(days=2))
    tell_overdue(told.ihala)
    yield told
    with land.ihala.database.writing() as tx:
        tx.execute(sa.update(account).values(email=""))


def told_to_the_committee(late: Told) -> list[str]:
    return [one.text.en for who in late.land.holders("nccpim_officer") for one in notices(late.ihala, who)]


def mails(late: Told) -> list[str]:
    with late.ihala.database.reading() as tx:
        rows = notice_rows.to_mail(tx, late.clock.now(), 1000)
    return [message(late.ihala.settings, row).get_content() for row in rows]


def without_number(sentence: str) -> str:
    return re.sub(r"\d+", "N", sentence)


def test_the_committee_is_told_of_clocks(late: Told) -> None:
    assert told_to_the_committee(late)


def test_the_committee_is_told_a_number_alone(late: Told) -> None:
    assert {without_number(one) for one in told_to_the_committee(late)} <= SENTENCES


def test_what_the_committee_is_told_leads_to_no_case(late: Told) -> None:
    told = [one for who in late.land.holders("nccpim_officer") for one in notices(late.ihala, who)]
    assert {one.case_id for one in told} == {None}


def test_what_the_team_is_told_leads_to_the_case(late: Told) -> None:
    holders = late.land.holders("case_coordinator")
    told = [one for who in holders for one in notices(late.ihala, who, limit=1000)]
    assert late.case_id in {one.case_id for one in told}


def test_the_committee_sees_no_case(late: Told) -> None:
    assert {sees(late, one) for one in late.land.holders("nccpim_officer")} == {None}


def test_mails_are_sent(late: Told) -> None:
    assert mails(late)


def test_a_mail_carries_a_number_and_the_address_alone(late: Told) -> None:
    address = late.ihala.settings.address
    assert {without_number(one.replace(address, "").strip()) for one in mails(late)} <= SENTENCES
