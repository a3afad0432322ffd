"""The pages of where cases stand, without scripts: who is shown figures, who cases, and who nothing."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from engine.persistence import account_rows, administration_rows
from tests.web.conftest import (
    ADMINISTRATOR,
    COORDINATOR,
    PROCESS_OWNER,
    RESPONDER,
    SECOND_OWNER,
    STRANGER,
    Site,
    send,
)
from tests.web.test_studio import base_of, drafted

STEP = "/studio/cases/referral/review"


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def reported(site: Site) -> str:
    """A case whose review waits; its id."""
    client = site.signed_in(RESPONDER)
    task = site.referral(client).split("?")[0]
    following = send(client, task, {"source": "police"}).location
    send(client, task, {"story": "Planted words", "page": following.rpartition("=")[2]})
    send(client, f"{task}/complete", {}, form_at=task)
    found = re.search(r'href="/cases/([0-9a-f]{32})"', client.get("/cases").text)
    assert found is not None
    return found.group(1)


def coordinating(site: Site) -> FlaskClient:
    """A coordinator of cases who draws the mechanism, too."""
    with site.ihala.database.writing() as tx:
        account = account_rows.account_by_name(tx, COORDINATOR)
        assert account is not None
        seat = {"id": uuid4().hex, "account_id": account.id, "organisation_id": "ministry", "role": "process_owner"}
        administration_rows.insert_membership(tx, **seat, granted_at=site.clock.now())
    return site.signed_in(COORDINATOR)


def marks(page: str) -> dict[str, dict[str, object]]:
    """What the diagram of a page writes on its steps."""
    found: dict[str, dict[str, object]] = json.loads(html.unescape(re.search(r'data-heat="([^"]*)"', page)[1]))  # type: ignore[index]
    return found


def rows(page: str) -> list[str]:
    """The steps of the table, in order."""
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>([^<]+)<', page)


@pytest.mark.parametrize("who", [COORDINATOR, STRANGER, ADMINISTRATOR])
@pytest.mark.parametrize("path", ["/studio/cases", STEP, "{base}/cases", "{base}/cases/referral/review"])
def test_whoever_neither_draws_nor_decides_is_refused(site: Site, owner: FlaskClient, who: str, path: str) -> None:
    reported(site)
    answer = site.signed_in(who).get(path.format(base=base_of(owner)))
    assert (answer.status_code, "Review the referral" in answer.text) == (403, False)


@pytest.mark.parametrize("path", ["/studio/cases", STEP])
def test_a_visitor_is_asked_to_sign_in(site: Site, path: str) -> None:
    assert "/sign-in" in site.visitor().get(path).headers["Location"]


def test_another_persons_draft_tells_nothing(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner)
    assert site.signed_in(SECOND_OWNER).get(f"{draft}/cases/referral/review").status_code == 404


def test_a_process_owner_is_shown_figures_and_no_case(site: Site, owner: FlaskClient) -> None:
    case_id = reported(site)
    page = owner.get(f"{base_of(owner)}/cases/referral/review").text
    assert ("Only figures are shown to you" in page, case_id in page, "/cases/" + case_id in page) == (
        True,
        False,
        False,
    )


def test_the_case_itself_stays_closed_to_the_process_owner(site: Site, owner: FlaskClient) -> None:
    assert owner.get(f"/cases/{reported(site)}").status_code == 404


def test_whoever_serves_the_case_is_led_to_it(site: Site) -> None:
    case_id = reported(site)
    client = coordinating(site)
    assert (f'href="/cases/{case_id}"' in client.get(STEP).text, client.get(f"/cases/{case_id}").status_code) == (
        True,
        200,
    )


def test_the_diagram_leads_from_a_step_to_its_cases(site: Site, owner: FlaskClient) -> None:
    reported(site)
    assert marks(owner.get("/studio/cases").text) == {"review": {"text": "1", "level": 4, "href": STEP}}


def test_the_table_leads_there_without_scripts(site: Site, owner: FlaskClient) -> None:
    reported(site)
    base = base_of(owner)
    assert f'href="{base}/cases/referral/review"' in owner.get(f"{base}/cases").text


def test_the_heat_is_chosen(site: Site, owner: FlaskClient) -> None:
    reported(site)
    assert marks(owner.get("/studio/cases?heat=overdue").text) == {}


def test_an_age_is_told_in_days(site: Site) -> None:
    reported(site)
    site.clock.move_to(site.clock.now() + timedelta(days=3))
    assert marks(site.signed_in(PROCESS_OWNER).get("/studio/cases?heat=age").text)["review"]["text"] == "3 d"


@pytest.mark.parametrize(("sort", "first"), [("waiting", "Review the referral"), ("oldest", "Take the referral")])
def test_the_table_is_sorted_by_a_link(site: Site, sort: str, first: str) -> None:
    site.referral(site.signed_in(RESPONDER))
    site.clock.move_to(site.clock.now() + timedelta(hours=1))
    for _ in range(2):
        reported(site)
    page = site.signed_in(PROCESS_OWNER).get(f"/studio/cases?sort={sort}").text
    assert (rows(page)[0], f"sort={sort}" in page, page.count("aria-sort")) == (first, True, 1)


def test_a_small_number_of_a_period_is_not_told(site: Site, owner: FlaskClient) -> None:
    reported(site)
    page = owner.get("/studio/cases?period=7&heat=passed").text
    assert ("fewer than 5" in page, marks(page)["take_referral"]["text"]) == (True, "1–4")


def test_whoever_answers_for_cases_is_told_it(site: Site) -> None:
    reported(site)
    page = coordinating(site).get("/studio/cases?period=7&heat=passed").text
    assert ("fewer than 5" in page, marks(page)["take_referral"]["text"]) == (False, "1")


def test_dates_that_do_not_fit_are_said(owner: FlaskClient) -> None:
    answer = owner.get("/studio/cases?period=dates&from=2026-02-02&to=2026-02-01")
    assert (answer.status_code, "found “2026-02-02” and “2026-02-01”" in answer.text) == (422, True)


def test_a_period_of_days_is_shown(owner: FlaskClient) -> None:
    page = owner.get("/studio/cases?period=dates&from=2026-02-01&to=2026-02-02").text
    assert "as it stood at 3 February 2026, 00:00" in page


def test_a_step_that_does_not_exist_is_not_found(owner: FlaskClient) -> None:
    assert owner.get("/studio/cases/referral/nothing").status_code == 404


def test_the_figures_are_told_in_arabic(site: Site) -> None:
    reported(site)
    page = site.signed_in(PROCESS_OWNER, "ar").get("/studio/cases?period=7").text
    assert ("أقل من 5" in page, "مراجعة الإحالة" in page, "Waiting" in page) == (True, True, False)
