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


def tool(owner: Staff, english: str, arabic: str = "") -> None:
    """Press a button above the canvas."""
    words = arabic if owner.language == "ar" else english
    owner.page.locator("[data-toolbar]").get_by_role("button", name=words, exact=True).click()


def together(page: Page, *names: str) -> None:
    """Select several steps by the list beside the diagram."""
    chosen(page, names[0])
    for name in names[1:]:
        page.locator("[data-steps] button", has_text=name).first.click(modifiers=["ControlOrMeta"])


def left_edge(page: Page, element: str) -> float:
    box = page.locator(f".djs-element[data-element-id={element}] .djs-visual").bounding_box()
    assert box is not None
    return round(box["x"])


def test_several_elements_are_brought_into_line(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    together(page, "Take the referral", "Review the referral")
    page.get_by_role("button", name="Left edges in line").click()
    assert left_edge(page, "take_referral") == left_edge(page, "review")


def test_distances_are_offered_for_three_elements_and_not_for_two(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "ar")
    page = opened(owner, drafted(owner))
    together(page, "تسجيل الإحالة", "مراجعة الإحالة")
    expect(page.get_by_role("button", name="مسافات أفقية متساوية")).to_be_disabled()
    page.locator("[data-steps] button", has_text="التذكير").first.click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("button", name="مسافات أفقية متساوية")).to_be_enabled()


def test_the_small_map_opens_and_closes(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = opened(owner, drafted(owner))
    tool(owner, "Small map", "خريطة مصغرة")
    expect(page.locator(".djs-minimap .map")).to_be_visible()
    tool(owner, "Small map", "خريطة مصغرة")
    expect(page.locator(".djs-minimap .map")).to_be_hidden()


def test_a_step_is_copied_with_its_instructions_into_another_tab(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, "Remind")
    page.fill("#panel-documentationAr", "يُذكَّر كل يوم.")
    page.locator("#panel-documentationAr").blur()
    tool(owner, "Copy")
    other = page.context.new_page()
    other.goto(owner.address + draft + FILE)
    paste = other.locator("[data-toolbar]").get_by_role("button", name="Paste", exact=True)
    expect(paste).to_be_enabled()
    paste.click()
    other.locator("[data-steps] summary").click()
    expect(other.locator("[data-steps] button", has_text="Remind")).to_have_count(2)
    expect(other.locator("#panel-operation")).to_have_value("notify")
    expect(other.locator("#panel-inputs")).to_have_value('to = "case_coordinator"\nnotice = "overdue"')
    expect(other.locator("#panel-documentationAr")).to_have_value("يُذكَّر كل يوم.")
    expect(other.locator("#panel-documentation")).to_have_value("")


def test_what_is_drawn_anew_is_called_by_a_word_when_it_is_named(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = opened(owner, drafted(owner))
    chosen(page, {"en": "Remind", "ar": "التذكير"}[language])
    tool(owner, "Copy", "نسخ")
    tool(owner, "Paste", "لصق")
    page.fill("#panel-english", "Ask for an interpreter")
    page.press("#panel-english", "Enter")
    expect(page.locator("[data-panel] bdi")).to_have_text("ask_for_an_interpreter")
    tool(owner, "Undo", "تراجع")
    expect(page.locator("[data-panel] bdi")).not_to_have_text("ask_for_an_interpreter")


def test_the_keys_of_the_canvas_are_listed(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = opened(owner, drafted(owner))
    page.locator("[data-keys] summary").click()
    words = {"en": "Change the name on the canvas", "ar": "تعديل الاسم على اللوحة"}[language]
    expect(page.locator("[data-keys] dd", has_text=words)).to_be_visible()


def arrow(page: Page, element: str) -> None:
    page.locator(f".djs-element[data-element-id={element}] .djs-hit").first.click(force=True)


def test_a_condition_is_read_back_in_both_languages(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = opened(owner, drafted(owner))
    arrow(page, "review_to_done")
    page.fill("#panel-condition", 'review.ok != "yes"')
    english = "Taken when “Review the referral: Is it complete?” is not “Yes”."
    expect(page.locator(".ihala-read-back [lang=en]")).to_have_text(english)
    expect(page.locator(".ihala-read-back [lang=ar]")).to_contain_text("«مراجعة الإحالة")
    page.fill("#panel-condition", "review.ok !=")
    expect(page.locator(".ihala-read-back--unread [lang=ar]")).to_contain_text("لا يمكن قراءة هذا بعد")


def test_a_condition_that_is_written_is_completed(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    arrow(page, "review_to_done")
    page.locator("#panel-condition").press_sequentially("compl")
    page.locator(".ihala-offers button", has_text="review.ok").click()
    page.locator("#panel-condition").press_sequentially(' = "n')
    page.locator(".ihala-offers button", has_text='"no"').click()
    expect(page.locator("#panel-condition")).to_have_value('review.ok = "no"')
    saved(owner)
    arrow(page, "review_to_done")
    expect(page.locator("#panel-condition")).to_have_value('review.ok = "no"')


def test_whoever_tabs_from_a_changed_line_comes_to_the_next_one(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = opened(owner, drafted(owner))
    chosen(page, "Remind")
    page.fill("#panel-english", "Remind again")
    page.press("#panel-english", "Tab")
    expect(page.locator("#panel-arabic")).to_be_focused()
