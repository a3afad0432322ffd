"""Safeguards in the browser: a break is followed to its element, and two people sign a new list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine import Ihala, accounts
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.studio import drafts
from tests.browser.conftest import DESK, PHONE
from tests.browser.staff import Staff
from tests.browser.test_studio import drafted
from tests.safeguards import BYPASS, THIRD_OWNER, WITHOUT_ROLE, hire_third_owner, settle
from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site

PATH = "referral/referral.bpmn"
PAGE = "/studio/safeguards"


@pytest.fixture(autouse=True)
def listed(site: Site, tmp_path: Path) -> None:
    settle(site.ihala, tmp_path)
    hire_third_owner(site.ihala)


def bypassed(owner: Staff, ihala: Ihala) -> str:
    """A draft in which the review is stepped over, saved from another window."""
    draft = drafted(owner)
    actor = accounts.actor_of(ihala, accounts.sign_in(ihala, owner.name, DEMONSTRATION_PASSWORD, ""))
    assert actor is not None
    found = drafts.read_file(ihala, actor, draft.rpartition("/")[2], PATH)
    old, new = (text.encode() for text in BYPASS)
    drafts.save_file(ihala, actor, draft.rpartition("/")[2], PATH, found.content.replace(old, new), found.revision)
    return draft


def test_a_break_is_followed_to_its_element(site: Site, staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = owner.goes_to(f"{bypassed(owner, site.ihala)}/decision")
    page.locator("section[aria-labelledby=broken] a").click()
    expect(page.locator("#panel-arabic")).to_have_value("الانتهاء")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_keep_to_the_rules_of_access(
    site: Site,
    staff: Callable[..., Staff],
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
    viewport: ViewportSize,
) -> None:
    owner = staff(PROCESS_OWNER, language, viewport)
    draft = bypassed(owner, site.ihala)
    found = []
    for name, path in (("decision", f"{draft}/decision"), ("list", PAGE)):
        page = owner.goes_to(path)
        found += axe(page)
        found += ["wider than the screen"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
        screenshot(page, f"safeguards-{name}-{viewport['width']}")
    assert found == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_people_sign_a_new_list(
    staff: Callable[..., Staff], screenshot: Callable[[Page, str], Path], language: str
) -> None:
    owner, second, third = (staff(name, language) for name in (PROCESS_OWNER, SECOND_OWNER, THIRD_OWNER))
    page = owner.goes_to(PAGE)
    page.locator("summary", has_text=owner.says("Write the new list")).click()
    page.fill("#content", WITHOUT_ROLE)
    page.fill("#note_propose", "The law names another role.")
    owner.presses("Propose")
    expect(owner.button("Sign")).to_have_count(0)
    for one in (second, third):
        one.goes_to(PAGE)
        screenshot(one.page, "safeguards-proposed")
        one.presses("Sign")
    expect(third.page.locator(".ihala-notice--success")).to_be_visible()
    expect(third.page.locator("section[aria-labelledby=in-force] li")).to_have_count(1)
