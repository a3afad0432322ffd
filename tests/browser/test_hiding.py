"""What stays out of sight: after hiding, after signing out, after a time-out, and in titles and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.lived_in import STORY, lived_in, referred, who
from tests.browser.staff import Staff
from tests.web.conftest import COORDINATOR, RESPONDER, Site

At = Callable[..., Staff]
CALENDAR = re.compile("/calendar$")
SIGN_IN = re.compile("/sign-in")


def test_hide_now_shows_a_calendar(staff: At) -> None:
    somebody = staff(RESPONDER)
    somebody.page.locator("[data-hide-now]").click()
    expect(somebody.page).to_have_url(CALENDAR)


def test_escape_three_times_hides(staff: At) -> None:
    somebody = staff(RESPONDER)
    for _ in range(3):
        somebody.page.keyboard.press("Escape")
    expect(somebody.page).to_have_url(CALENDAR)


def test_escape_twice_hides_nothing(staff: At) -> None:
    somebody = staff(RESPONDER)
    for _ in range(2):
        somebody.page.keyboard.press("Escape")
    assert somebody.path == "/inbox/team"


def test_the_calendar_says_nothing_of_the_work(staff: At) -> None:
    somebody = staff(RESPONDER, "en")
    somebody.page.locator("[data-hide-now]").click()
    expect(somebody.page).to_have_url(CALENDAR)
    assert not re.search("ihala|case|referral|task", somebody.page.content().replace("/static/", ""), re.IGNORECASE)


def test_back_from_the_calendar_skips_the_hidden_page(staff: At) -> None:
    somebody = staff(RESPONDER)
    hidden = somebody.refers()
    somebody.page.locator("[data-hide-now]").click()
    expect(somebody.page).to_have_url(CALENDAR)
    somebody.page.evaluate("history.back()")
    expect(somebody.page).not_to_have_url(CALENDAR)
    assert somebody.path != hidden


def test_back_after_signing_out_shows_nothing(staff: At) -> None:
    somebody = staff(RESPONDER)
    somebody.refers()
    somebody.presses("Sign out")
    expect(somebody.page).to_have_url(f"{somebody.address}/sign-in")
    somebody.page.evaluate("history.back()")
    expect(somebody.page).to_have_url(re.compile(r"/sign-in\?next="))


def test_a_time_out_returns_to_the_same_question(staff: At, site: Site) -> None:
    timed_out(staff(RESPONDER), site)


def timed_out(somebody: Staff, site: Site) -> None:
    somebody.refers()
    somebody.page.check("input[name=source][value=police]")
    somebody.presses("Save and continue")
    somebody.page.fill("[name=story]", STORY)
    site.clock.move_to(site.clock.now() + timedelta(hours=2))
    somebody.presses("Save draft")
    somebody.fills_in_sign_in()
    expect(somebody.page.locator("[name=story]")).to_be_focused()


def test_a_time_out_keeps_everything_typed(staff: At, site: Site) -> None:
    somebody = staff(RESPONDER)
    timed_out(somebody, site)
    assert somebody.page.input_value("[name=story]").replace("\r\n", "\n") == STORY


def test_a_time_out_keeps_the_sections_before(staff: At, site: Site) -> None:
    somebody = staff(RESPONDER)
    timed_out(somebody, site)
    somebody.page.get_by_role("link", name=somebody.says("Back"), exact=True).click()
    assert somebody.page.is_checked("input[name=source][value=police]")


def test_the_counts_renew_by_themselves(staff: At, site: Site) -> None:
    coordinator = staff(COORDINATOR, "en")
    coordinator.page.clock.install()
    coordinator.goes_to("/inbox/team")
    referred(site, who(site, RESPONDER))
    coordinator.page.clock.fast_forward(31_000)
    expect(coordinator.page.locator("#inbox-counts [aria-current] .ihala-count")).to_have_text("1")


def test_new_tasks_are_announced(staff: At, site: Site) -> None:
    coordinator = staff(COORDINATOR, "en")
    coordinator.page.clock.install()
    coordinator.goes_to("/inbox/team")
    referred(site, who(site, RESPONDER))
    coordinator.page.clock.fast_forward(31_000)
    expect(coordinator.page.get_by_role("status")).to_contain_text("The list has changed")


def test_the_counts_renew_more_than_once(staff: At, site: Site) -> None:
    coordinator, responder = staff(COORDINATOR, "en"), who(site, RESPONDER)
    coordinator.page.clock.install()
    coordinator.goes_to("/inbox/team")
    for _ in range(2):
        referred(site, responder)
        coordinator.page.clock.fast_forward(31_000)
        coordinator.page.wait_for_timeout(300)
    expect(coordinator.page.locator("#inbox-counts [aria-current] .ihala-count")).to_have_text("2")


def test_an_open_inbox_does_not_keep_its_session(staff: At, site: Site) -> None:
    somebody = staff(COORDINATOR)
    somebody.page.clock.install()
    somebody.goes_to("/inbox/team")
    for _ in range(3):
        site.clock.move_to(site.clock.now() + timedelta(minutes=11))
        somebody.page.clock.fast_forward(31_000)
        somebody.page.wait_for_timeout(300)
    expect(somebody.page).to_have_url(SIGN_IN)


@pytest.mark.parametrize(
    "path", ["/tasks/{free}", "/tasks/{held}", "/cases/{case}", "/cases/{closed}/record", "/cases", "/inbox/team"]
)
def test_no_title_or_address_says_a_word_of_a_case(
    staff: At, site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = lived_in(site, monkeypatch)
    somebody = staff(COORDINATOR, "en")
    page = somebody.goes_to(path.format(**there.ids))
    said = {
        word for part in page.locator(".ihala-case__code, .ihala-task__case bdi").all_inner_texts() for word in [part]
    }
    assert not [word for word in said if word in page.title() or word in page.url.split("/", 3)[3]]
