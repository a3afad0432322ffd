"""A story changed on its pages, without scripts: steps moved, left out, put in, and answered otherwise."""

from __future__ import annotations

import html
import re

import pytest
import yaml
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site, send
from tests.web.test_studio import drafted

PATH = "referral/scenarios/reported_and_reviewed.yaml"


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def page_of(owner: FlaskClient, draft: str) -> str:
    return owner.get(f"{draft}/stories/{PATH}").text


def steps(owner: FlaskClient, draft: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(owner.get(f"{draft}/raw/{PATH}").text)["steps"]
    return found


def revision(page: str) -> str:
    return str(re.search(r'name="_revision" value="(\d+)"', page)[1])  # type: ignore[index]


def changes(owner: FlaskClient, draft: str, act: str, **typed: object) -> TestResponse:
    story = f"{draft}/stories/{PATH}"
    typed = {"_revision": revision(owner.get(story).text), "_do": act, **typed}
    return send(owner, f"{draft}/retelling/{PATH}", typed, form_at=story)


def at_step(owner: FlaskClient, draft: str, place: str, number: int, act: str, **typed: object) -> TestResponse:
    path = f"{draft}/retelling-step/{place}/{number}/{PATH}"
    return send(owner, path, {"_revision": revision(owner.get(path).text), "_do": act, **typed})


def test_a_step_is_moved_and_looked_at(owner: FlaskClient) -> None:
    draft = drafted(owner)
    answer = changes(owner, draft, "up:2")
    assert (list(steps(owner, draft)[0]), str(answer.location)[-7:]) == (["wait"], "#step-1")


def test_a_step_is_left_out(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changes(owner, draft, "remove:2")
    assert [next(iter(step)) for step in steps(owner, draft)] == ["do", "do", "expect"]


def test_a_step_that_is_not_there_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changes(owner, draft, "remove:9")
    assert "The story has no step 9" in page_of(owner, draft)


@pytest.mark.parametrize("act", ["", "dance:1", "up", "remove:-1", "up:" + "9" * 30])
def test_an_act_that_is_none_changes_nothing(owner: FlaskClient, act: str) -> None:
    draft = drafted(owner)
    before = steps(owner, draft)
    assert changes(owner, draft, act).status_code == 302
    assert steps(owner, draft) == before


def test_the_title_is_changed(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changes(owner, draft, "title", title_en="Anew", title_ar="من جديد")
    assert "Anew" in page_of(owner, draft)


def test_the_beginning_is_moved(owner: FlaskClient) -> None:
    draft = drafted(owner)
    day = {"starts-day": "3", "starts-month": "5", "starts-year": "2026", "starts-time": "08:30"}
    changes(owner, draft, "starts", **day)
    assert "It begins on Sunday 3 May 2026, 08:30" in page_of(owner, draft)


def test_answers_are_changed_in_the_form_of_the_task(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = owner.get(f"{draft}/retelling-step/instead/1/{PATH}").text
    assert re.search(r'<input[^>]*name="source"[^>]*value="hotline"[^>]*checked', page)
    assert "Seen at a workshop." in page
    task = {"_task": "take_referral.1", "source": "police", "story": "At a station."}
    at_step(owner, draft, "instead", 1, "complete", **task)
    assert steps(owner, draft)[0] == {"do": "take_referral", "answers": {"source": "police", "story": "At a station."}}


def test_answers_that_do_not_fit_change_nothing(owner: FlaskClient) -> None:
    draft = drafted(owner)
    answer = at_step(owner, draft, "instead", 1, "complete", _task="take_referral.1", source="police")
    assert "There is a problem" in answer.text
    assert "hotline" in str(steps(owner, draft)[0])


def test_a_step_is_put_in_where_the_story_stands(owner: FlaskClient) -> None:
    draft = drafted(owner)
    at_step(owner, draft, "before", 2, "wait", amount="3", unit="working_days")
    assert steps(owner, draft)[1] == {"wait": "P3D", "working": True}


def test_a_step_is_put_in_at_the_end(owner: FlaskClient) -> None:
    draft = drafted(owner)
    at_step(owner, draft, "after", 4, "wait", amount="1", unit="hours")
    assert steps(owner, draft)[-1] == {"wait": "PT1H"}


def test_how_the_clock_is_moved_stands_in_its_questions(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = owner.get(f"{draft}/retelling-step/instead/2/{PATH}").text
    assert re.search(r'id="amount"[^>]*value="2"', page)


def test_what_is_expected_is_changed(owner: FlaskClient) -> None:
    draft = drafted(owner)
    page = owner.get(f"{draft}/retelling-step/instead/4/{PATH}").text
    assert '<option value="completed" selected>' in page
    expected = {"state": "running", "passed": ["review", "done"], "variables": 'review.ok = "yes"'}
    at_step(owner, draft, "instead", 4, "expect", **expected)
    assert steps(owner, draft)[3] == {
        "expect": {"state": "running", "passed": ["review", "done"], "variables": {"review.ok": "yes"}}
    }


def test_what_is_expected_badly_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    answer = at_step(owner, draft, "instead", 4, "expect", variables="review.ok = (")
    assert (answer.status_code, "review.ok" in answer.text) == (422, True)


def test_a_story_that_goes_otherwise_says_why_at_its_step(owner: FlaskClient) -> None:
    draft = drafted(owner)
    at_step(owner, draft, "instead", 4, "expect", state="running")
    send(owner, f"{draft}/stories/{PATH}", {})
    page = html.unescape(page_of(owner, draft))
    at = page.index('id="step-4"')
    assert "expected the state of the process: running, found completed" in page[at : at + 900]


def test_a_changed_story_is_run_and_goes_as_told(owner: FlaskClient) -> None:
    draft = drafted(owner)
    at_step(owner, draft, "after", 4, "wait", amount="1", unit="days")
    send(owner, f"{draft}/stories/{PATH}", {})
    assert "As told" in page_of(owner, draft)


def test_a_task_that_is_not_open_any_more_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    changes(owner, draft, "remove:1")
    page = owner.get(f"{draft}/retelling-step/instead/2/{PATH}").text
    assert "This task is not open here" in page
    assert "do: review" in html.unescape(page)


def test_a_page_that_is_older_than_the_story_changes_nothing(owner: FlaskClient) -> None:
    draft = drafted(owner)
    old = revision(page_of(owner, draft))
    changes(owner, draft, "remove:2")
    changes(owner, draft, "remove:1", _revision=old)
    assert "nothing was saved" in page_of(owner, draft)
    assert len(steps(owner, draft)) == 3


@pytest.mark.parametrize("where", ["instead/0", "instead/9", "before/9"])
def test_a_step_page_of_no_step_leads_back(owner: FlaskClient, where: str) -> None:
    draft = drafted(owner)
    answer = owner.get(f"{draft}/retelling-step/{where}/{PATH}")
    assert str(answer.location).endswith(f"{draft}/stories/{PATH}")


@pytest.mark.parametrize("where", [f"beside/1/{PATH}", "instead/1/referral/scenarios/nothing.yaml"])
def test_a_place_that_is_none_is_not_found(owner: FlaskClient, where: str) -> None:
    draft = drafted(owner)
    assert owner.get(f"{draft}/retelling-step/{where}").status_code == 404


def test_a_story_that_cannot_be_read_is_said(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files/{PATH}", {"content": "title: [", "revision": 0})
    answer = owner.get(f"{draft}/retelling-step/instead/1/{PATH}")
    assert "is no scenario" in owner.get(str(answer.location)).text


def test_a_published_story_is_shown_and_not_changed(owner: FlaskClient) -> None:
    release = str(re.search(r"/studio/[0-9a-f]{32}", owner.get("/studio").text)[0])  # type: ignore[index]
    page = owner.get(f"{release}/stories/{PATH}").text
    assert "It begins on Sunday 1 March 2026, 09:00" in page
    assert "Leave it out" not in page


def test_another_persons_draft_is_not_found(site: Site, owner: FlaskClient) -> None:
    draft, second = drafted(owner), site.signed_in(SECOND_OWNER)
    assert second.get(f"{draft}/retelling-step/instead/1/{PATH}").status_code == 404
    assert send(second, f"{draft}/retelling/{PATH}", {"_do": "remove:1"}, form_at="/notices").status_code == 404
