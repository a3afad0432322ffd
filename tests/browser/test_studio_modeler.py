"""The modeler in the browser: what is not saved is kept, and what helps drawing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.staff import Staff
from tests.browser.test_studio import FILE, chosen, drafted, opened, saved
from tests.web.conftest import PROCESS_OWNER

LATE = {"en": "Not reviewed in a day", "ar": "لم تُراجع خلال يوم"}


def redrawn(page: Page, language: str = "en", text: str = "P2D") -> None:
    """Give the reminder another time, and leave the line."""
    chosen(page, LATE[language])
    page.fill("#panel-time", text)
    page.press("#panel-time", "Enter")


def test_what_was_not_saved_is_restored(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = drafted(owner)
    page = opened(owner, draft)
    redrawn(page, language)
    expect(page.locator("[data-kept]")).to_contain_text({"en": "kept for you", "ar": "احتُفظ به لكم"}[language])
    opened(owner, draft)
    chosen(page, LATE[language])
    expect(page.locator("#panel-time")).to_have_value("P1D")
    owner.page.get_by_role("button", name=owner.says("Restore what was not saved")).click()
    chosen(page, LATE[language])
    expect(page.locator("#panel-time")).to_have_value("P2D")
    saved(owner)
    chosen(page, LATE[language])
    expect(page.locator("#panel-time")).to_have_value("P2D")
    expect(page.locator("#unsaved")).to_have_count(0)


def test_what_was_not_saved_is_forgotten(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = drafted(owner)
    page = opened(owner, draft)
    redrawn(page, language)
    expect(page.locator("[data-kept]")).to_contain_text({"en": "kept for you", "ar": "احتُفظ به لكم"}[language])
    opened(owner, draft)
    owner.presses("Forget it")
    expect(page.locator("#unsaved")).to_have_count(0)
    chosen(page, LATE[language])
    expect(page.locator("#panel-time")).to_have_value("P1D")


def test_whoever_leaves_with_something_unsaved_is_warned(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    redrawn(page)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    owner.goes_to("/studio")
    assert asked == ["beforeunload"]


def test_nobody_is_warned_after_saving(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    redrawn(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    saved(owner)
    owner.goes_to("/studio")
    assert asked == []


def test_what_is_restored_and_not_saved_warns_as_well(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    redrawn(page)
    expect(page.locator("[data-kept]")).to_contain_text("kept for you")
    owner.goes_to(f"{draft}{FILE}?unsaved=restored")
    chosen(page, LATE["en"])  # the browser asks only those who did something on the page
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    owner.goes_to("/studio")
    assert asked == ["beforeunload"]
