"""Hostile files on the pages of the studio: refused in a sentence, or shown as the text they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.web.conftest import PROCESS_OWNER, Site, send
from tests.web.test_studio import DIAGRAM, drafted, text_of

FOREIGN = Path(__file__).parents[1] / "engine" / "studio" / "foreign_files"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ESCAPED = NASTY.replace("<", "&lt;").replace(">", "&gt;")
UPLOADS = {
    "empty": (b"", "is empty", "فارغ"),
    "picture": (PNG, "is no text in UTF-8", "ليس نصًا بترميز UTF-8"),
    "other encoding": ("إحالة".encode("windows-1256"), "is no text in UTF-8", "ليس نصًا بترميز UTF-8"),
    "entities": (b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>', "begins with a document type", "بتعريف نوع المستند"),
}


@pytest.mark.parametrize("name", UPLOADS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hostile_upload_is_refused_in_a_sentence(site: Site, name: str, language: str) -> None:
    content, *words = UPLOADS[name]
    owner = site.signed_in(PROCESS_OWNER, language)
    draft = drafted(owner)
    upload = (io.BytesIO(content), "brought.bpmn")
    answer = send(owner, f"{draft}/files", {"path": "referral/brought.bpmn", "upload": upload}, form_at=draft)
    assert answer.status_code == 302
    assert words[language == "ar"] in owner.get(draft).text


@pytest.mark.parametrize(("language", "words"), [("en", "larger than 2 MB"), ("ar", "أكبر من 2 ميجابايت")])
def test_a_file_of_more_than_two_megabytes_is_refused_in_a_sentence(site: Site, language: str, words: str) -> None:
    owner = site.signed_in(PROCESS_OWNER, language)
    draft = drafted(owner)
    typed = {"path": "referral/brought.bpmn", "content": f"<d>{' ' * 2_000_000}</d>"}
    send(owner, f"{draft}/files", typed, form_at=draft)
    assert words in owner.get(draft).text


def test_more_than_a_page_takes_is_refused_in_a_sentence(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    typed = {"path": "referral/brought.bpmn", "content": "x" * 4_300_000}
    answer = send(owner, f"{draft}/files", typed, form_at=draft)
    assert (answer.status_code, "too large" in answer.text) == (413, True)


def test_a_large_drawing_is_saved_as_text(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    content = f"{text_of(owner, draft)}<!--{'x' * 1_500_000}-->"
    send(owner, f"{draft}/files/{DIAGRAM}", {"content": content, "revision": 0})
    assert text_of(owner, draft) == content


def test_scripts_in_names_and_foreign_words_are_shown_as_text(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    content = (FOREIGN / "camunda7_decision.bpmn").read_text(encoding="utf-8")
    for old in ("Decide", "reasonable_grounds", "Camunda Modeler"):
        content = content.replace(f'"{old}"', f'"{ESCAPED}"')
    content = content.replace('id="t"', f'id="t{ESCAPED}"').replace('bpmnElement="t"', f'bpmnElement="t{ESCAPED}"')
    send(owner, f"{draft}/files", {"path": "referral/brought.bpmn", "content": content}, form_at=draft)
    for page in (draft, f"{draft}/files/referral/brought.bpmn", f"{draft}/difference"):
        text = owner.get(page).text
        assert ("<script>alert" in text, "<img src=x" in text) == (False, False), page


def test_a_script_in_the_documentation_is_shown_as_text(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    old = "<bpmn:incoming>begun_to_take_referral</bpmn:incoming>"
    documented = f"<bpmn:documentation>{ESCAPED}</bpmn:documentation>{old}"
    content = text_of(owner, draft).replace(old, documented)
    assert documented in content
    send(owner, f"{draft}/files/{DIAGRAM}", {"content": content, "revision": 0})
    for page in (f"{draft}/files/{DIAGRAM}", f"{draft}/difference"):
        assert "<script>alert" not in owner.get(page).text


def test_a_file_of_nothing_but_depth_is_answered(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    content = "<a>" * 20_000 + "</a>" * 20_000
    send(owner, f"{draft}/files", {"path": "referral/deep.bpmn", "content": content}, form_at=draft)
    assert owner.get(f"{draft}/files/referral/deep.bpmn").status_code == 200


@pytest.mark.parametrize("name", sorted(file.stem for file in FOREIGN.iterdir()))
def test_a_file_of_another_tool_opens_with_its_report(site: Site, name: str) -> None:
    owner = site.signed_in(PROCESS_OWNER, "ar")
    draft = drafted(owner)
    upload = (io.BytesIO((FOREIGN / f"{name}.bpmn").read_bytes()), f"{name}.bpmn")
    send(owner, f"{draft}/files", {"path": f"referral/{name}.bpmn", "upload": upload}, form_at=draft)
    page = owner.get(f"{draft}/files/referral/{name}.bpmn")
    assert (page.status_code, "data-foreign" in page.text) == (200, name != "spiff_script")
