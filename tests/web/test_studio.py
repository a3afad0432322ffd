"""The pages of the studio, as two process owners use them without scripts."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import COORDINATOR, PROCESS_OWNER, SECOND_OWNER, Site, send

DIAGRAM = "referral/referral.bpmn"


def base_of(client: FlaskClient) -> str:
    """The address of the release in force."""
    return str(re.search(r'href="(/studio/[0-9a-f]{32})"', client.get("/studio").text)[1])  # type: ignore[index]


def drafted(client: FlaskClient, title: str = "Two days to review") -> str:
    """The address of a new draft."""
    base = base_of(client)
    return str(send(client, f"{base}/drafts", {"title": title}, form_at=base).location)


def text_of(client: FlaskClient, draft: str, path: str = DIAGRAM) -> str:
    return client.get(f"{draft}/raw/{path}").text


def saved(client: FlaskClient, draft: str, old: str, new: str, revision: int = 0) -> int:
    typed = {"content": text_of(client, draft).replace(old, new), "revision": revision}
    return send(client, f"{draft}/files/{DIAGRAM}", typed).status_code


def proposed(client: FlaskClient) -> str:
    """A changed draft that was proved and proposed."""
    draft = drafted(client)
    saved(client, draft, ">P1D<", ">P2D<")
    send(client, f"{draft}/stories", {})
    send(client, f"{draft}/decision/propose", {"note": "Two days."}, form_at=f"{draft}/decision")
    return draft


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def test_a_process_owner_finds_the_mechanism_in_the_menu(owner: FlaskClient) -> None:
    assert 'href="/studio"' in owner.get("/inbox/team").text


def test_others_do_not(site: Site) -> None:
    client = site.signed_in(COORDINATOR)
    assert ('href="/studio"' in client.get("/inbox/team").text, client.get("/studio").status_code) == (False, 403)


def test_a_draft_without_a_title_is_refused_in_words(owner: FlaskClient) -> None:
    assert "Say in a few words" in owner.get(drafted(owner, "")).text


def test_a_draft_shows_what_is_wrong_at_its_element(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">soon<")
    page = owner.get(draft).text
    assert ("“soon”" in page, 'path="late"' in page or "#late" in page, "Cannot run" in page) == (True, True, True)


def test_the_difference_is_told_in_words(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">P2D<")
    assert "the time is now 2 days instead of 1 day" in owner.get(f"{draft}/difference").text


def test_the_difference_is_told_in_arabic(site: Site) -> None:
    client = site.signed_in(PROCESS_OWNER, "ar")
    draft = drafted(client)
    saved(client, draft, ">P1D<", ">P2D<")
    assert "المدة الآن \u2068يومين\u2069 بدلًا من \u2068يوم\u2069" in client.get(f"{draft}/difference").text


def test_saving_onto_a_newer_change_shows_both(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">P2D<")
    typed = {"content": text_of(owner, draft).replace(">P2D<", ">P3D<"), "revision": 0}
    answer = send(owner, f"{draft}/files/{DIAGRAM}", typed)
    assert (answer.status_code, "3 days instead of 2 days" in answer.text) == (409, True)


def test_one_may_keep_ones_own_after_all(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">P2D<")
    saved(owner, draft, ">P2D<", ">P3D<", revision=1)
    assert ">P3D<" in text_of(owner, draft)


def test_a_file_is_uploaded(owner: FlaskClient) -> None:
    draft = drafted(owner)
    upload = (io.BytesIO(b"# Notes"), "notes.md")
    send(owner, f"{draft}/files", {"path": "referral/notes.md", "upload": upload}, form_at=draft)
    assert text_of(owner, draft, "referral/notes.md") == "# Notes"


def test_a_path_out_of_the_draft_is_refused_in_words(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "../../etc/x.md", "content": "x"}, form_at=draft)
    assert "leads out of the draft" in owner.get(draft).text


def test_a_script_in_a_name_is_shown_as_text(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, 'name="Take the referral"', 'name="&lt;script&gt;alert(1)&lt;/script&gt;"')
    assert "<script>alert(1)" not in owner.get(f"{draft}/difference").text


def test_the_whole_release_is_downloaded(owner: FlaskClient) -> None:
    packed = zipfile.ZipFile(io.BytesIO(owner.get(f"{base_of(owner)}/whole.zip").data))
    assert DIAGRAM in packed.namelist()


def test_stories_say_how_they_went(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/stories", {})
    assert "1 of 1 played, 1 went as told" in owner.get(f"{draft}/stories").text


def test_a_draft_that_is_not_proved_is_not_proposed(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved(owner, draft, ">P1D<", ">P2D<")
    answer = send(owner, f"{draft}/decision/propose", {"note": "Two days."}, form_at=f"{draft}/decision")
    assert (answer.status_code, "stories still to be played" in answer.text) == (422, True)


def test_the_proposer_is_not_offered_to_sign(owner: FlaskClient) -> None:
    assert "/decision/approve" not in owner.get(f"{proposed(owner)}/decision").text


def test_a_second_person_brings_it_into_force(site: Site, owner: FlaskClient) -> None:
    draft, second = proposed(owner), site.signed_in(SECOND_OWNER)
    send(second, f"{draft}/decision/approve", {"note": ""}, form_at=f"{draft}/decision")
    assert "In force" in owner.get(draft).text


def test_a_second_person_sends_it_back_with_a_reason(site: Site, owner: FlaskClient) -> None:
    draft, second = proposed(owner), site.signed_in(SECOND_OWNER)
    send(second, f"{draft}/decision/refuse", {"note": "One day is the law."}, form_at=f"{draft}/decision")
    assert "One day is the law." in owner.get(f"{draft}/decision").text


def test_an_earlier_release_is_brought_back(site: Site, owner: FlaskClient) -> None:
    base, draft, second = base_of(owner), proposed(owner), site.signed_in(SECOND_OWNER)
    send(second, f"{draft}/decision/approve", {"note": ""}, form_at=f"{draft}/decision")
    back = send(owner, f"{base}/decision/back", {"note": "Too long."}, form_at=f"{base}/decision").location
    send(second, str(back).replace("/decision", "/decision/approve"), {"note": ""}, form_at=str(back))
    assert "Back to release 1" in owner.get("/studio").text


def test_another_persons_draft_is_not_found(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner)
    second = site.signed_in(SECOND_OWNER)
    assert {second.get(f"{draft}{part}").status_code for part in ("", "/difference", f"/raw/{DIAGRAM}")} == {404}
