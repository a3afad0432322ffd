"""Every family of pages in both languages, on a desk and on the narrowest screen: accessible, within it, pictured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, NARROW, _served, fresh_page
from tests.browser.lived_in import LivedIn, lived_in
from tests.browser.staff import Staff
from tests.web.conftest import ADMINISTRATOR, COORDINATOR, RESPONDER, STRANGER, installed

NOBODY = ""
PAGES: dict[str, tuple[str, str]] = {
    "sign_in": (NOBODY, "/sign-in?language={language}"),
    "reset": (NOBODY, "/reset?language={language}"),
    "calendar": (NOBODY, "/calendar?language={language}"),
    "inbox_mine": (RESPONDER, "/inbox/mine"),
    "inbox_team": (COORDINATOR, "/inbox/team"),
    "inbox_overdue": (COORDINATOR, "/inbox/overdue"),
    "inbox_filtered": (COORDINATOR, "/inbox/team?priority=high"),
    "inbox_done": (COORDINATOR, "/inbox/done"),
    "inbox_empty": (STRANGER, "/inbox/mine"),
    "new": (RESPONDER, "/new"),
    "task": (RESPONDER, "/tasks/{drafted}?page=report"),
    "task_free": (COORDINATOR, "/tasks/{free}"),
    "task_held": (COORDINATOR, "/tasks/{held}"),
    "task_handed_back": (COORDINATOR, "/tasks/{handed_back}"),
    "task_faulty": (RESPONDER, "/tasks/{drafted}?page=account&again=1"),
    "task_conflict": (COORDINATOR, "/tasks/{done}"),
    "check": (RESPONDER, "/tasks/{answered}/check"),
    "paper_blank": (RESPONDER, "/tasks/{answered}/paper"),
    "paper_filled": (RESPONDER, "/tasks/{answered}/paper?filled=1"),
    "cases": (COORDINATOR, "/cases"),
    "cases_closed": (COORDINATOR, "/cases?status=closed"),
    "case": (COORDINATOR, "/cases/{case}"),
    "case_diagram": (COORDINATOR, "/cases/{case}/diagram"),
    "case_timeline": (COORDINATOR, "/cases/{case}/timeline"),
    "case_record": (RESPONDER, "/cases/{case}/record"),
    "correction": (RESPONDER, "/cases/{case}/record/{entry}/correction"),
    "case_team": (COORDINATOR, "/cases/{case}/team"),
    "case_reads": (COORDINATOR, "/cases/{case}/reads"),
    "notices": (COORDINATOR, "/notices"),
    "shelters": (COORDINATOR, "/shelters"),
    "administration": (ADMINISTRATOR, "/administration"),
    "organisation": (ADMINISTRATOR, "/administration/organisations/line"),
    "incidents": (ADMINISTRATOR, "/administration/incidents"),
    "messages": (ADMINISTRATOR, "/administration/messages"),
    "resets": (ADMINISTRATOR, "/administration/resets"),
    "password": (RESPONDER, "/password"),
    "refused": (STRANGER, "/cases/{case}"),
}


@pytest.fixture(scope="module")
def place(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, LivedIn]]:
    folder = tmp_path_factory.mktemp("lived_in")
    (folder / "ihala.sqlite3").write_bytes(sqlite_template.read_bytes())
    with installed(f"sqlite:///{folder / 'ihala.sqlite3'}", folder) as site, pytest.MonkeyPatch.context() as patch:
        there = lived_in(site, patch)
        with _served(site.app) as address:
            yield address, there


@pytest.fixture(scope="module")
def people(browser: Browser, place: tuple[str, LivedIn]) -> Iterator[Callable[[str, str], Page]]:
    """`people(COORDINATOR, "ar")`: that person's browser, signed in once."""
    with ExitStack() as open_pages:
        at_work: dict[tuple[str, str], Page] = {}

        def page_of(name: str, language: str) -> Page:
            if (name, language) not in at_work:
                page = open_pages.enter_context(fresh_page(browser, language, DESK))
                if name:
                    Staff(page, place[0], name, language).is_signed_in(place[1].site.ihala)
                at_work[name, language] = page
            return at_work[name, language]

        yield page_of


@pytest.fixture(scope="module", params=["ar", "en"])
def language(request: pytest.FixtureRequest) -> str:
    asked: str = request.param
    return asked


@pytest.fixture(scope="module", params=PAGES)
def shown(
    request: pytest.FixtureRequest,
    language: str,
    place: tuple[str, LivedIn],
    people: Callable[[str, str], Page],
) -> Page:
    address, there = place
    name, path = PAGES[request.param]
    page = people(name, language)
    page.set_viewport_size(DESK)
    page.goto(address + path.format(language=language, **there.ids))
    if "diagram" in request.param:
        page.wait_for_selector("[data-shown=yes]")
    return page


def test_a_desk_shows_it_to_everybody(shown: Page, axe: Callable[..., list[str]]) -> None:
    shown.set_viewport_size(DESK)
    assert axe(shown) == []


def test_it_is_pictured(shown: Page, screenshot: Callable[[Page, str], Path], request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["shown"]
    shown.set_viewport_size(NARROW)
    screenshot(shown, f"{name}.narrow")
    shown.set_viewport_size(DESK)
    assert screenshot(shown, name).stat().st_size > 0


def test_the_narrowest_screen_shows_it_to_everybody(shown: Page, axe: Callable[..., list[str]]) -> None:
    shown.set_viewport_size(NARROW)
    assert axe(shown) == []


def test_nothing_scrolls_sideways(shown: Page) -> None:
    shown.set_viewport_size(NARROW)
    assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_it_has_one_heading_of_the_first_level(shown: Page, request: pytest.FixtureRequest) -> None:
    expected = 0 if request.node.callspec.params["shown"] == "calendar" else 1
    assert shown.locator("h1").count() == expected


def test_nothing_of_it_is_in_the_other_language(shown: Page, language: str) -> None:
    assert shown.locator("html").get_attribute("lang") == language
