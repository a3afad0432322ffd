"""What stories take is seen on the diagram and in a list, and a signer waives what none takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engine.studio import drafts, stories
from tests.browser.conftest import PHONE
from tests.browser.staff import Staff
from tests.browser.test_studio import drafted
from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site
from tests.web.test_strangers import actor

DIAGRAM = "referral/referral.bpmn"
NEVER = {
    "en": ["from “Not reviewed in a day” to “Remind”", "from “Remind” to “Told”", "Not reviewed in a day"],
    "ar": ["من «لم تُراجع خلال يوم» إلى «التذكير»", "من «التذكير» إلى «أُبلغ»", "لم تُراجع خلال يوم"],
}


def drafted_with_gap(owner: Staff, site: Site) -> str:
    """The path of a draft whose reminder comes later than its story waits, with that story played."""
    draft = drafted(owner)
    draft_id, who = draft.rpartition("/")[2], actor(site, PROCESS_OWNER)
    text = drafts.read_file(site.ihala, who, draft_id, DIAGRAM).content
    drafts.save_file(site.ihala, who, draft_id, DIAGRAM, text.replace(b">P1D<", b">P3D<"), 0)
    stories.play_some(site.ihala, who, draft_id, seconds=60)
    return draft


def shown(owner: Staff, path: str) -> Page:
    page = owner.goes_to(path)
    page.locator("[data-shown=yes]").wait_for()
    return page


def line(page: Page, element: str) -> dict[str, str]:
    """How the outline of an element or arrow is drawn."""
    found: dict[str, str] = page.eval_on_selector(
        f"[data-element-id={element}] > .djs-visual > :is(rect, circle, polygon, path)",
        "one => { const {stroke, strokeDasharray, strokeWidth} = getComputedStyle(one);"
        " return {stroke, strokeDasharray, strokeWidth}; }",
    )
    return found


def test_what_no_story_takes_is_marked_on_the_diagram_and_listed(
    staff: Callable[..., Staff],
    site: Site,
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = drafted_with_gap(owner, site)
    page = shown(owner, f"{draft}/coverage/referral")
    for taken, never in (("review", "remind"), ("review_to_done", "remind_to_told"), ("begun", "late")):
        whole, broken = line(page, taken), line(page, never)
        assert (whole["strokeDasharray"], broken["strokeDasharray"]) == ("none", "8px, 4px")
        assert float(broken["strokeWidth"][:-2]) > float(whole["strokeWidth"][:-2])
        assert whole["stroke"] != broken["stroke"]
    listed = page.locator("section", has=page.get_by_role("heading", name=owner.says("Never taken"))).locator("li")
    assert [text.strip() for text in listed.all_inner_texts()[:3]] == NEVER[language]
    assert axe(page) == []
    screenshot(page, "coverage_process")


def test_a_story_that_goes_otherwise_leads_to_its_step(
    staff: Callable[..., Staff], site: Site, screenshot: Callable[[Page, str], Path], language: str
) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = drafted(owner)
    draft_id, who = draft.rpartition("/")[2], actor(site, PROCESS_OWNER)
    path = "referral/scenarios/reported_and_reviewed.yaml"
    text = drafts.read_file(site.ihala, who, draft_id, path).content
    drafts.save_file(site.ihala, who, draft_id, path, text.replace(b"completed", b"running"), 0)
    page = owner.goes_to(f"{draft}/stories")
    owner.presses("Play all stories")
    screenshot(page, "coverage_stories")
    page.get_by_role("link", name=owner.says("Go to step %(number)s") % {"number": 4}).click()
    expect(page).to_have_url(re.compile(r"#step-4$"))
    expect(page.locator("#step-4")).to_contain_text(owner.says("Goes otherwise here"))
    screenshot(page, "coverage_story")
    owner.presses("Play again")
    expect(page.locator("#step-4")).to_contain_text(owner.says("Goes otherwise here"))


@pytest.mark.parametrize("language", ["ar"])
def test_a_signer_waives_what_no_story_takes(
    staff: Callable[..., Staff], site: Site, screenshot: Callable[[Page, str], Path], language: str
) -> None:
    owner, second = staff(PROCESS_OWNER, language), staff(SECOND_OWNER, language)
    draft = drafted_with_gap(owner, site)
    page = owner.goes_to(f"{draft}/decision")
    page.fill("#note_propose", "ثلاثة أيام تكفي.")
    owner.presses("Propose")
    expect(page.locator(".ihala-notice--error")).to_contain_text("3")
    page.fill("#waiver_propose", "القصة قيد الكتابة.")
    screenshot(page, "coverage_propose")
    owner.presses("Propose")
    page = second.goes_to(f"{draft}/decision")
    page.fill("#waiver_approve", "ستُكتب هذا الأسبوع.")
    second.presses("Sign")
    expect(page.locator(".ihala-notice--error")).to_contain_text("3")
    expect(page.locator("#waiver_approve")).to_have_value("ستُكتب هذا الأسبوع.")
    page.check("#waives")
    screenshot(page, "coverage_sign")
    second.presses("Sign")
    expect(page.locator("main")).to_contain_text("ستُكتب هذا الأسبوع.")


def test_the_pages_of_coverage_fit_a_phone_and_everybody(
    staff: Callable[..., Staff],
    site: Site,
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language, PHONE)
    draft = drafted_with_gap(owner, site)
    story = f"{draft}/stories/referral/scenarios/reported_and_reviewed.yaml"
    for number, path in enumerate(
        (f"{draft}/coverage", f"{draft}/coverage/referral", story, f"{draft}/stories", f"{draft}/decision")
    ):
        page = owner.goes_to(path)
        screenshot(page, f"coverage_phone_{number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert axe(page) == [], path
