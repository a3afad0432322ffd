"""Two process owners change the mechanism in the browser: one draws, proves and proposes, the other one decides."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE
from tests.browser.staff import Staff
from tests.web.conftest import PROCESS_OWNER, RESPONDER, SECOND_OWNER

FILE = "/files/referral/referral.bpmn"
LATIN = re.compile(r"[A-Za-z]{3,}")


def drafted(owner: Staff) -> str:
    """The path of a new draft."""
    page = owner.goes_to("/studio")
    page.locator("main a.ihala-task__title").first.click()
    page.fill("#title", "Two days to review")
    owner.presses("Start the draft")
    return page.url.removeprefix(owner.address)


def opened(owner: Staff, draft: str) -> Page:
    """The modeler with the diagram of the draft."""
    page = owner.goes_to(draft + FILE)
    expect(page.locator("[data-panel] p").first).to_be_visible()
    return page


def chosen(page: Page, name: str) -> None:
    """Select a step by the list beside the diagram."""
    if page.locator("[data-steps][open]").count() == 0:
        page.locator("[data-steps] summary").click()
    page.locator("[data-steps] button", has_text=name).first.click()


def saved(owner: Staff) -> None:
    owner.presses("Save")
    expect(owner.page.locator(".ihala-notice--success")).to_be_visible()


def page_of_release(owner: Staff) -> str:
    """The path of the release in force."""
    page = owner.goes_to("/studio")
    return str(page.locator("main a.ihala-task__title").last.get_attribute("href"))


NAMES = {"en": ("Not reviewed in a day", "english"), "ar": ("لم تُراجع خلال يوم", "arabic")}
DIFFERENCES = {
    "en": "the time is now 2 days instead of 1 day",
    "ar": "المدة الآن \u2068يومين\u2069 بدلًا من \u2068يوم\u2069",
}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_people_change_the_mechanism(staff: Callable[..., Staff], language: str) -> None:
    owner, second = staff(PROCESS_OWNER, language), staff(SECOND_OWNER, language)
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, NAMES[language][0])
    page.fill("#panel-time", "P2D")
    page.press("#panel-time", "Enter")
    saved(owner)
    owner.goes_to(f"{draft}/difference")
    expect(page.locator("main")).to_contain_text(DIFFERENCES[language])
    page.locator("summary", has_text=owner.says("Before and after, with what is different marked")).click()
    expect(page.locator(".djs-element.ihala-active[data-element-id=late]")).to_have_count(2)
    owner.goes_to(f"{draft}/stories")
    owner.presses("Play all stories")
    expect(page.locator("progress")).to_have_attribute("value", "1")
    owner.goes_to(f"{draft}/decision")
    page.fill("#note_propose", "Reviews take two days.")
    owner.presses("Propose")
    expect(owner.button("Sign")).to_have_count(0)
    second.goes_to(f"{draft}/decision")
    second.presses("Sign")
    expect(second.page.locator("main")).to_contain_text(owner.says("In force"))
    responder = staff(RESPONDER, language)
    responder.refers()
    expect(responder.page.locator("main h1")).to_be_visible()


def test_a_problem_is_followed_to_its_element_and_mended(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, "Not reviewed in a day")
    page.fill("#panel-time", "in two days")
    page.press("#panel-time", "Enter")
    saved(owner)
    owner.goes_to(draft)
    page.locator(f"a[href$='{FILE}#late']").first.click()
    expect(page.locator("#panel-time")).to_have_value("in two days")
    page.fill("#panel-time", "P2D")
    page.press("#panel-time", "Enter")
    saved(owner)
    owner.goes_to(draft)
    expect(page.locator(f"a[href$='{FILE}#late']")).to_have_count(0)


def test_saving_a_diagram_that_nobody_changed_changes_its_layout_only(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    opened(owner, draft)
    saved(owner)
    owner.goes_to(f"{draft}/difference")
    expect(owner.page.locator("main section li").first).to_contain_text("Only the drawing or the layout was changed.")


def test_a_new_arabic_name_leaves_the_english_one(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "ar")
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, "مراجعة الإحالة")
    page.fill("#panel-arabic", "فحص الإحالة")
    page.press("#panel-arabic", "Enter")
    saved(owner)
    owner.goes_to(f"{draft}/difference")
    expect(page.locator("main section li")).to_have_count(1)
    expect(page.locator("main section li")).to_contain_text(
        "الاسم بالعربية الآن \u2068فحص الإحالة\u2069 بدلًا من \u2068مراجعة الإحالة\u2069"
    )


def test_a_condition_is_built_by_choosing(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    page.locator(".djs-element[data-element-id=review_to_done] .djs-hit").first.click(force=True)
    page.select_option("#panel-build", label="Review the referral: Is it complete?")
    page.select_option("#panel-compare", label="is not")
    page.select_option("#panel-value", label="Yes")
    expect(page.locator("#panel-condition")).to_have_value('review.ok != "yes"')
    saved(owner)
    owner.goes_to(f"{draft}/difference")
    expect(page.locator("main")).to_contain_text('is now taken where review.ok != "yes"')


def test_a_change_is_undone_and_done_again(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    chosen(page, "Not reviewed in a day")
    page.fill("#panel-time", "P2D")
    page.press("#panel-time", "Enter")
    page.locator("[data-toolbar] button", has_text="Undo").click()
    expect(page.locator("#panel-time")).to_have_value("P1D")
    page.locator("[data-toolbar] button", has_text="Redo").click()
    expect(page.locator("#panel-time")).to_have_value("P2D")


def test_a_condition_is_read_back_into_the_choices(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    page.locator(".djs-element[data-element-id=review_to_done] .djs-hit").first.click(force=True)
    page.fill("#panel-condition", 'take_referral.source = "police"')
    page.locator("#panel-condition").blur()
    page.locator(".djs-element[data-element-id=begun_to_take_referral] .djs-hit").first.click(force=True)
    page.locator(".djs-element[data-element-id=review_to_done] .djs-hit").first.click(force=True)
    expect(page.locator("#panel-build")).to_have_value("take_referral.source")
    expect(page.locator("#panel-value")).to_have_value("police")


def test_arabic_instructions_are_written_beside_the_english_ones(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, "Review the referral")
    page.fill("#panel-documentation", "Read all of it.")
    page.locator("#panel-documentation").blur()
    page.fill("#panel-documentationAr", "تُقرأ كاملة.")
    page.locator("#panel-documentationAr").blur()
    saved(owner)
    owner.goes_to(f"{draft}/difference")
    expect(page.locator("main section li")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("the instructions in Arabic is now تُقرأ كاملة.")


def test_no_english_word_of_the_library_is_shown_in_arabic(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "ar")
    page = opened(owner, drafted(owner))
    titles = page.eval_on_selector_all(".djs-palette .entry", "all => all.map(one => one.title || one.ariaLabel)")
    chosen(page, "مراجعة الإحالة")
    titles += page.eval_on_selector_all(".djs-context-pad [title]", "all => all.map(one => one.title)")
    page.locator(".djs-context-pad [data-action=replace]").click()
    titles += page.eval_on_selector_all(".djs-popup-label", "all => all.map(one => one.textContent)")
    assert len(titles) > 20
    assert [title for title in titles if LATIN.search(title)] == []


@pytest.mark.parametrize("viewport", [PHONE])
def test_a_draft_is_played_by_hand_and_saved_as_a_story(
    staff: Callable[..., Staff], axe: Callable[..., list[str]], language: str, viewport: ViewportSize
) -> None:
    owner = staff(PROCESS_OWNER, language, viewport)
    draft = drafted(owner)
    page = owner.goes_to(f"{draft}/play")
    owner.presses("Begin")
    page.locator("[data-shown=yes]").wait_for()
    assert axe(page) == []
    page.locator("input[name=source]").first.check()
    page.fill("textarea[name=story]", "Seen at a workshop.")
    owner.presses("Complete the task")
    expect(page.locator("input[name=ok]").first).to_be_visible()
    owner.presses("Step back")
    expect(page.locator("input[name=source]").first).to_be_visible()
    page.locator("input[name=source]").first.check()
    page.fill("textarea[name=story]", "Seen at a workshop.")
    owner.presses("Complete the task")
    page.locator("summary", has_text=owner.says("Save as a story of the draft")).click()
    page.fill("#title_en", "Reported")
    page.fill("#title_ar", "تُسجَّل")
    owner.presses("Save the story")
    expect(page.locator("main")).to_contain_text("referral/scenarios/reported.yaml")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_pages_of_the_studio_fit_a_phone_and_everybody(
    staff: Callable[..., Staff], axe: Callable[..., list[str]], language: str
) -> None:
    owner = staff(PROCESS_OWNER, language, PHONE)
    draft = drafted(owner)
    release = page_of_release(owner)
    for path in (
        "/studio",
        f"{release}/cases",
        draft,
        f"{draft}/difference",
        f"{draft}/stories",
        f"{draft}/decision",
        f"{draft}/files/referral/take_referral.form",
        draft + FILE,
    ):
        page = owner.goes_to(path)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert axe(page) == [], path
