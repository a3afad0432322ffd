"""Two people at one task: nobody is overrun in silence, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.lived_in import referred, who
from tests.browser.staff import Staff
from tests.web.conftest import COORDINATOR, RESPONDER, Site

At = Callable[..., Staff]
NOTE = "Everything was checked by telephone"


class Pair:
    """Two coordinators with the same review open."""

    def __init__(self, staff: At, site: Site, language: str) -> None:
        referred(site, who(site, RESPONDER))
        self.first, self.second = staff(COORDINATOR, language), staff(f"{COORDINATOR}.2", language)
        for one in (self.first, self.second):
            one.goes_to("/inbox/team")
            one.page.locator(".ihala-task__title").first.click()

    @property
    def task(self) -> str:
        return self.first.path


@pytest.fixture
def pair(staff: At, site: Site, language: str) -> Pair:
    return Pair(staff, site, language)


english = pytest.mark.parametrize("language", ["en"])


def types(one: Staff) -> None:
    one.page.check("input[name=ok][value=no]")
    one.page.fill("[name=note]", NOTE)


def completes(one: Staff) -> None:
    one.page.check("input[name=ok][value=yes]")
    one.presses("Complete the task")


def takes_over(one: Staff) -> Page:
    one.page.locator("details summary").filter(has_text=one.says("Take over this task")).click()
    one.page.fill("#note-take_over", "She is on leave")
    one.presses("Take over")
    return one.page


def test_who_was_quicker_is_said(pair: Pair, axe: Callable[..., list[str]], screenshot: Callable[..., object]) -> None:
    types(pair.second)
    completes(pair.first)
    name = pair.first.page.locator(".ihala-account__name").inner_text()
    pair.second.presses("Complete the task")
    screenshot(pair.second.page, "conflict")
    assert (name in pair.second.main, axe(pair.second.page)) == (True, [])


@english
def test_what_was_typed_is_shown_after_all(pair: Pair) -> None:
    types(pair.second)
    completes(pair.first)
    pair.second.presses("Complete the task")
    assert NOTE in pair.second.page.inner_text("#typed")


@english
def test_a_kept_draft_of_a_task_that_is_done_is_shown(pair: Pair) -> None:
    types(pair.second)
    pair.second.presses("Save draft")
    pair.first.goes_to(pair.task)
    takes_over(pair.first)
    completes(pair.first)
    pair.second.goes_to(pair.task)
    assert NOTE in pair.second.page.inner_text("#typed")


@english
def test_where_nothing_was_typed_nobody_looks_for_it(pair: Pair) -> None:
    completes(pair.first)
    pair.second.goes_to(pair.second.path)
    assert "answers" not in pair.second.main


@english
def test_only_one_of_two_has_claimed(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    pair.second.presses("Claim the task")
    assert "has claimed this task" in pair.second.main


@english
def test_who_was_too_late_to_claim_may_take_over_with_the_answers(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    types(pair.second)
    pair.second.presses("Complete the task")
    pair.second.page.fill("#note-take_over", "She is on leave")
    pair.second.presses("Take over")
    assert pair.second.page.input_value("[name=note]") == NOTE


@english
def test_whose_task_was_taken_over_is_told(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    pair.second.goes_to(pair.task)
    takes_over(pair.second)
    pair.first.goes_to("/notices")
    assert "A colleague took over your task" in pair.first.main


@english
def test_whose_task_was_taken_over_sees_it_at_the_next_answer(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    types(pair.first)
    pair.second.goes_to(pair.task)
    takes_over(pair.second)
    pair.first.presses("Save draft")
    assert ("has claimed this task" in pair.first.main, NOTE in pair.first.main) == (True, True)


@english
def test_taking_over_wants_a_reason(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    pair.second.goes_to(pair.task)
    pair.second.page.locator("details summary").filter(has_text="Take over this task").click()
    pair.second.page.fill("#note-take_over", "   ")
    pair.second.presses("Take over")
    assert "Say why you take the task over." in pair.second.main


@english
def test_a_note_goes_back_with_the_task(pair: Pair) -> None:
    pair.first.presses("Claim the task")
    pair.first.page.locator("details summary").filter(has_text="Hand back to the team").click()
    pair.first.page.fill("#note-hand_back", "Call the first responder before")
    pair.first.presses("Hand back")
    pair.second.goes_to(f"{pair.second.path}")
    assert "Call the first responder before" in pair.second.main
