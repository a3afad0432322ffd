"""The page of announced holidays, without scripts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import ADMINISTRATOR, COORDINATOR, RESPONDER, Site, send

TYPED = {"day": "2026-03-19", "en": "Feast", "ar": "العيد", "reason": "The moon was seen.", "source": "Decree 12"}


@pytest.fixture
def coordinator(site: Site) -> FlaskClient:
    return site.signed_in(COORDINATOR)


def test_coordinators_and_administrators_find_the_page(site: Site) -> None:
    for name in (COORDINATOR, ADMINISTRATOR):
        assert 'href="/holidays"' in site.signed_in(name).get("/notices").text


def test_others_neither_find_nor_open_it(site: Site) -> None:
    client = site.signed_in(RESPONDER)
    assert ('href="/holidays"' in client.get("/notices").text, client.get("/holidays").status_code) == (False, 403)


def test_nothing_is_announced_before_its_effect_was_shown(coordinator: FlaskClient) -> None:
    answer = send(coordinator, "/holidays", TYPED)
    assert "No running deadline counts working days over this day." in answer.text
    assert "Feast" not in coordinator.get("/holidays").text


def test_it_is_announced_and_taken_back(coordinator: FlaskClient) -> None:
    send(coordinator, "/holidays", {**TYPED, "choice": "keep", "counted": "0"})
    stood = "Thursday 19 March 2026" in coordinator.get("/holidays").text
    send(coordinator, "/holidays/2026-03-19/end", {"choice": "keep", "counted": "0"}, form_at="/holidays")
    assert (stood, "Feast" in coordinator.get("/holidays").text) == (True, False)


def test_what_is_missing_is_said_with_what_was_typed(coordinator: FlaskClient) -> None:
    answer = send(coordinator, "/holidays", {**TYPED, "source": ""})
    assert (answer.status_code, "the decision in which it stands" in answer.text, "Feast" in answer.text) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("day", ["soon", "", "0000-00-00", "2026-13-45"])
def test_what_is_no_day_is_said(coordinator: FlaskClient, day: str) -> None:
    answer = send(coordinator, "/holidays", {**TYPED, "day": day})
    assert (answer.status_code, "A date between" in answer.text) == (422, True)


def test_another_number_than_was_shown_is_asked_again(coordinator: FlaskClient) -> None:
    answer = send(coordinator, "/holidays", {**TYPED, "choice": "move", "counted": "7"})
    assert (answer.status_code, "it is 0 now" in answer.text) == (409, True)


def test_a_holiday_that_there_is_not_is_not_taken_back(coordinator: FlaskClient) -> None:
    assert send(coordinator, "/holidays/2026-03-20/end", {}, form_at="/holidays").status_code == 404


def test_it_speaks_arabic(site: Site) -> None:
    assert "إعلان عطلة" in site.signed_in(COORDINATOR, "ar").get("/holidays").text
