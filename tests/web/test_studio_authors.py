"""Working on a draft together, as two process owners do without scripts."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site, send
from tests.web.test_studio import DIAGRAM, drafted, saved, text_of


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


@pytest.fixture
def second(site: Site) -> FlaskClient:
    return site.signed_in(SECOND_OWNER)


def invited(owner: FlaskClient) -> str:
    """The address of a draft to which the second owner is invited."""
    draft = drafted(owner)
    (account,) = re.findall(r'<option value="([0-9a-f]{32})">', owner.get(draft).text)
    send(owner, f"{draft}/authors", {"account": account}, form_at=draft)
    return draft


def test_the_maker_invites_a_process_owner(owner: FlaskClient, second: FlaskClient) -> None:
    assert second.get(invited(owner)).status_code == 200


def test_the_invited_finds_the_draft_in_the_list_with_names(owner: FlaskClient, second: FlaskClient) -> None:
    draft = invited(owner)
    page = second.get("/studio").text
    assert (f'href="{draft}"' in page, " with <bdi>" in page) == (True, True)


def test_the_invited_sees_no_way_to_throw_it_away_or_to_invite(owner: FlaskClient, second: FlaskClient) -> None:
    page = second.get(invited(owner)).text
    assert ("Throw the draft away" in page, "Invite another" in page) == (False, False)


def test_nobody_chosen_is_said_in_words(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/authors", {"account": "nobody"}, form_at=draft)
    assert "Choose a process owner who does not work on the draft yet" in owner.get(draft).text


def test_the_invitation_is_taken_back(owner: FlaskClient, second: FlaskClient) -> None:
    draft = invited(owner)
    (end,) = re.findall(r'action="(/studio/[^"]+/end)"', owner.get(draft).text)
    send(owner, end, {}, form_at=draft)
    assert second.get(draft).status_code == 404


def test_two_authors_who_save_the_same_file_see_both(owner: FlaskClient, second: FlaskClient) -> None:
    draft = invited(owner)
    saved(second, draft, ">P1D<", ">P2D<")
    typed = {"content": text_of(owner, draft).replace(">P2D<", ">P3D<"), "revision": 0}
    answer = send(owner, f"{draft}/files/{DIAGRAM}", typed)
    assert (answer.status_code, "3 days instead of 2 days" in answer.text) == (409, True)


def test_a_file_that_the_other_changed_is_not_removed(owner: FlaskClient, second: FlaskClient) -> None:
    draft = invited(owner)
    saved(second, draft, ">P1D<", ">P2D<")
    send(owner, f"{draft}/removal/{DIAGRAM}", {"revision": 0}, form_at=draft)
    assert ">P2D<" in text_of(owner, draft)


def test_what_was_written_while_the_other_proposed_is_shown(owner: FlaskClient, second: FlaskClient) -> None:
    draft = invited(owner)
    saved(owner, draft, ">P1D<", ">P2D<")
    send(owner, f"{draft}/stories", {})
    send(owner, f"{draft}/decision/propose", {"note": "Two days."}, form_at=f"{draft}/decision")
    answer = send(second, f"{draft}/files/{DIAGRAM}", {"content": "my own words", "revision": 1}, form_at=draft)
    assert (answer.status_code, "my own words" in answer.text, "is no draft any more" in answer.text) == (
        422,
        True,
        True,
    )
