"""A play with several tasks at once, kept as a story, which is then changed in words until it goes as told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from engine.studio import drafts
from tests.browser.conftest import PHONE
from tests.browser.staff import Staff
from tests.browser.test_studio import drafted
from tests.web.conftest import PROCESS_OWNER, Site
from tests.web.test_strangers import actor

DIAGRAM, STORY = "referral/referral.bpmn", "referral/scenarios/two_review_it.yaml"
OUTGOING = b"<bpmn:outgoing>review_to_done</bpmn:outgoing>"
SEVERAL = (
    b"<bpmn:multiInstanceLoopCharacteristics "
    b"""ihala:collection='["police", "hotline"]' ihala:item="office"/>"""
)
WORDS = {
    "en": ("The police", "A hotline", "Review the referral", "Case coordinator", "Is it complete? No"),
    "ar": ("الشرطة", "خط ساخن", "مراجعة الإحالة", "منسّق الملف", "هل هي مكتملة؟ لا"),
}


def with_two_reviews(owner: Staff, site: Site) -> str:
    """The path of a draft in which two review the referral at the same time."""
    draft = drafted(owner)
    draft_id, who = draft.rpartition("/")[2], actor(site, PROCESS_OWNER)
    text = drafts.read_file(site.ihala, who, draft_id, DIAGRAM).content
    drafts.save_file(site.ihala, who, draft_id, DIAGRAM, text.replace(OUTGOING, OUTGOING + SEVERAL), 0)
    return draft


def opens(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).first.click()


def reported(owner: Staff, draft: str) -> Page:
    """A play in which the referral was taken, and both reviews wait."""
    page = owner.goes_to(f"{draft}/play")
    owner.presses("Begin")
    page.locator("input[name=source]").first.check()
    page.fill("textarea[name=story]", "Seen at a workshop.")
    owner.presses("Complete the task")
    return page


def test_a_process_is_played_and_its_story_is_changed_in_words(
    staff: Callable[..., Staff],
    site: Site,
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = with_two_reviews(owner, site)
    page = reported(owner, draft)
    police, hotline, review, coordinator, not_complete = WORDS[language]
    tasks = page.locator(".ihala-task", has_text=review)
    expect(tasks).to_have_count(2)
    page.locator("button[name=_role]", has_text=coordinator).click()
    expect(tasks).to_have_count(2)
    tasks.filter(has_text=hotline).get_by_role("button").click()
    page.locator("input[name=ok][value=yes]").check()
    owner.presses("Complete the task")
    expect(tasks).to_have_count(1)
    expect(tasks).to_contain_text(police)
    opens(page, owner.says("Move the clock by hand"))
    page.fill("#amount", "2")
    page.select_option("#unit", "working_days")
    owner.presses("Let it pass")
    expect(page.locator(".ihala-happened > li")).to_have_count(4)
    page.locator("[data-shown=yes]").wait_for()
    screenshot(page, "play")
    assert axe(page) == []
    page.locator("button[name=_do][value='back:1']").click()
    expect(page.locator(".ihala-happened > li")).to_have_count(2)
    tasks.filter(has_text=hotline).get_by_role("button").click()
    page.locator("input[name=ok][value=yes]").check()
    owner.presses("Complete the task")
    opens(page, owner.says("Save as a story of the draft"))
    page.fill("#title_en", "Two review it")
    page.fill("#title_ar", "يراجعها اثنان")
    owner.presses("Save the story")
    expect(page).to_have_url(re.compile(f"{STORY}$"))
    opens(page, owner.says("Change") + " " + owner.says("step %(number)s") % {"number": 2})
    screenshot(page, "play_story")
    assert axe(page) == []
    page.locator("#step-2").get_by_role("link", name=owner.says("Change its answers")).click()
    expect(page.locator("input[name=ok][value=yes]")).to_be_checked()
    page.locator("[data-shown=yes]").wait_for()
    screenshot(page, "play_step")
    assert axe(page) == []
    page.locator("input[name=ok][value=no]").check()
    owner.presses("Keep it as the step")
    expect(page.locator("#step-2")).to_contain_text(not_complete)
    owner.presses("Play it")
    expect(page.locator("main .ihala-tag--done").last).to_contain_text(owner.says("As told"))


def test_the_pages_of_a_play_fit_a_phone_and_everybody(
    staff: Callable[..., Staff],
    site: Site,
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language, PHONE)
    draft = with_two_reviews(owner, site)
    story = f"{draft}/stories/referral/scenarios/reported_and_reviewed.yaml"
    step = f"{draft}/retelling-step/instead/4/referral/scenarios/reported_and_reviewed.yaml"
    reported(owner, draft)
    for number, path in enumerate(("", f"{draft}/play", story, step)):
        page = owner.goes_to(path) if path else owner.page
        screenshot(page, f"play_phone_{number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert axe(page) == [], path
