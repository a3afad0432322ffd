"""The diagram of a case is shown in the page's language, marked, under a strict content policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from html import escape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import FloatRect, Page

STATIC = Path(__file__).resolve().parents[2] / "web" / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'"
)
NAMES = {"en": "Assess the risk", "ar": "تقييم الخطر"}
LOST = {
    "en": "The diagram cannot be shown. The steps are listed on this page.",
    "ar": "تعذّر عرض المخطط. الخطوات مذكورة في هذه الصفحة.",
}
in_arabic = pytest.mark.parametrize("language", ["ar"])
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:i="urn:ihala:bpmn"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="urn:ihala">
  <bpmn:process id="safety" isExecutable="true">
    <bpmn:startEvent id="reported"><bpmn:outgoing>to_assess</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="to_assess" sourceRef="reported" targetRef="assess_risk" />
    <bpmn:userTask id="assess_risk" name="Assess the risk" i:nameAr="تقييم الخطر">
      <bpmn:incoming>to_assess</bpmn:incoming>
    </bpmn:userTask>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="picture"><bpmndi:BPMNPlane id="plane" bpmnElement="safety">
    <bpmndi:BPMNShape id="reported_di" bpmnElement="reported"><dc:Bounds x="160" y="102" width="36" height="36" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="assess_risk_di" bpmnElement="assess_risk"><dc:Bounds x="250" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="to_assess_di" bpmnElement="to_assess"><di:waypoint x="196" y="120" />
      <di:waypoint x="250" y="120" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><title>{title}</title>
<link rel="stylesheet" href="/static/ihala{sheet}.css"><link rel="stylesheet" href="/static/diagram.css">
<script type="module" src="/static/diagram.js"></script></head><body class="govuk-template__body">
<main class="govuk-main-wrapper govuk-width-container"><h1 class="govuk-heading-l">{title}</h1>
<div data-diagram="{address}" data-active="assess_risk no_longer_drawn" data-done="reported">{inside}</div>
</main></body></html>"""


@pytest.fixture
def address(served: Callable[[Any], AbstractContextManager[str]], language: str) -> Iterator[str]:
    app = Flask(__name__, static_folder=str(STATIC))

    @app.get("/diagram.bpmn")
    def diagram() -> Response:
        return Response(DIAGRAM, mimetype="application/xml")

    @app.get("/at/<kind>")
    def shown(kind: str) -> str:
        inside = f'<script type="application/xml">{DIAGRAM}</script>' if kind == "inside" else ""
        return PAGE.format(
            lang=language,
            dir="rtl" if language == "ar" else "ltr",
            sheet=".rtl" if language == "ar" else "",
            title=escape(NAMES[language]),
            address={"address": "/diagram.bpmn", "inside": "", "lost": "/lost.bpmn"}[kind],
            inside=inside,
        )

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status=204)

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    with served(app) as started:
        yield started


@pytest.fixture
def shown(page: Page, address: str) -> Page:
    page.goto(f"{address}/at/address")
    page.wait_for_selector("[data-shown=yes]")
    return page


def box(page: Page, selector: str) -> FloatRect:
    """The place on the screen of the first element that fits."""
    found = page.locator(selector).first.bounding_box()
    if found is None:
        pytest.fail(f"{selector} is not to be seen")
    return found


def within(inner: FloatRect, outer: FloatRect) -> bool:
    across = outer["x"] <= inner["x"] <= inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    return across and outer["y"] <= inner["y"] <= inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def words(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_task_carries_its_name_in_the_language_of_the_page(shown: Page, language: str) -> None:
    assert words(shown.locator("[data-element-id=assess_risk] tspan").all_text_contents()) == NAMES[language]


def test_the_name_stands_inside_its_task(shown: Page) -> None:
    task = box(shown, "[data-element-id=assess_risk] rect")
    assert within(box(shown, "[data-element-id=assess_risk] text"), task)


@in_arabic
def test_the_waiting_task_is_marked(shown: Page) -> None:
    assert shown.locator(".ihala-active").get_attribute("data-element-id") == "assess_risk"


@in_arabic
def test_the_passed_event_is_marked(shown: Page) -> None:
    assert shown.locator(".ihala-done").get_attribute("data-element-id") == "reported"


@in_arabic
def test_the_diagram_may_stand_in_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/at/inside")
    assert page.wait_for_selector("[data-element-id=assess_risk]")


def test_a_diagram_that_is_lost_is_said(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/at/lost")
    assert page.locator("[data-shown=no] p").inner_text() == LOST[language]


@in_arabic
def test_the_mark_of_the_library_is_inside_the_picture(shown: Page) -> None:
    assert within(box(shown, ".bjs-powered-by"), box(shown, ".ihala-diagram__canvas"))


def test_the_page_is_accessible(shown: Page, axe: Callable[..., list[str]]) -> None:
    assert axe(shown) == []


def test_the_page_is_pictured(shown: Page, screenshot: Callable[[Page, str], Path]) -> None:
    assert screenshot(shown, "diagram").stat().st_size > 0
