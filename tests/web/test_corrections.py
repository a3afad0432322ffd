"""Correcting an answer, giving a role to another organisation, and what operators see, on the pages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from engine import StepUndone, accounts, steps, tasks
from engine.accounts import DEMONSTRATION_PASSWORD
from tests.web.conftest import ADMINISTRATOR, COORDINATOR, RESPONDER, Site, send

INCIDENTS = "/administration/incidents"
CORRECTED = {"source": "police", "story": "Ten people in one room", "reason_for_correction": "Miscounted"}


@pytest.fixture
def responder(site: Site) -> FlaskClient:
    """A first responder who has handed one referral on."""
    client = site.signed_in(RESPONDER)
    task = site.referral(client)
    send(client, task, {"page": "report", "source": "police"})
    send(client, task, {"page": "account", "story": "Nine people in one room"})
    send(client, f"{task}/complete", {}, form_at=f"{task}/check")
    return client


def found(client: FlaskClient, path: str, pattern: str) -> str:
    """The first address of this form on a page; empty where there is none."""
    match = re.search(f'"({pattern})"', client.get(path).text)
    return match.group(1) if match else ""


def case_of(client: FlaskClient) -> str:
    return found(client, "/cases", "/cases/[0-9a-f]{32}")


def correction_of(client: FlaskClient) -> str:
    return found(client, f"{case_of(client)}/record", '[^"]+/correction')


def test_the_author_finds_the_way_to_correct(responder: FlaskClient) -> None:
    assert correction_of(responder).startswith(case_of(responder))


def test_the_present_answers_stand_in_the_form(responder: FlaskClient) -> None:
    assert "Nine people in one room" in responder.get(correction_of(responder)).text


def test_a_corrected_answer_stands_in_the_record(responder: FlaskClient) -> None:
    send(responder, correction_of(responder), CORRECTED)
    assert "Ten people in one room" in responder.get(f"{case_of(responder)}/record").text


def test_what_was_corrected_is_not_corrected_twice(responder: FlaskClient) -> None:
    address = correction_of(responder)
    send(responder, address, CORRECTED)
    assert responder.get(address).status_code == 422


def test_without_a_reason_what_was_typed_comes_back(responder: FlaskClient) -> None:
    answer = send(responder, correction_of(responder), {**CORRECTED, "reason_for_correction": ""})
    assert (answer.status_code, "Ten people in one room" in answer.text) == (422, True)


def test_an_answer_that_does_not_fit_is_said(responder: FlaskClient) -> None:
    answer = send(responder, correction_of(responder), {**CORRECTED, "story": ""})
    assert (answer.status_code, 'href="#story"' in answer.text) == (422, True)


def test_whoever_cannot_read_an_answer_is_offered_no_correction(site: Site, responder: FlaskClient) -> None:
    assert correction_of(site.signed_in(COORDINATOR)) == ""


def test_whoever_cannot_read_an_answer_may_not_open_its_correction(site: Site, responder: FlaskClient) -> None:
    assert site.signed_in(COORDINATOR).get(correction_of(responder)).status_code == 403


def test_another_organisation_can_be_given_a_role(site: Site, responder: FlaskClient) -> None:
    coordinator = site.signed_in(COORDINATOR)
    team = f"{case_of(coordinator)}/team"
    send(coordinator, team, {"role": "first_responder", "organisation": "other_line", "reason": "Nearer"})
    assert "Other line" in coordinator.get(team).text


def test_the_present_organisation_is_not_offered(site: Site, responder: FlaskClient) -> None:
    coordinator = site.signed_in(COORDINATOR)
    assert '<option value="line"' not in coordinator.get(f"{case_of(coordinator)}/team").text


@pytest.fixture
def operator(site: Site, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Whoever operates an installation in which one step has failed."""
    item_id = site.referral(site.signed_in(RESPONDER)).rpartition("/")[2]
    actor = accounts.actor_of(site.ihala, accounts.sign_in(site.ihala, RESPONDER, DEMONSTRATION_PASSWORD, ""))
    assert actor is not None
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        with pytest.raises(StepUndone):
            tasks.complete_task(site.ihala, actor, item_id, {"source": "police", "story": "x"})
    return site.signed_in(ADMINISTRATOR)


def retry(operator: FlaskClient) -> None:
    send(operator, found(operator, INCIDENTS, f"{INCIDENTS}/[0-9a-f]+/retry"), {}, form_at="/notices")


def test_an_operator_tries_again(operator: FlaskClient) -> None:
    retry(operator)
    assert "Everything works" in operator.get(INCIDENTS).text


def test_what_fails_again_stays_on_the_list(operator: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "save", lambda *_: 1 / 0)
    retry(operator)
    assert "2 attempts" in operator.get(INCIDENTS).text


@pytest.mark.parametrize("path", [INCIDENTS, "/administration/messages"])
def test_others_do_not_see_what_operators_see(site: Site, path: str) -> None:
    assert site.signed_in(COORDINATOR).get(path).status_code == 403
