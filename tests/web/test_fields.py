"""Forms as pages: every question usable with a keyboard, a screen reader and without JavaScript, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from lxml import html

from engine.forms import Answers, Form
from tests.engine.forms.samples import IDENTIFYING, LANGUAGES, LONG_FORM, YES_NO, form_of, question
from web import fields, layout

CAIRO = ZoneInfo("Africa/Cairo")
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=CAIRO)
WORKFLOWS = Path(__file__).parents[2] / "workflows"


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("web")
    layout.prepare(app)
    return app


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/tasks/1?language=en"):
        app.preprocess_request()
        yield


def answers_to(form: Form, typed: Mapping[str, list[str]] | None = None) -> Answers:
    return form.read(typed or {}, {}, now=NOW, zone=CAIRO)


def shown(
    form: Form, typed: Mapping[str, list[str]] | None = None, language: str = "en", **more: Any
) -> html.HtmlElement:
    markup = fields.render_form(form, answers_to(form, typed), language, **more)
    return html.fromstring(f"<form>{markup}</form>")


def one(kind: str, **more: Any) -> Form:
    return form_of(question(kind, "answer", "Answer", "الإجابة", **more))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_box_has_a_label(language: str) -> None:
    tree = shown(LONG_FORM, {"children_with": ["1"], "children-item": ["0"], "children-asked": ["1"]}, language)
    labelled = {label.get("for") for label in tree.iter("label")}
    boxes = [box for box in tree.iter("input", "select", "textarea") if box.get("type") != "hidden"]
    assert [box.get("id") for box in boxes if box.get("id") not in labelled] == []


def test_every_id_is_used_once() -> None:
    ids = shown(LONG_FORM, {"children-item": ["0", "1"], "children_with": ["2"]}).xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_error_links_to_a_box_on_the_page(language: str) -> None:
    typed = {"children_with": ["1"], "children-asked": ["1"], "children-item": ["0"], "safe_phone": ["x"]}
    answers = answers_to(LONG_FORM, typed)
    summary = html.fromstring(str(fields.render_error_summary(LONG_FORM, answers, language)))
    ids = set(shown(LONG_FORM, typed, language).xpath("//@id"))
    assert [link for link in summary.xpath("//ul//a/@href") if link.removeprefix("#") not in ids] == []


def test_errors_are_said_in_the_order_of_the_form() -> None:
    summary = fields.render_error_summary(LONG_FORM, answers_to(LONG_FORM), "ar")
    assert html.fromstring(str(summary)).xpath("//ul//a/@href") == [
        "#happened_at-day",
        "#interpreter",
        "#sex",
        "#read_back",
    ]


def test_the_summary_of_a_page_keeps_to_its_page() -> None:
    summary = fields.render_error_summary(LONG_FORM, answers_to(LONG_FORM), "en", section=LONG_FORM.sections[1])
    assert html.fromstring(str(summary)).xpath("//ul//a/@href") == ["#sex"]


def test_an_error_is_read_with_its_box() -> None:
    box = shown(one("number"), {"answer": ["x"]}).xpath("//input[@id='answer']")[0]
    assert box.get("aria-describedby") == "answer-error"


def test_a_new_page_shows_no_errors() -> None:
    assert shown(LONG_FORM, show_errors=False).find_class("govuk-error-message") == []


@pytest.mark.parametrize("typed", [" ١٢ <b>", '"quoted"', "line\nline", "  indented\n    more", "مي\u200cخواهم"])
def test_what_was_typed_stands_there_exactly(typed: str) -> None:
    assert shown(one("textarea"), {"answer": [typed]}).xpath("string(//textarea)") == typed


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    # A browser drops the first line break after the tag.
    markup = fields.render_form(one("textarea"), answers_to(one("textarea"), {"answer": ["\nx"]}), "en")
    assert ">\n\nx</textarea>" in markup


def test_a_number_that_was_no_number_stands_there_exactly() -> None:
    assert shown(one("number"), {"answer": [" ١٢ x"]}).xpath("//input[@id='answer']/@value") == [" ١٢ x"]


@pytest.mark.parametrize(
    ("attribute", "value"), [("autocomplete", "off"), ("dir", "auto"), ("spellcheck", "false"), ("type", "text")]
)
def test_a_line_of_text_keeps_its_own_direction_and_no_memory(attribute: str, value: str) -> None:
    assert shown(one("textfield")).xpath("//input[@id='answer']")[0].get(attribute) == value


def test_a_whole_number_opens_the_keyboard_of_digits() -> None:
    assert shown(one("number", decimalDigits=0)).xpath("//input/@inputmode") == ["numeric"]


def test_a_date_is_three_boxes_of_digits() -> None:
    assert shown(one("datetime")).xpath("//input/@name") == ["answer-day", "answer-month", "answer-year"]


def test_choices_stand_in_a_fieldset_with_the_question() -> None:
    assert shown(one("radio", options=YES_NO)).xpath("normalize-space(//fieldset/legend)") == "Answer (optional)"


def test_the_options_are_in_the_language_of_the_page() -> None:
    labels = shown(one("radio", options=YES_NO), language="ar").xpath("//label")
    assert [label.text_content().strip() for label in labels] == ["نعم", "لا", "غير معروف بعد"]


DEPENDENT = form_of(
    question("radio", "a", "A", "أ", options=YES_NO),
    question("select", "b", "B", "ب", options=LANGUAGES, conditional={"hide": '=a != "yes"'}),
    question("textfield", "c", "C", "ت", conditional={"hide": '=a = null or a = "no"'}),
)


def test_a_question_a_browser_may_open_waits_inert() -> None:
    assert shown(DEPENDENT).xpath("//template/@data-shown-when") == ["a"]


def test_a_question_only_the_server_can_open_is_not_there() -> None:
    assert shown(DEPENDENT).xpath("//*[@id='c']") == []


def test_an_opened_question_says_that_it_was_asked() -> None:
    assert shown(DEPENDENT, {"a": ["yes"]}).xpath("//input[@type='hidden']/@name") == ["b-asked", "c-asked"]


def test_questions_that_opened_are_announced() -> None:
    summary = fields.render_error_summary(DEPENDENT, answers_to(DEPENDENT, {"a": ["yes"]}), "en")
    assert "Your answers opened 2 more questions. Nothing is lost." in summary


def test_a_default_stands_there_before_anything_was_typed() -> None:
    assert shown(one("textfield", defaultValue="Egypt")).xpath("//input/@value") == ["Egypt"]


def test_a_default_does_not_come_back_once_emptied() -> None:
    assert shown(one("textfield", defaultValue="Egypt"), {"answer": [""]}).xpath("//input/@value") == [""]


def test_a_list_grows_with_a_button() -> None:
    form = one("dynamiclist", components=[question("textfield", "name", "Name", "الاسم")])
    assert shown(form).xpath("//button/@name") == ["_add"]


def test_each_item_of_a_list_can_be_removed() -> None:
    form = one("dynamiclist", components=[question("textfield", "name", "Name", "الاسم")])
    assert shown(form, {"answer-item": ["4"]}).xpath("//button[@name='_remove']/@value") == ["answer-4"]


def test_a_list_that_needs_an_item_opens_with_one() -> None:
    inner = question("textfield", "name", "Name", "الاسم")
    form = one("dynamiclist", components=[inner], validate={"required": True})
    assert shown(form).xpath("//input[@type='text']/@name") == ["answer-0-name"]


def test_words_of_a_form_never_become_markup() -> None:
    form = form_of({"type": "text", "id": "t", "text": "<script>x</script> **bold**", "properties": {"text_ar": "نص"}})
    assert "&lt;script&gt;x&lt;/script&gt; <strong>bold</strong>" in fields.render_form(form, answers_to(form), "en")


def test_a_file_already_there_can_be_taken_away() -> None:
    form, files = one("filepicker"), {"content_1": {"name": "a.pdf", "size": 1, "type": "application/pdf"}}
    answers = form.read({"answer": ["content_1"]}, {}, now=NOW, zone=CAIRO, files=files)
    tree = html.fromstring(f"<form>{fields.render_form(form, answers, 'en')}</form>")
    assert tree.xpath("//input[@type='checkbox']/@value") == ["content_1"]


def test_checking_shows_each_question_that_was_asked() -> None:
    answers = answers_to(DEPENDENT, {"a": ["yes"], "b-asked": ["1"], "b": ["amh"], "c-asked": ["1"]})
    tree = html.fromstring(str(fields.render_answers(DEPENDENT, answers, "en", zone=CAIRO)))
    assert [value.text_content().strip() for value in tree.iter("dd")] == ["Yes", "Amharic", "Not answered"]


def test_checking_leads_back_to_the_question() -> None:
    answers = answers_to(one("datetime"))
    shown_page = fields.render_answers(one("datetime"), answers, "en", zone=CAIRO, change=lambda section, field: "/s/1")
    assert html.fromstring(str(shown_page)).xpath("//a/@href") == ["/s/1#answer-day"]


def test_the_record_does_not_name_what_may_not_be_read() -> None:
    form = form_of(
        question("textfield", "a", "Open", "أ"), question("textfield", "b", "Secret", "ب", properties=IDENTIFYING)
    )
    shown_page = fields.render_record(
        form, {"a": "x", "b": "y"}, "en", zone=CAIRO, may_read=lambda field: field.classification != "identifying"
    )
    assert ("Secret" in shown_page, "y</" in shown_page) == (False, False)


@pytest.mark.parametrize(("language", "words"), [("en", "about 1990"), ("ar", "نحو 1990")])
def test_an_estimated_date_is_said_as_one(language: str, words: str) -> None:
    form = one("datetime", properties={**IDENTIFYING, "becomes": "age", "precision": "estimated"})
    page = fields.render_record(form, {"answer": "1990~"}, language, zone=CAIRO, may_read=lambda field: True)
    assert words in page


def test_the_blank_paper_has_every_question() -> None:
    paper = fields.render_paper(LONG_FORM, "ar", zone=CAIRO)
    assert [field.key for field in LONG_FORM.fields if field.label.ar not in paper] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("file", sorted(WORKFLOWS.rglob("*.form")), ids=lambda file: file.stem)
def test_every_form_of_the_mechanism_can_be_shown(file: Path, language: str) -> None:
    form = Form.load(file.read_bytes())
    assert len(shown(form, language=language).xpath("//input|//select|//textarea|//button")) >= 1
