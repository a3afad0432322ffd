"""A play on its pages, without scripts: real forms, one's own errors, a step back, a story at the end."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import PROCESS_OWNER, Site, send
from tests.web.test_studio import drafted

REPORT = {"source": "hotline", "story": "Seen at a workshop."}


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


MESSAGE = '<bpmn:message id="m" name="letter"/>'
CAUGHT = (
    '<bpmn:boundaryEvent id="letter" name="Letter" attachedToRef="review" cancelActivity="false">'
    '<bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>'
    '<bpmn:sequenceFlow id="letter_to_remind" sourceRef="letter" targetRef="remind"/>'
)
ARRIVED = (
    '<bpmn:startEvent id="arrived" name="Arrived"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>'
    '<bpmn:sequenceFlow id="arrived_to_review" sourceRef="arrived" targetRef="review"/>'
)
GIVEN = """title: {en: x, ar: x}
process: referral
starts: '2026-03-01T09:00:00+02:00'
variables: {profile: {age: 15, source: police}}
steps: []
"""
START = {
    "begin": "referral:begun",
    "starts-day": "1",
    "starts-month": "3",
    "starts-year": "2026",
    "starts-time": "10:00",
}


def carried(page: str) -> str:
    """What travels with the page."""
    return html.unescape(re.search(r'name="_play" value="([^"]*)"', page)[1])  # type: ignore[index]


def plan_in(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(carried(page))
    return found


def changed(owner: FlaskClient, draft: str, old: str, new: str, declared: str = "") -> None:
    """Save the diagram with something else in it; `declared` is put before the process."""
    path = f"{draft}/files/referral/referral.bpmn"
    text = owner.get(path.replace("/files/", "/raw/")).text
    assert old in text
    content = text.replace(old, new).replace("  <bpmn:collaboration", f"{declared}  <bpmn:collaboration")
    send(owner, path, {"content": content, "revision": 0})


def task_in(page: str) -> str:
    return str(re.search(r'name="_task" value="([^"]+)"', page)[1])  # type: ignore[index]


def begun(owner: FlaskClient, draft: str, **more: object) -> TestResponse:
    return send(owner, f"{draft}/play", {**START, **more})


def does(owner: FlaskClient, draft: str, before: TestResponse, act: str, **typed: object) -> TestResponse:
    return send(owner, f"{draft}/play", {"_play": carried(before.text), "_do": act, **typed})


def completed(owner: FlaskClient, draft: str, before: TestResponse, **typed: object) -> TestResponse:
    return does(owner, draft, before, "complete", _task=task_in(before.text), **typed)


def test_the_first_task_stands_in_its_real_form(owner: FlaskClient) -> None:
    assert "Who reports?" in begun(owner, drafted(owner)).text


def test_answers_lead_to_the_next_task(owner: FlaskClient) -> None:
    draft = drafted(owner)
    assert "Is it complete?" in completed(owner, draft, begun(owner, draft), **REPORT).text


def test_answers_that_do_not_fit_stand_again_with_the_errors(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = completed(owner, draft, begun(owner, draft), story="Seen.").text
    assert ("There is a problem" in page, "Seen." in page) == (True, True)


def test_a_step_back_shows_the_task_before(owner: FlaskClient) -> None:
    draft = drafted(owner)
    after = completed(owner, draft, begun(owner, draft), **REPORT)
    assert "Who reports?" in does(owner, draft, after, "back").text


def test_the_clock_goes_on_to_the_next_moment(owner: FlaskClient) -> None:
    draft = drafted(owner)
    after = completed(owner, draft, begun(owner, draft), **REPORT)
    assert "Go on to this moment" not in does(owner, draft, after, "next").text


def test_the_play_is_saved_as_a_story(owner: FlaskClient) -> None:
    draft = drafted(owner)
    after = completed(owner, draft, begun(owner, draft), **REPORT)
    does(owner, draft, after, "save", title_en="It waits", title_ar="تنتظر")
    assert "It waits" in owner.get(f"{draft}/stories").text


def test_a_step_back_leads_to_any_earlier_step(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = completed(owner, draft, begun(owner, draft), **REPORT)
    page = does(owner, draft, page, "wait", amount="1", unit="hours")
    page = does(owner, draft, page, "wait", amount="2", unit="hours")
    assert len(plan_in(does(owner, draft, page, "back:1").text)["steps"]) == 1


def test_the_clock_is_moved_by_hand(owner: FlaskClient) -> None:
    draft = drafted(owner)
    day = {"until-day": "٣", "until-month": "3", "until-year": "2026", "until-time": "14:30"}
    page = does(owner, draft, begun(owner, draft), "until", **day).text
    assert plan_in(page)["steps"] == [{"until": "2026-03-03T14:30:00+02:00"}]


@pytest.mark.parametrize("typed", [{"amount": "many", "unit": "days"}, {"amount": "1", "unit": "eons"}, {}])
def test_a_length_that_is_none_is_said_and_stands_there_again(owner: FlaskClient, typed: dict[str, str]) -> None:
    draft = drafted(owner)
    answer = does(owner, draft, begun(owner, draft), "wait", **typed)
    assert (answer.status_code, "Say how long the clock is moved" in answer.text) == (422, True)
    assert f'value="{typed.get("amount", "")}"' in answer.text


def test_a_task_is_tried_in_a_role_that_may_not_do_it(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = completed(owner, draft, begun(owner, draft), **REPORT, _as="case_coordinator")
    assert "case_coordinator may not complete it" in page.text
    assert plan_in(page.text)["steps"] == []


def test_the_inbox_of_one_role_is_looked_at(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = send(owner, f"{draft}/play", {"_play": carried(begun(owner, draft).text), "_role": "case_coordinator"})
    assert "Nobody has anything to do" in page.text


def test_a_consent_that_is_missing_is_given_by_hand(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changed(owner, draft, '<bpmn:userTask id="review"', '<bpmn:userTask id="review" ihala:purpose="support"')
    page = completed(owner, draft, begun(owner, draft), **REPORT)
    assert "Waits for a consent" in page.text
    assert "Is it complete?" in does(owner, draft, page, "consent:support").text


def test_a_message_is_sent_with_what_it_carries(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changed(owner, draft, '<bpmn:endEvent id="told"', f'{CAUGHT}<bpmn:endEvent id="told"', MESSAGE)
    page = completed(owner, draft, begun(owner, draft), **REPORT)
    page = does(owner, draft, page, "message:letter", payload='reason = "wish"')
    assert plan_in(page.text)["steps"][1] == {"send": {"message": "letter", "payload": {"reason": "wish"}}}
    assert "A message has come: “Letter”" in page.text


def test_what_a_message_carries_badly_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changed(owner, draft, '<bpmn:endEvent id="told"', f'{CAUGHT}<bpmn:endEvent id="told"', MESSAGE)
    page = completed(owner, draft, begun(owner, draft), **REPORT)
    answer = does(owner, draft, page, "message:letter", payload="reason = (")
    assert (answer.status_code, "The value of &#39;reason&#39;" in answer.text) == (422, True)


def test_what_happened_so_far_is_listed(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = does(owner, draft, completed(owner, draft, begun(owner, draft), **REPORT), "next").text
    for said in ("is done by First responder", "now waits for: Case coordinator", "has run out", "A notice to: Case"):
        assert said in page


WHERE = '"process": "referral", "starts": "2026-03-01T10:00:00+02:00"'


@pytest.mark.parametrize(
    "bent",
    [
        "",
        "{",
        "[]",
        '{"process": "referral"}',
        '{"process": "nothing", "starts": "2026-03-01T10:00:00+02:00", "steps": []}',
        f'{{{WHERE}, "steps": [{{"do": ["x"]}}]}}',
        '{"process": "referral", "starts": "2026-03-01T10:00:00", "steps": []}',
        f'{{{WHERE}, "steps": [{",".join(["1"] * 401)}]}}',
        f'{{{WHERE}, "steps": {json.dumps([{"wait": "P1D"}] * 401)}}}',
        "[" * 50_000,
        "9" * 5_000,
    ],
)
def test_a_bent_play_leads_back_to_the_beginning_with_a_sentence(owner: FlaskClient, bent: str) -> None:
    draft = drafted(owner)
    answer = send(owner, f"{draft}/play", {"_play": bent, "_do": "next"})
    assert (answer.status_code, str(answer.location).endswith(f"{draft}/play")) == (302, True)
    assert "ihala-notice--error" in owner.get(str(answer.location)).text


@pytest.mark.parametrize("step", [{"do": "nothing"}, {"wait": "soon("}, {"until": "1999-01-01T00:00:00+00:00"}])
def test_a_step_that_cannot_be_taken_is_said(owner: FlaskClient, step: dict[str, str]) -> None:
    draft = drafted(owner)
    bent = json.dumps({**plan_in(begun(owner, draft).text), "steps": [step]})
    answer = send(owner, f"{draft}/play", {"_play": bent})
    assert (answer.status_code, 'role="alert"' in answer.text, "Who reports?" in answer.text) == (200, True, True)


@pytest.mark.parametrize("begin", ["nothing:begun", "referral:nowhere", "", "::"])
def test_a_beginning_that_is_not_there_is_not_found(owner: FlaskClient, begin: str) -> None:
    draft = drafted(owner)
    assert begun(owner, draft, begin=begin).status_code == 404


def test_a_day_that_is_none_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    answer = begun(owner, draft, **{"starts-day": "31", "starts-month": "2"})
    assert "Say a day as 27 3 2026" in owner.get(str(answer.location)).text


def test_what_a_process_is_given_is_asked_before_it_begins(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "referral/scenarios/given.yaml", "content": GIVEN}, form_at=draft)
    assert "What is known when it begins" in begun(owner, draft).text
    page = begun(owner, draft, given="yes", **{"profile.source": "police", "profile.age": "16"})
    assert plan_in(page.text)["variables"] == {"profile": {"age": 16, "source": "police"}}


def test_what_is_given_badly_stands_there_again(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "referral/scenarios/given.yaml", "content": GIVEN}, form_at=draft)
    answer = begun(owner, draft, given="yes", **{"profile.age": "sixteen ("})
    assert (answer.status_code, 'value="sixteen ("' in answer.text) == (422, True)


def test_a_process_is_begun_by_a_message(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changed(owner, draft, '<bpmn:startEvent id="begun"', f'{ARRIVED}<bpmn:startEvent id="begun"', MESSAGE)
    assert "referral:arrived" in owner.get(f"{draft}/play").text
    assert "What the message carries" in begun(owner, draft, begin="referral:arrived").text
    page = begun(owner, draft, begin="referral:arrived", given="yes", payload='who = "police"')
    assert plan_in(page.text)["begins"] == {"at": "arrived", "payload": {"who": "police"}}
    assert "Is it complete?" in page.text


def test_a_story_without_both_titles_is_not_saved(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = completed(owner, draft, begun(owner, draft), **REPORT)
    answer = does(owner, draft, page, "save", title_en="It waits")
    assert (answer.status_code, 'value="It waits"' in answer.text) == (422, True)


def test_a_draft_that_cannot_run_is_not_played(owner: FlaskClient) -> None:
    draft = drafted(owner)
    path = f"{draft}/files/referral/referral.bpmn"
    send(owner, path, {"content": "<nonsense/>", "revision": 0})
    assert owner.get(f"{draft}/play").status_code == 302
