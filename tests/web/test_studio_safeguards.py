"""The pages of safeguards: the list with its two signatures, and what those who decide on a draft see first."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.safeguards import BYPASS, LIST, THIRD_OWNER, WITHOUT_ROLE, hire_third_owner, settle
from tests.web.conftest import COORDINATOR, PROCESS_OWNER, SECOND_OWNER, Site, send
from tests.web.test_studio import base_of, drafted, saved
from tests.web.test_studio import proposed as proposed_release

PAGE = "/studio/safeguards"
ARABIC = (
    "ضمانة مخروقة: لا ينتهي شيء دون مراجعة. يمكن الوصول إلى «الانتهاء» دون إتمام «مراجعة الإحالة»، "
    "عن طريق «تسجيل الإحالة». في خطر: من لم يلتفت إليه أحد."
)
ENGLISH = (
    "Safeguard broken: Nothing ends unreviewed. “Done” can be reached without “Review the referral” having been "
    "done, by way of “Take the referral”. In danger: whoever nobody looked after."
)


def proposed(client: FlaskClient, content: str = WITHOUT_ROLE, note: str = "The law changed.") -> int:
    return send(client, f"{PAGE}/propose", {"content": content, "note": note}, form_at=PAGE).status_code


def signed(client: FlaskClient, act: str = "approve", note: str = "") -> int:
    return send(client, f"{PAGE}/{act}", {"note": note}, form_at=PAGE).status_code


def bypassed(client: FlaskClient) -> str:
    """A draft in which the review is stepped over."""
    draft = drafted(client)
    saved(client, draft, *BYPASS)
    return draft


@pytest.fixture(autouse=True)
def listed(site: Site, tmp_path: Path) -> None:
    settle(site.ihala, tmp_path)
    hire_third_owner(site.ihala)


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def test_the_list_is_found_from_the_releases(owner: FlaskClient) -> None:
    assert f'href="{PAGE}"' in owner.get("/studio").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Every referral is reviewed before it ends.", "A break would endanger: whoever nobody looked after.")),
        ("ar", ("تُراجع كل إحالة قبل انتهائها.", "من لم يلتفت إليه أحد.", "أثناء سير الملف لا يتلقى")),
    ],
)
def test_each_says_what_it_means_and_whom_a_break_endangers(site: Site, language: str, words: tuple[str, ...]) -> None:
    page = site.signed_in(PROCESS_OWNER, language).get(PAGE).text
    assert [word for word in words if word not in page] == []


def test_others_do_not_see_it(site: Site) -> None:
    client = site.signed_in(COORDINATOR)
    assert (client.get(PAGE).status_code, client.get(f"{PAGE}/1/safeguards.toml").status_code) == (403, 403)


def test_two_others_bring_a_list_into_force(site: Site, owner: FlaskClient) -> None:
    proposed(owner)
    second, third = site.signed_in(SECOND_OWNER), site.signed_in(THIRD_OWNER)
    assert "No longer asked of a release: “The coordinator reviews”." in second.get(PAGE).text
    signed(second)
    signed(third, note="Agreed.")
    page = owner.get(PAGE).text
    assert ("Earlier list" in page, "Agreed." in page, "The review is the coordinator" in page) == (True, True, False)


def test_the_proposer_is_not_offered_to_sign(owner: FlaskClient) -> None:
    proposed(owner)
    page = owner.get(PAGE).text
    assert (f"{PAGE}/approve" in page, f"{PAGE}/withdraw" in page) == (False, True)


def test_the_proposer_who_signs_all_the_same_is_refused_in_words(owner: FlaskClient) -> None:
    proposed(owner)
    answer = send(owner, f"{PAGE}/approve", {"note": ""}, form_at=PAGE)
    assert (answer.status_code, "Two other people do." in answer.text) == (422, True)


def test_a_list_is_sent_back_with_a_reason(site: Site, owner: FlaskClient) -> None:
    proposed(owner)
    signed(site.signed_in(SECOND_OWNER), "refuse", "The role is in the law.")
    assert "The role is in the law." in owner.get(PAGE).text


def test_a_proposal_is_taken_back(owner: FlaskClient) -> None:
    proposed(owner)
    signed(owner, "withdraw")
    assert "Taken back" in owner.get(PAGE).text


def test_a_list_that_cannot_be_read_stands_again_with_its_reason(owner: FlaskClient) -> None:
    answer = send(owner, f"{PAGE}/propose", {"content": "[other]", "note": "Why not"}, form_at=PAGE)
    found = ("cannot be read: expected one" in answer.text, "[other]" in answer.text, "Why not" in answer.text)
    assert (answer.status_code, found) == (422, (True, True, True))


def test_a_list_is_uploaded_and_downloaded(owner: FlaskClient) -> None:
    upload = (io.BytesIO(WITHOUT_ROLE.encode()), "safeguards.toml")
    send(owner, f"{PAGE}/propose", {"upload": upload, "note": "The law changed."}, form_at=PAGE)
    assert owner.get(f"{PAGE}/2/safeguards.toml").text == WITHOUT_ROLE


def test_a_version_that_never_was_is_not_found(owner: FlaskClient) -> None:
    assert owner.get(f"{PAGE}/7/safeguards.toml").status_code == 404


def test_a_list_that_the_release_in_force_breaks_says_so(site: Site, owner: FlaskClient) -> None:
    proposed(owner, LIST.replace("'\"case_coordinator\"'", "'\"first_responder\"'"))
    assert "The release in force does not keep the new list." in site.signed_in(SECOND_OWNER).get(PAGE).text


def test_a_script_in_a_list_is_shown_as_text(owner: FlaskClient) -> None:
    proposed(owner, LIST.replace("Nothing ends unreviewed", "<script>alert(1)</script>"))
    assert "<script>alert(1)" not in owner.get(PAGE).text


def test_the_list_cannot_be_put_into_a_draft(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "safeguards.toml", "content": WITHOUT_ROLE}, form_at=draft)
    assert "it is no part of a draft" in owner.get(draft).text


@pytest.mark.parametrize(("language", "sentence"), [("en", ENGLISH), ("ar", ARABIC)])
@pytest.mark.parametrize("part", ["", "/files/referral/referral.bpmn", "/decision"])
def test_a_break_is_said_at_its_element(site: Site, language: str, sentence: str, part: str) -> None:
    client = site.signed_in(PROCESS_OWNER, language)
    page = client.get(bypassed(client) + part).text
    assert (sentence in page, "/files/referral/referral.bpmn#done" in page) == (True, True)


def test_a_break_heads_the_page_of_the_decision(owner: FlaskClient) -> None:
    page = owner.get(f"{bypassed(owner)}/decision").text
    places = [page.index(words) for words in ("It breaks 1 safeguard", "signature is needed", "1 safeguard is kept")]
    assert places == sorted(places)


def test_a_draft_that_breaks_a_safeguard_is_not_offered_to_be_proposed(owner: FlaskClient) -> None:
    assert "/decision/propose" not in owner.get(f"{bypassed(owner)}/decision").text


def test_a_proposal_that_a_newer_list_forbids_is_offered_to_be_sent_back_only(site: Site, owner: FlaskClient) -> None:
    draft = proposed_release(owner)
    second, third = site.signed_in(SECOND_OWNER), site.signed_in(THIRD_OWNER)
    proposed(owner, LIST.replace("'\"case_coordinator\"'", "'\"first_responder\"'"))
    signed(second)
    signed(third)
    page = second.get(f"{draft}/decision").text
    assert ("/decision/approve" in page, "/decision/refuse" in page) == (False, True)


def test_what_is_kept_stands_on_the_page_of_the_decision_with_its_meaning(owner: FlaskClient) -> None:
    page = owner.get(f"{drafted(owner)}/decision").text
    kept = page[page.index("2 safeguards are kept") :]
    assert (kept.count("Kept"), "Every referral is reviewed before it ends." in kept) == (2, True)


def test_a_release_in_force_is_not_judged_anew(owner: FlaskClient) -> None:
    assert re.search("safeguards? (is|are) kept", owner.get(f"{base_of(owner)}/decision").text) is None
