"""The whole task with scripts switched off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK, NARROW
from tests.browser.staff import Staff
from tests.web.conftest import COORDINATOR, RESPONDER

At = Callable[..., Staff]


def referred(staff: At) -> Staff:
    """A responder who has answered all sections of a new referral and stands at the check."""
    responder = staff(RESPONDER, "ar", NARROW, scripts=False)
    responder.goes_to("/inbox/mine")
    responder.presses("New referral")
    responder.presses("Begin without a search")
    responder.page.check("input[name=source][value=police]")
    responder.presses("Save and continue")
    responder.page.fill("[name=story]", "طلب الشخص طبيبًا")
    responder.presses("Save and continue")
    return responder


def test_a_task_is_found_done_and_handed_on(staff: At) -> None:
    referred(staff).presses("Complete the task")
    coordinator = staff(COORDINATOR, "ar", NARROW, scripts=False)
    coordinator.page.get_by_role("link", name="مراجعة الإحالة").click()
    coordinator.presses("Claim the task")
    coordinator.page.check("input[name=ok][value=yes]")
    coordinator.presses("Complete the task")
    assert coordinator.says("Task done") in coordinator.main


def test_answers_are_changed_from_the_check(staff: At) -> None:
    responder = referred(staff)
    responder.page.get_by_role("link", name=responder.says("Change")).first.click()
    assert responder.page.is_checked("input[name=source][value=police]")


def test_a_draft_is_saved_and_found_again(staff: At) -> None:
    responder = staff(RESPONDER, "ar", DESK, scripts=False)
    task = responder.refers()
    responder.page.check("input[name=source][value=hotline]")
    responder.presses("Save draft")
    responder.goes_to(task)
    assert responder.page.is_checked("input[name=source][value=hotline]")


def test_complete_and_open_the_next_leads_on(staff: At) -> None:
    responder = staff(RESPONDER, "ar", DESK, scripts=False)
    other = responder.refers()
    referred_path = referred_beside(responder)
    responder.presses("Complete and open the next")
    assert (responder.path, referred_path != other) == (other, True)


def referred_beside(responder: Staff) -> str:
    path = responder.refers()
    responder.page.check("input[name=source][value=police]")
    responder.presses("Save and continue")
    responder.page.fill("[name=story]", "طلب الشخص طبيبًا")
    responder.presses("Save and continue")
    return path


def test_hiding_is_a_link(staff: At) -> None:
    responder = staff(RESPONDER, "ar", DESK, scripts=False)
    responder.page.locator("[data-hide-now]").click()
    assert responder.path == "/calendar"


@pytest.mark.parametrize("name", [RESPONDER, COORDINATOR])
def test_the_menu_is_open(staff: At, name: str) -> None:
    somebody = staff(name, "ar", NARROW, scripts=False)
    assert somebody.page.get_by_role("link", name=somebody.says("Cases"), exact=True).is_visible()
