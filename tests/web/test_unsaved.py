"""What is drawn and not saved, on the pages: kept for its own person, in the words of their language."""

from __future__ import annotations

from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site, send, token_of
from tests.web.test_studio import DIAGRAM, drafted, text_of


def test_nothing_is_offered_where_nothing_was_kept(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    assert "drawn here and not saved" not in owner.get(f"{drafted(owner)}/files/{DIAGRAM}").text


def test_the_kept_drawing_is_restored_onto_the_revision_it_was_drawn_on(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER)
    draft = drafted(owner)
    text, page = text_of(owner, draft), f"{draft}/files/{DIAGRAM}"
    send(owner, page, {"content": text.replace(">P1D<", ">P2D<"), "revision": 0})
    drawn = {"content": text.replace(">P1D<", ">P9D<"), "revision": 0}
    send(owner, f"{draft}/unsaved/{DIAGRAM}", drawn, form_at=page)
    restored = owner.get(f"{page}?unsaved=restored").text
    assert ("P9D" in restored, 'name="revision" value="0"' in restored) == (True, True)


def test_another_process_owner_cannot_keep_anything_in_the_draft(site: Site) -> None:
    owner, second = site.signed_in(PROCESS_OWNER), site.signed_in(SECOND_OWNER)
    draft = drafted(owner)
    about = {"content": "<x/>", "csrf_token": token_of(second, "/notices")}
    assert second.post(f"{draft}/unsaved/{DIAGRAM}", data=about).status_code == 404


def test_when_it_was_kept_is_said_in_the_words_of_the_page(site: Site) -> None:
    owner = site.signed_in(PROCESS_OWNER, "ar")
    draft = drafted(owner)
    kept = send(owner, f"{draft}/unsaved/{DIAGRAM}", {"content": "<x/>"}, form_at=f"{draft}/files/{DIAGRAM}")
    assert kept.json == {"at": "1 مارس 2026، 10:00"}
