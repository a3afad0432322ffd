"""A Chromium, a page in each language, the accessibility check and pictures of pages."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from installation.chromium import chromium
from tests.browser.staff import Staff
from tests.web.conftest import Site, installed

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox",  # it refuses to start as root with one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"ar": "ar-EG", "en": "en-GB"}
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
"""The narrowest screen WCAG 2.2 asks for (1.4.10): a page of 1280 at 400 % zoom."""
ANSWERED_WITH_STATUS = "Failed to load resource"  # a 422 with the errors of a form is no fault of the page
CHECK = """(also) => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", ...also], resultTypes: ["violations"]})"""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the browser tests; closed with them, because its loop would hinder other tests' own."""
    found = chromium()
    if found is None:
        pytest.fail("No Chromium: `./run test` brings one on Linux x86-64; elsewhere name yours in IHALA_CHROMIUM.")
    with sync_playwright() as playwright:
        variables: dict[str, str | float | bool] = {**os.environ, **found.variables}
        started = playwright.chromium.launch(executable_path=found.program, args=FLAGS, env=variables)
        yield started
        started.close()


@pytest.fixture(params=["ar", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each test runs in both; `@pytest.mark.parametrize("language", ["ar"])` asks for one."""
    asked: str = request.param
    return asked


@pytest.fixture
def viewport() -> ViewportSize:
    """That of a desk; `@pytest.mark.parametrize("viewport", [PHONE])` asks for another."""
    return DESK


@pytest.fixture
def page(browser: Browser, language: str, viewport: ViewportSize) -> Iterator[Page]:
    """A page of a fresh person in the language; the test fails where a script or the content policy complained."""
    with fresh_page(browser, language, viewport) as opened:
        yield opened


@contextmanager
def fresh_page(
    browser: Browser, language: str, viewport: ViewportSize, *, scripts: bool = True, touch: bool = False
) -> Iterator[Page]:
    """A page of its own cookies; whoever has it may not leave a complaint of a script or of the content policy."""
    complaints: list[str] = []
    asked: Any = {"locale": LOCALES[language], "viewport": viewport, "java_script_enabled": scripts, "has_touch": touch}
    with browser.new_context(**asked, reduced_motion="reduce") as context:
        opened = context.new_page()
        opened.set_default_timeout(15_000)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda message: complaints.extend(_complaint(message)))
        yield opened
    assert complaints == []


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page)`: what WCAG 2.2 AA forbids on it, one sentence each; further axe tags may be named."""

    def violations(page: Page, *also: str) -> list[str]:
        if page.evaluate("window.axe === undefined"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = page.evaluate(CHECK, list(also))
        return [
            f"{rule['id']}: {rule['help']} {node['html']}" for rule in found["violations"] for node in rule["nodes"]
        ]

    return violations


@pytest.fixture
def screenshot(language: str) -> Callable[[Page, str], Path]:
    """`screenshot(page, "inbox")`: the whole page as a picture in `build/screenshots/`, the language in its name."""

    def take(page: Page, name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}.{language}.png"
        page.screenshot(path=file, full_page=True)
        return file

    return take


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    """The pages on the small mechanism, with a clock that the test moves."""
    with installed(sqlite_url, tmp_path) as settled:
        yield settled


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Where the site is served."""
    with _served(site.app) as started:
        yield started


@pytest.fixture
def staff(browser: Browser, address: str, site: Site) -> Iterator[Callable[..., Staff]]:
    """`staff(RESPONDER, "ar", NARROW)`: somebody signed in at a browser of their own."""
    with ExitStack() as open_pages:

        def at_work(name: str, language: str = "ar", viewport: ViewportSize = DESK, *, scripts: bool = True) -> Staff:
            page = open_pages.enter_context(fresh_page(browser, language, viewport, scripts=scripts))
            somebody = Staff(page, address, name, language)
            somebody.is_signed_in(site.ihala)
            return somebody

        yield at_work


@pytest.fixture(scope="package")
def served() -> Callable[[WSGIApplication], AbstractContextManager[str]]:
    """`with served(app) as address:` the application on a free port of this machine."""
    return _served


@contextmanager
def _served(application: WSGIApplication) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    if message.type == "error" and not re.match(ANSWERED_WITH_STATUS, message.text):
        yield message.text
