"""Where cases stand, and the printed release, in the browser: heat on the diagram, and A3 on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine.cases import open_case
from engine.studio import drafts
from tests.browser.conftest import DESK, PHONE
from tests.browser.lived_in import referred, who
from tests.browser.staff import Staff
from tests.browser.test_studio import page_of_release
from tests.web.conftest import PROCESS_OWNER, RESPONDER, Site

A3 = (1191, 842)
"""420 by 297 mm, in points."""
DIAGRAM = "referral/referral.bpmn"
HEADINGS = ("What is different", "Signatures")


def waiting(site: Site) -> None:
    """Three referrals to review, the first of them late, and one that is begun."""
    for hours in (30, 1, 1):
        referred(site, who(site, RESPONDER))
        site.clock.move_to(site.clock.now() + timedelta(hours=hours))
    open_case(site.ihala, who(site, RESPONDER), "referral")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_heat_stands_on_the_diagram_and_in_the_table(
    site: Site,
    staff: Callable[..., Staff],
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], object],
    language: str,
    viewport: ViewportSize,
) -> None:
    waiting(site)
    owner = staff(PROCESS_OWNER, language, viewport)
    page = owner.goes_to("/studio/cases?period=7")
    page.locator("[data-shown=yes]").wait_for()
    expect(page.locator(".djs-overlay .ihala-heat--4")).to_contain_text("▂▄▆█ 3")
    expect(page.locator(".djs-overlay .ihala-heat--2")).to_contain_text("▂▄ 1")
    expect(page.locator(".djs-element.ihala-hot-4[data-element-id=review]")).to_have_count(1)
    screenshot(page, f"studio-standing-{viewport['width']}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_click_on_a_step_leads_to_its_cases(
    site: Site, staff: Callable[..., Staff], axe: Callable[..., list[str]], language: str
) -> None:
    waiting(site)
    owner = staff(PROCESS_OWNER, language, PHONE)
    page = owner.goes_to("/studio/cases")
    page.locator("[data-shown=yes]").wait_for()
    page.locator(".djs-element[data-element-id=review] .djs-hit").first.click(force=True)
    page.wait_for_url("**/studio/cases/referral/review")
    expect(page.locator("main")).to_contain_text(owner.says("Only figures are shown to you"))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_release_is_printed_on_a3(
    staff: Callable[..., Staff],
    axe: Callable[..., list[str]],
    screenshot: Callable[[Page, str], object],
    language: str,
) -> None:
    owner = staff(PROCESS_OWNER, language)
    release = page_of_release(owner)
    page = owner.goes_to(f"{release}/print")
    page.locator("[data-shown=yes] .ihala-print__drawing").wait_for()
    screenshot(page, "studio-print")
    assert axe(page) == []
    printed = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    sides = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(wide)), round(float(tall))) for wide, tall in sides} == {A3}
    assert [words for words in HEADINGS if not stands_in(owner.says(words), printed)] == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_drawing_too_wide_to_be_read_is_cut_into_parts(site: Site, staff: Callable[..., Staff]) -> None:
    actor = who(site, PROCESS_OWNER)
    base = drafts.releases(site.ihala, actor)[0]
    draft_id = drafts.start(site.ihala, actor, base.id, "A wide pool")
    file = drafts.read_file(site.ihala, actor, draft_id, DIAGRAM)
    wide = re.sub(
        rb'(bpmnElement="pool_referral".*?<dc:Bounds[^>]*width=")\d+', rb"\g<1>3000", file.content, flags=re.S
    )
    drafts.save_file(site.ihala, actor, draft_id, DIAGRAM, wide.replace(b">P1D<", b">P2D<"), file.revision)
    page = staff(PROCESS_OWNER, "en").goes_to(f"/studio/{draft_id}/print")
    parts = page.locator("figure", has_text="After").locator(".ihala-print__drawing")
    parts.first.wait_for()
    assert parts.count() == 2


def stands_in(words: str, printed: bytes) -> bool:
    """Whether a PDF has the words among its headings, which stand there in UTF-16 or in plain letters."""
    sixteen = (b"\xfe\xff" + words.encode("utf-16-be")).hex().upper().encode()
    return sixteen in printed.upper() or f"({words})".encode() in printed
