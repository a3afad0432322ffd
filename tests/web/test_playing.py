"""A play on its pages, without scripts: real forms, one's own errors, a step back, a story at the end."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import PROCESS_OWNER, Site, send
from tests.web.test_studio import drafted

REPORT = {"source": "hotline", "story": "Seen at a workshop."}


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


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


def test_a_draft_that_cannot_run_is_not_played(owner: FlaskClient) -> None:
    draft = drafted(owner)
    path = f"{draft}/files/referral/referral.bpmn"
    send(owner, path, {"content": "<nonsense/>", "revision": 0})
    assert owner.get(f"{draft}/play").status_code == 302
