"""The pages of stories and coverage without scripts: figures, lists, one story, the waiver."""

from __future__ import annotations

import html

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import COORDINATOR, PROCESS_OWNER, SECOND_OWNER, Site, send
from tests.web.test_studio import drafted, saved

STORY = "stories/referral/scenarios/reported_and_reviewed.yaml"


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def with_gap(client: FlaskClient) -> str:
    """The address of a draft whose reminder comes later than its story waits, with that story played."""
    draft = drafted(client)
    saved(client, draft, ">P1D<", ">P3D<")
    send(client, f"{draft}/stories", {})
    return draft


def text_at(client: FlaskClient, address: str) -> str:
    return html.unescape(client.get(address).text)


def proposed(client: FlaskClient) -> str:
    draft = with_gap(client)
    typed = {"note": "Three days.", "waiver": "The story is being written."}
    send(client, f"{draft}/decision/propose", typed, form_at=f"{draft}/decision")
    return draft


def test_the_coverage_of_each_process_is_told_in_figures(owner: FlaskClient) -> None:
    page = text_at(owner, f"{with_gap(owner)}/coverage")
    assert "4 of 6 steps · 0 of 1 clock · 3 of 5 arrows" in page


def test_coverage_says_which_stories_are_not_counted_yet(owner: FlaskClient) -> None:
    assert "1 story was not played on the files as they are" in text_at(owner, f"{drafted(owner)}/coverage")


def test_what_no_story_takes_is_listed_and_marked(owner: FlaskClient) -> None:
    page = text_at(owner, f"{with_gap(owner)}/coverage/referral")
    assert "from “Remind” to “Told”" in page
    assert 'data-never="remind told late late_to_remind remind_to_told"' in page


def test_what_one_story_takes_is_shown_apart(owner: FlaskClient) -> None:
    page = text_at(owner, f"{with_gap(owner)}/coverage/referral?story={STORY.removeprefix('stories/')}")
    assert ("A referral is reported and reviewed" in page, "data-never" in page) == (True, False)


def test_a_process_that_is_not_there_is_not_found(owner: FlaskClient) -> None:
    draft = drafted(owner)
    found = [owner.get(f"{draft}/{part}").status_code for part in ("coverage/none", "stories/none.yaml")]
    assert found == [404, 404]


def test_a_story_tells_its_steps_in_words(owner: FlaskClient) -> None:
    page = text_at(owner, f"{with_gap(owner)}/{STORY}")
    assert "“Take the referral” is done" in page
    assert "<bdi>Who reports?</bdi> <strong><bdi>A hotline</bdi></strong>" in page
    assert "Time passes: 2 days" in page


def test_a_story_is_played_again_by_itself(owner: FlaskClient) -> None:
    draft = drafted(owner)
    before = owner.get(f"{draft}/{STORY}").text
    send(owner, f"{draft}/{STORY}", {})
    assert ("Not played" in before, "As told" in owner.get(f"{draft}/{STORY}").text) == (True, True)


def test_files_that_cannot_run_play_no_story(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">soon<")
    send(owner, f"{draft}/{STORY}", {})
    assert "The mechanism cannot run" in owner.get(draft).text


def test_whoever_is_no_process_owner_sees_no_coverage(site: Site, owner: FlaskClient) -> None:
    draft, client = with_gap(owner), site.signed_in(COORDINATOR)
    parts = ("coverage", "coverage/referral", STORY)
    assert {client.get(f"{draft}/{part}").status_code for part in parts} == {403}


def test_proposing_asks_for_the_reason_of_a_gap(owner: FlaskClient) -> None:
    draft = with_gap(owner)
    answer = send(owner, f"{draft}/decision/propose", {"note": "Three days."}, form_at=f"{draft}/decision")
    assert (answer.status_code, "leave out arrows or clocks of what was changed: 3" in answer.text) == (422, True)
    assert (">Three days.<" in answer.text, "coverage/referral" in answer.text) == (True, True)


def test_signing_without_the_tick_is_refused_with_a_way_to_what_is_missing(site: Site, owner: FlaskClient) -> None:
    draft, second = proposed(owner), site.signed_in(SECOND_OWNER)
    typed = {"note": "", "waiver": "This week."}
    answer = send(second, f"{draft}/decision/approve", typed, form_at=f"{draft}/decision")
    assert (answer.status_code, "what was changed: 3" in answer.text, "This week." in answer.text) == (422, True, True)
    assert f"{draft}/coverage/referral" in answer.text


def test_a_waiver_stands_beside_its_signature(site: Site, owner: FlaskClient) -> None:
    draft, second = proposed(owner), site.signed_in(SECOND_OWNER)
    typed = {"note": "", "waives": "yes", "waiver": "This week."}
    send(second, f"{draft}/decision/approve", typed, form_at=f"{draft}/decision")
    page = text_at(owner, f"{draft}/decision")
    assert ("The story is being written." in page, "This week." in page, "In force" in page) == (True, True, True)
