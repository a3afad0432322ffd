"""Roles and calendar of a draft, as a process owner changes them without scripts."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import PROCESS_OWNER, Site, send
from tests.web.test_studio import base_of, drafted, text_of

SETTINGS = "mechanism.toml"
ROLE = {"en": "Legal aid", "ar": "المساعدة القانونية", "held_by": ["ministry"], "sees": "own"}


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


@pytest.fixture
def draft(owner: FlaskClient) -> str:
    return drafted(owner)


def settings(client: FlaskClient, draft: str) -> dict[str, Any]:
    return tomllib.loads(text_of(client, draft, SETTINGS))


def sent(client: FlaskClient, draft: str, part: str, typed: dict[str, object], revision: int = 0) -> TestResponse:
    return send(
        client, f"{draft}/organisation/{part}", {**typed, "revision": revision}, form_at=f"{draft}/organisation"
    )


def test_the_page_names_the_roles_with_their_steps(owner: FlaskClient, draft: str) -> None:
    page = owner.get(f"{draft}/organisation").text
    assert ("Case coordinator" in page, "(1 step)" in page) == (True, True)


def test_the_page_speaks_arabic(site: Site) -> None:
    client = site.signed_in(PROCESS_OWNER, "ar")
    page = client.get(f"{drafted(client)}/organisation").text
    assert ("الأدوار والتقويم" in page, "تنتهي" in page) == (True, True)


def test_a_role_is_added(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "role", {"id": "legal_aid", **ROLE})
    assert settings(owner, draft)["roles"]["legal_aid"] == {
        "en": "Legal aid",
        "ar": "المساعدة القانونية",
        "held_by": ["ministry"],
    }


def test_only_what_was_changed_is_another_in_the_text(owner: FlaskClient, draft: str) -> None:
    before = text_of(owner, draft, SETTINGS)
    typed = {**ROLE, "en": "Administrator of accounts", "ar": "مدير النظام"}
    sent(owner, draft, "role?id=administrator", typed)
    assert text_of(owner, draft, SETTINGS) == before.replace('en = "Administrator"', 'en = "Administrator of accounts"')


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "Legal Aid"}, "An id of small Latin letters"),
        ({"id": "__class__"}, "An id of small Latin letters"),
        ({"id": "administrator"}, "There is an entry with the id “administrator” already"),
        ({"ar": " "}, "Write the name in both languages"),
        ({"held_by": ["nowhere"]}, "Choose at least one kind of organisation"),
        ({"held_by": []}, "Choose at least one kind of organisation"),
        ({"sees": "everything"}, "Choose how much of a case"),
    ],
)
def test_what_cannot_stand_is_said_with_what_was_typed(
    owner: FlaskClient, draft: str, wrong: dict[str, object], said: str
) -> None:
    answer = sent(owner, draft, "role", {"id": "legal_aid", **ROLE, **wrong})
    assert (answer.status_code, said in answer.text, 'value="Legal aid"' in answer.text) == (422, True, True)


def test_a_role_that_has_work_is_not_removed(owner: FlaskClient, draft: str) -> None:
    answer = sent(owner, draft, "role/remove?id=case_coordinator", {})
    assert (answer.status_code, "is still used and cannot be removed" in answer.text) == (422, True)


def test_the_role_that_draws_is_not_removed(owner: FlaskClient, draft: str) -> None:
    assert sent(owner, draft, "role/remove?id=process_owner", {}).status_code == 422


def test_a_role_that_nobody_uses_is_removed(owner: FlaskClient, draft: str) -> None:
    before = text_of(owner, draft, SETTINGS)
    sent(owner, draft, "role", {"id": "legal_aid", **ROLE})
    sent(owner, draft, "role/remove?id=legal_aid", {}, revision=1)
    assert tomllib.loads(before) == settings(owner, draft)


def test_a_role_that_may_open_cases_is_let(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "role", {"id": "legal_aid", **ROLE, "starts": ["referral", "nothing"]})
    assert settings(owner, draft)["routing"]["starts"] == {"referral": ["first_responder", "legal_aid"]}


def test_a_kind_of_organisation_is_added_renamed_and_removed(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "kind", {"id": "court", "en": "Court", "ar": "محكمة"})
    sent(owner, draft, "kind?id=court", {"en": "Labour court", "ar": "محكمة العمل"}, revision=1)
    named = settings(owner, draft)["organisation_kinds"]["court"]
    sent(owner, draft, "kind/remove?id=court", {}, revision=2)
    assert (named["en"], "court" in settings(owner, draft)["organisation_kinds"]) == ("Labour court", False)


def test_a_kind_that_there_is_is_not_removed(owner: FlaskClient, draft: str) -> None:
    answer = sent(owner, draft, "kind/remove?id=hotline", {})
    assert (answer.status_code, "organisations of this kind: 2" in answer.text) == (422, True)


def test_the_working_week_is_changed(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "week", {"working_days": ["monday", "sunday"], "closes_at": "14:30"})
    assert settings(owner, draft)["calendar"] == {"working_days": ["sunday", "monday"], "closes_at": "14:30"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"working_days": [], "closes_at": "15:00"}, "Choose at least one working day"),
        ({"working_days": ["funday"], "closes_at": "15:00"}, "Choose at least one working day"),
        ({"working_days": ["sunday"], "closes_at": "late"}, "A time of day such as 15:00"),
    ],
)
def test_a_week_that_is_none_is_refused_in_words(
    owner: FlaskClient, draft: str, typed: dict[str, object], said: str
) -> None:
    answer = sent(owner, draft, "week", typed)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_deadline_is_counted_by_the_engine(owner: FlaskClient, draft: str) -> None:
    page = owner.get(f"{draft}/organisation?days=7&from=2026-11-26").text
    assert "7 working days from Thursday 26 November 2026 end on Monday 7 December 2026 at 15:00." in page


def test_a_holiday_of_every_year_is_left_out_of_a_deadline(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "holidays", {"day": "٢", "month": "12", "en": "Day of the draft", "ar": "يوم المسودة"})
    page = owner.get(f"{draft}/organisation?days=7&from=2026-11-26").text
    assert ("Tuesday 8 December 2026" in page, "Wednesday 2 December 2026: Day of the draft" in page) == (True, True)


@pytest.mark.parametrize(("day", "month"), [("31", "4"), ("29", "2"), ("0", "1"), ("x", "1"), ("9" * 40, "1")])
def test_a_day_that_no_year_has_is_refused(owner: FlaskClient, draft: str, day: str, month: str) -> None:
    answer = sent(owner, draft, "holidays", {"day": day, "month": month, "en": "A", "ar": "ب"})
    assert (answer.status_code, "that there are in every year" in answer.text) == (422, True)


def test_a_holiday_of_every_year_is_removed(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "holidays", {"day": "6", "month": "10", "en": "October day", "ar": "يوم أكتوبر"})
    sent(owner, draft, "holidays/10-06/remove", {}, revision=1)
    assert settings(owner, draft)["calendar"]["holidays"] == {}


@pytest.mark.parametrize(
    "asked", ["days=0", "days=9999", "days=x", "days=7&from=soon", "days=7&from=9999-12-31", "days="]
)
def test_a_deadline_that_cannot_be_counted_is_said(owner: FlaskClient, draft: str, asked: str) -> None:
    page = owner.get(f"{draft}/organisation?{asked}")
    assert (page.status_code, "A whole number of working days from 1 to 400" in page.text) == (200, True)


def test_who_signs_is_changed(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "signing", {"signed_by": ["process_owner", "administrator"], "signatures": "٢"})
    assert settings(owner, draft)["publishing"] == {"signed_by": ["administrator", "process_owner"], "signatures": 2}


def test_more_signatures_than_there_are_people_are_refused(owner: FlaskClient, draft: str) -> None:
    answer = sent(owner, draft, "signing", {"signed_by": ["process_owner"], "signatures": "9"})
    assert (answer.status_code, "no release could come into force" in answer.text) == (422, True)


def test_who_stands_in_is_changed(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "fallback", {"fallback_role": "administrator"})
    assert settings(owner, draft)["routing"]["fallback_role"] == "administrator"


def test_saving_onto_a_newer_change_shows_mine_in_the_newest_text(owner: FlaskClient, draft: str) -> None:
    sent(owner, draft, "fallback", {"fallback_role": "administrator"})
    answer = sent(owner, draft, "week", {"working_days": ["monday"], "closes_at": "15:00"})
    mine = re.search(r'<textarea name="content"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)
    assert (answer.status_code, "administrator" in mine[1] if mine else "") == (409, True)


def test_what_is_wrong_stands_at_its_row(owner: FlaskClient, draft: str) -> None:
    text = text_of(owner, draft, SETTINGS).replace('held_by = ["hotline"]', 'held_by = ["nowhere"]')
    send(owner, f"{draft}/files/{SETTINGS}", {"content": text, "revision": 0})
    row = owner.get(f"{draft}/organisation").text.partition("id=first_responder")[2].partition("</li>")[0]
    assert "roles.first_responder.held_by must be a list of kinds" in row


@pytest.mark.parametrize(
    "text", ["roles = 3", "[roles]\nx = 1", "not toml", "[calendar]\nworking_days = 7", "[calendar]\nholidays = 1"]
)
def test_settings_that_are_none_are_said_and_never_an_error(owner: FlaskClient, draft: str, text: str) -> None:
    send(owner, f"{draft}/files/{SETTINGS}", {"content": text, "revision": 0})
    assert owner.get(f"{draft}/organisation").status_code in (200, 422)


def test_a_release_is_shown_and_not_changed(owner: FlaskClient) -> None:
    base = base_of(owner)
    page = owner.get(f"{base}/organisation").text
    answer = sent(owner, base, "fallback", {"fallback_role": "administrator"})
    assert ("Save working time" in page, answer.status_code) == (False, 422)
