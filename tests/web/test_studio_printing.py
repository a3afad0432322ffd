"""The printed release, without scripts: words, tables, and who signed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from engine.persistence import account_rows
from tests.web.conftest import COORDINATOR, PROCESS_OWNER, SECOND_OWNER, Site, send
from tests.web.test_studio import base_of, drafted, proposed

LINES = 'class="ihala-print__line"'


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def test_the_decision_leads_to_the_print(owner: FlaskClient) -> None:
    draft = proposed(owner)
    assert f'href="{draft}/print"' in owner.get(f"{draft}/decision").text


def test_the_print_says_what_changes_and_who_proposed_it(site: Site, owner: FlaskClient) -> None:
    draft = proposed(owner)
    page = owner.get(f"{draft}/print").text
    with site.ihala.database.reading() as tx:
        who = account_rows.account_by_name(tx, PROCESS_OWNER)
    assert who is not None
    parts = ("the time is now 2 days instead of 1 day", "Two days.", "Proposed by", who.name, "Two days to review")
    assert [part for part in parts if part not in page] == []


def test_a_signature_that_is_missing_has_empty_lines(owner: FlaskClient) -> None:
    assert owner.get(f"{proposed(owner)}/print").text.count(LINES) == 3


def test_a_signature_that_was_given_is_filled_in(site: Site, owner: FlaskClient) -> None:
    draft, second = proposed(owner), site.signed_in(SECOND_OWNER)
    send(second, f"{draft}/decision/approve", {"note": ""}, form_at=f"{draft}/decision")
    page = owner.get(f"{draft}/print").text
    assert (page.count(LINES), "<strong>Signed</strong>" in page, "In force since" in page) == (1, True, True)


def test_without_scripts_the_words_stand_alone(owner: FlaskClient) -> None:
    assert "The words above say all that is different" in owner.get(f"{proposed(owner)}/print").text


def test_the_print_is_in_arabic(site: Site) -> None:
    client = site.signed_in(PROCESS_OWNER, "ar")
    page = client.get(f"{base_of(client)}/print").text
    assert ("أسئلة النموذج" in page, "Signature" in page) == (True, False)


def test_another_persons_draft_is_not_printed(site: Site, owner: FlaskClient) -> None:
    assert site.signed_in(SECOND_OWNER).get(f"{drafted(owner)}/print").status_code == 404


def test_whoever_serves_cases_prints_no_release(site: Site, owner: FlaskClient) -> None:
    assert site.signed_in(COORDINATOR).get(f"{base_of(owner)}/print").status_code == 403
