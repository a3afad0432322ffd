"""A whole task without a mouse, in Arabic, at 320 px (a desk at 400 % zoom): found, claimed, answered, handed on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from engine.accounts import DEMONSTRATION_PASSWORD
from tests.browser.conftest import NARROW, fresh_page
from tests.browser.staff import Staff
from tests.web.conftest import COORDINATOR, RESPONDER

MOST_TABS = 60
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels?.length ? at.labels[0] : at;
  return [at.name || "", at.value || "", (label.innerText || "").trim()];
}"""
OUT_OF_SIGHT = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return box.right < 0 || box.left > innerWidth || (top !== null && !at.contains(top) && !top.contains(at)
    && !(at.labels && [...at.labels].some((one) => one.contains(top))));
}"""


class Keys:
    """Presses keys until something has the focus, as a person would; fails where it cannot be reached or seen."""

    def __init__(self, somebody: Staff) -> None:
        self.somebody, self.page = somebody, somebody.page

    def reaches(self, wanted: Callable[[str, str, str], bool]) -> None:
        seen = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            name, value, text = self.page.evaluate(FOCUSED)
            seen.append(name or text)
            if wanted(name, value, text):
                assert not self.page.evaluate(OUT_OF_SIGHT), f"{name or text} has the focus but is not to be seen"
                return
        pytest.fail(f"not reached by the keyboard, only {seen}")

    def types(self, name: str, text: str) -> None:
        self.reaches(lambda at, value, words: at == name)
        self.page.keyboard.type(text)

    def chooses(self, name: str, option: str) -> None:
        """Radio buttons: Tab to the group, the arrows to the option."""
        self.reaches(lambda at, value, words: at == name)
        self.page.keyboard.press("Space")
        for _ in range(5):
            if self.page.evaluate(FOCUSED)[1] == option:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{option} is not reached by the arrows")

    def presses(self, message: str) -> None:
        """A button or link with these words, by Enter; the next page is there afterwards."""
        words = self.somebody.says(message)
        self.reaches(lambda at, value, text: text == words or text.split("\n")[0] == words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def opens(self, text: str) -> None:
        self.reaches(lambda at, value, words: words.startswith(text))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def signs_in(self) -> None:
        self.somebody.goes_to("/")
        self.types("sign_in_name", self.somebody.name)
        self.types("password", DEMONSTRATION_PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def at_keys(page: Page, address: str, name: str) -> Keys:
    keys = Keys(Staff(page, address, name, "ar"))
    keys.signs_in()
    return keys


@pytest.mark.parametrize("language", ["ar"])
def test_a_task_is_found_done_and_handed_on(browser: Browser, address: str, language: str) -> None:
    with fresh_page(browser, language, NARROW) as first, fresh_page(browser, language, NARROW) as second:
        responder = at_keys(first, address, RESPONDER)
        responder.presses("New referral")
        responder.presses("Begin without a search")
        responder.chooses("source", "police")
        responder.presses("Save and continue")
        responder.types("story", "طلب الشخص طبيبًا")
        responder.presses("Save and continue")
        responder.presses("Complete the task")
        coordinator = at_keys(second, address, COORDINATOR)
        coordinator.opens("مراجعة الإحالة")
        coordinator.presses("Claim the task")
        coordinator.chooses("ok", "yes")
        coordinator.presses("Complete the task")
        assert coordinator.somebody.says("Task done") in coordinator.somebody.main


@pytest.mark.parametrize("language", ["ar"])
def test_the_first_stop_of_the_keyboard_skips_to_the_work(browser: Browser, address: str, language: str) -> None:
    with fresh_page(browser, language, NARROW) as page:
        keys = at_keys(page, address, RESPONDER)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content", keys.somebody.path


@pytest.mark.parametrize("language", ["ar"])
def test_errors_take_the_focus_and_lead_to_their_question(browser: Browser, address: str, language: str) -> None:
    with fresh_page(browser, language, NARROW) as page:
        keys = at_keys(page, address, RESPONDER)
        keys.presses("New referral")
        keys.presses("Begin without a search")
        keys.presses("Save and continue")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == "source"
