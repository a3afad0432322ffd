"""A process owner edits forms in the browser, and sees them as staff will in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from engine import Actor, accounts
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.studio import drafts
from tests.browser.conftest import DESK, PHONE
from tests.browser.staff import Staff
from tests.browser.test_studio import LATIN, chosen, drafted, saved
from tests.browser.test_studio import opened as modeler
from tests.web.conftest import PROCESS_OWNER, Site

FORM = "/files/referral/take_referral.form"
WORKFLOWS = Path(__file__).parents[2] / "workflows"
BEFORE = ["The report", "Who reports?", "The account", "What is known"]
REAL = ("identification", "services", "shelter")


def opened(owner: Staff, draft: str, form: str = FORM) -> Page:
    page = owner.goes_to(draft + form)
    expect(page.locator("[data-outline] button").first).to_be_visible()
    return page


def preview(page: Page, language: str) -> FrameLocator:
    """The page that staff will see, in that language."""
    at = ["en", "ar"].index(language)
    names = (re.compile("English|الإنجليزية$"), re.compile("Arabic|العربية$"))
    return page.frame_locator(f"iframe[title='{page.get_by_title(names[at]).get_attribute('title')}']")


def process_owner(site: Site) -> Actor:
    found = accounts.actor_of(site.ihala, accounts.sign_in(site.ihala, PROCESS_OWNER, DEMONSTRATION_PASSWORD, ""))
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_question_is_added_seen_in_both_languages_mended_and_saved(
    staff: Callable[..., Staff], axe: Callable[..., list[str]], language: str
) -> None:
    owner = staff(PROCESS_OWNER, language)
    draft = drafted(owner)
    page = opened(owner, draft)
    page.select_option("#form-add", "yesno")
    page.locator("[data-toolbar] button").first.click()
    page.fill("#panel-label", "Was the police told?")
    page.locator("#panel-label").blur()
    page.select_option("#panel-classification", "operational")
    page.select_option("#panel-build", "source")
    page.select_option("#panel-value", "police")
    expect(page.locator("#panel-shown")).to_have_value('source = "police"')
    lacks = {"en": "The question or title is missing in Arabic.", "ar": "النص باللغة العربية ناقص: السؤال أو العنوان."}
    expect(page.locator("[data-panel] .govuk-error-message")).to_contain_text(lacks[language])
    expect(page.locator("[data-outline] [aria-current]")).to_contain_text(lacks[language])
    page.fill("#panel-label_ar", "هل أُبلغت الشرطة؟")
    page.locator("#panel-label_ar").blur()
    expect(page.locator("[data-panel] .govuk-error-message")).to_have_count(0)
    for seen, question in (("ar", "هل أُبلغت الشرطة؟"), ("en", "Was the police told?")):
        frame = preview(page, seen)
        expect(frame.locator("html")).to_have_attribute("dir", "rtl" if seen == "ar" else "ltr")
        expect(frame.get_by_text(question)).to_be_hidden()
        frame.locator("input[name=source][value=police]").check()
        expect(frame.get_by_text(question)).to_be_visible()
    assert axe(page) == []
    page.fill("#panel-shown", 'source != "police" or profile.is_child')
    page.locator("#panel-shown").blur()
    by_hand = {"en": "as written below", "ar": "كما هو مكتوب أدناه"}
    expect(page.locator("#panel-build option").first).to_have_text(by_hand[language])
    page.locator("[data-toolbar] button").nth(1).click()
    expect(page.locator("#panel-value")).to_have_value("police")
    saved(owner)
    expect(page.locator("[name=content]")).to_have_value(re.compile('"hide": "=source != .+police'))


def test_saving_what_was_changed_back_keeps_all_of_the_real_forms(staff: Callable[..., Staff], site: Site) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft, actor = drafted(owner), process_owner(site)
    for path in (next((WORKFLOWS / folder).glob("*.form")) for folder in REAL):
        original = path.read_bytes()
        drafts.add_file(site.ihala, actor, draft.rpartition("/")[2], f"real/{path.name}", original)
        page = opened(owner, draft, f"/files/real/{path.name}")
        page.locator("[data-toolbar] button").first.click()
        page.get_by_role("button", name="Remove", exact=True).click()
        saved(owner)
        assert json.loads(page.locator("[name=content]").input_value()) == json.loads(original)


def test_a_form_that_nobody_changed_is_saved_as_it_was(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    before = page.locator("[name=content]").input_value()
    saved(owner)
    assert page.locator("[name=content]").input_value() == before


def test_parts_are_moved_copied_and_removed_by_keyboard_and_all_is_undone(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    titles, undo = page.locator("[data-outline] button > :first-child"), page.get_by_role("button", name="Undo")
    expect(titles).to_have_text(BEFORE)
    page.locator("[data-outline] button").last.press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    expect(titles).to_have_text(["The report", "Who reports?", "What is known", "The account"])
    page.get_by_role("button", name="Copy", exact=True).press("Enter")
    expect(titles).to_have_text(["The report", "Who reports?", "What is known", "What is known", "The account"])
    page.get_by_role("button", name="Remove", exact=True).press("Enter")
    expect(titles).to_have_text(["The report", "Who reports?", "What is known", "The account"])
    for _ in range(3):
        undo.press("Enter")
    expect(undo).to_be_disabled()
    expect(titles).to_have_text(BEFORE)


def test_a_part_is_dragged_before_another(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    titles = page.locator("[data-outline] button > :first-child")
    titles.last.drag_to(titles.nth(1))
    expect(titles).to_have_text(["The report", "What is known", "Who reports?", "The account"])


def test_an_answer_is_kept_by_whatever_is_clicked_or_tabbed_to_next(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner), f"{FORM}#source")
    page.fill("#panel-label", "Who told us?")
    page.keyboard.press("Tab")
    expect(page.locator("[data-outline]")).to_contain_text("Who told us?")
    expect(page.locator("#panel-label_ar")).to_be_focused()
    page.fill("#panel-label_ar", "من أبلغنا؟")
    page.locator("[data-outline] button").last.click()
    expect(page.locator("#panel-label")).to_have_value("What is known")
    expect(preview(page, "ar").get_by_text("من أبلغنا؟")).to_be_visible()


def test_the_value_of_a_saved_option_stays(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, f"{drafted(owner)}", f"{FORM}#source")
    expect(page.locator("#panel-optionValue-0")).not_to_be_editable()
    page.locator("#panel-add-option").click()
    expect(page.locator("#panel-english-2")).to_be_focused()
    page.keyboard.type("A neighbour")
    page.locator("#panel-arabic-0").focus()
    added = page.locator(".ihala-options__one").last
    expect(added.get_by_label("English")).to_have_value("A neighbour")
    expect(added.get_by_label("Value")).to_be_editable()


def test_a_user_task_without_a_form_gets_a_first_one_in_both_languages(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft, "/files/referral/review.form")
    page.get_by_role("button", name="Remove the file from the draft").click()
    modeler(owner, draft)
    chosen(page, "Review the referral")
    page.get_by_role("link", name="Its form: open or create it").click()
    owner.presses("Create the form")
    expect(page.locator("[data-outline] button")).to_have_count(2)
    expect(page.get_by_text("No problem found in the form.")).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_editor_fits_a_phone_and_speaks_the_language(
    staff: Callable[..., Staff],
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], Path],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language, PHONE)
    page = opened(owner, drafted(owner), f"{FORM}#source")
    expect(preview(page, "ar").locator("input[name=source]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert axe(page) == []
    said = page.locator("[data-toolbar], [data-panel] label, [data-panel] .govuk-hint")
    words = [word.replace("take_referral.source", "") for word in said.all_inner_texts()]
    assert language == "en" or [word for word in words if LATIN.search(word.replace("FEEL", ""))] == []
    screenshot(page, "form-editor-phone")
    page.set_viewport_size(DESK)
    screenshot(page, "form-editor")


def test_without_scripts_the_text_and_the_form_as_staff_see_it_are_there(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en", scripts=False)
    page = owner.goes_to(drafted(owner) + FORM)
    expect(page.locator("[name=content]")).to_be_visible()
    expect(page.get_by_role("heading", name="As staff see it")).to_be_visible()
    expect(page.locator("[data-form-editor]")).to_be_hidden()
