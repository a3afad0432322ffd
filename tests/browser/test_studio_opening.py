"""Files of other tools and problems in the modeler: marked at their element, mended by clicks that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.staff import Staff
from tests.browser.test_studio import FILE, LATIN, chosen, drafted, opened, saved
from tests.browser.test_studio_modeler import tool
from tests.web.conftest import PROCESS_OWNER

FOREIGN = Path(__file__).parents[1] / "engine" / "studio" / "foreign_files"
SMALL = (Path(__file__).parents[1] / "small_mechanism" / "referral" / "referral.bpmn").read_text(encoding="utf-8")
TRANSLATE = {"en": "Say it in our words", "ar": "قوله بكلماتنا"}


def brought(owner: Staff, name: str) -> Page:
    """A draft into which a file of another tool was just uploaded; its page."""
    drafted(owner)
    page = owner.page
    page.locator("summary", has_text=owner.says("Add a file")).click()
    page.fill("#path", f"referral/{name}.bpmn")
    page.set_input_files("#upload", FOREIGN / f"{name}.bpmn")
    owner.presses("Add the file")
    expect(page.locator("[data-foreign]")).to_be_visible()
    return page


def with_problem(owner: Staff, *replaced: tuple[str, str]) -> Page:
    """The modeler with the small diagram after these replacements."""
    draft = drafted(owner)
    text = SMALL
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    page = owner.goes_to(draft + FILE)
    token = page.locator("input[name=csrf_token]").first.input_value()
    page.request.post(owner.address + draft + FILE, form={"csrf_token": token, "revision": "0", "content": text})
    return opened(owner, draft)


def problem(page: Page, code: str) -> Locator:
    return page.locator(f"[data-problem={code}]").first


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("camunda7_user_task", "#panel-role", '"first_responder"'),
        ("camunda8_script", "#panel-script", "total = a + 1"),
        ("camunda8_call", "#panel-called", "shelter"),
        ("camunda8_connector", "#panel-inputs", "number = answer.count + 1"),
        ("spiff_user_task", "#panel-documentation", "Read all of it."),
    ],
)
def test_a_word_of_another_tool_is_said_in_ours_by_a_click(
    staff: Callable[..., Staff], name: str, field: str, value: str
) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = brought(owner, name)
    before = page.locator("[data-foreign] [data-mend]").count()
    page.locator("[data-foreign]").get_by_role("button", name=TRANSLATE["en"]).first.click()
    expect(page.locator(field)).to_have_value(value)
    saved(owner)
    expect(page.locator("[data-foreign] [data-mend]")).to_have_count(before - 1)


def test_what_was_said_by_a_click_is_undone(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = brought(owner, "camunda8_script")
    page.locator("[data-foreign]").get_by_role("button", name=TRANSLATE["en"]).click()
    tool(owner, "Undo")
    expect(page.locator("#panel-script")).to_have_value("")


def test_a_picture_of_a_process_is_made_one_that_runs(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = brought(owner, "bpmn_io")
    page.locator("[data-foreign]").get_by_role("button", name=TRANSLATE[language]).click()
    expect(page.locator("#panel-executable")).to_be_checked()
    saved(owner)
    expect(page.locator("[data-problem=no_process]")).to_have_count(0)


def test_a_step_of_no_kind_becomes_a_task_of_people(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = brought(owner, "bpmn_io")
    page.locator("[data-foreign]").get_by_role("button", name=TRANSLATE["en"]).click()
    saved(owner)
    problem(page, "step_without_kind").get_by_role("button", name="Make it a task of people").click()
    saved(owner)
    expect(page.locator("[data-problem=step_without_kind]")).to_have_count(0)
    assert page.locator("[data-problem=form_missing][data-element=t]").count() == 1


def test_the_report_is_read_in_arabic_without_english_words_of_ours(
    staff: Callable[..., Staff], axe: Callable[..., list[str]]
) -> None:
    owner = staff(PROCESS_OWNER, "ar", PHONE)
    page = brought(owner, "camunda7_user_task")
    sentences = page.locator("[data-foreign] h2, [data-foreign] .ihala-mends button").all_inner_texts()
    assert len(sentences) >= 3
    assert [one for one in sentences if LATIN.search(one)] == []
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_missing_name_leads_to_its_line(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = with_problem(owner, (' ihala:nameAr="التذكير"', ""))
    problem(page, "name_missing").get_by_role("button").click()
    expect(page.locator("#panel-arabic")).to_be_focused()


def test_a_problem_marks_its_element_and_the_mark_leads_to_its_sentence(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = with_problem(owner, (">P1D<", ">soon<"))
    page.locator(".ihala-mark--cannot_run").click()
    expect(page.locator("[data-panel] .ihala-said--cannot_run")).to_contain_text("“soon”")
    page.locator("[data-panel] .ihala-said--cannot_run").get_by_role("button").click()
    expect(page.locator("#panel-time")).to_be_focused()


def test_an_id_of_a_drawing_tool_becomes_a_word(staff: Callable[..., Staff], language: str) -> None:
    owner = staff(PROCESS_OWNER, language)
    page = with_problem(owner, ('"remind"', '"Activity_0x7f3k1"'), (">remind<", ">Activity_0x7f3k1<"))
    problem(page, "id_no_word").get_by_role("button").click()
    expect(page.locator("[data-panel] bdi").first).to_have_text("remind")
    saved(owner)
    expect(page.locator("[data-problem=id_no_word]")).to_have_count(0)


def test_an_unknown_operation_is_chosen_among_those_there_are(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    page = with_problem(owner, ('ihala:operation="notify"', 'ihala:operation="shout"'))
    problem(page, "operation_unknown").get_by_role("button").click()
    expect(page.locator("#panel-operation")).to_be_focused()
    expect(page.locator("#panel-operation")).to_have_value("shout")
    page.select_option("#panel-operation", "notify")
    expect(page.locator("#panel-given-to")).to_have_value('"case_coordinator"')
    saved(owner)
    expect(page.locator("[data-problem=operation_unknown]")).to_have_count(0)


CHOICE = """<bpmn:exclusiveGateway id="choose" name="Complete?" ihala:nameAr="هل هي كاملة؟"/>
<bpmn:endEvent id="other_end" name="Other" ihala:nameAr="أخرى"/>
<bpmn:sequenceFlow id="choose_to_other" sourceRef="choose" targetRef="other_end">{condition}</bpmn:sequenceFlow>
<bpmn:sequenceFlow id="choose_to_done" sourceRef="choose" targetRef="done">{condition}</bpmn:sequenceFlow>
<bpmn:sequenceFlow id="review_to_done" sourceRef="review" targetRef="choose"></bpmn:sequenceFlow>""".replace(
    "{condition}", "<bpmn:conditionExpression>true</bpmn:conditionExpression>"
)
DRAWN = """<bpmndi:BPMNShape id="choose_di" bpmnElement="choose" isMarkerVisible="true"><dc:Bounds x="640" y="180"
width="50" height="50"/></bpmndi:BPMNShape><bpmndi:BPMNShape id="other_end_di" bpmnElement="other_end"><dc:Bounds
x="740" y="187" width="36" height="36"/></bpmndi:BPMNShape><bpmndi:BPMNEdge id="c1_di" bpmnElement="choose_to_other">
<di:waypoint x="690" y="205"/><di:waypoint x="740" y="205"/></bpmndi:BPMNEdge><bpmndi:BPMNEdge id="c2_di"
bpmnElement="choose_to_done"><di:waypoint x="665" y="180"/><di:waypoint x="837" y="150"/></bpmndi:BPMNEdge>
<bpmndi:BPMNEdge id="begun_to_take_referral_di\""""


def test_an_arrow_becomes_the_default_by_a_click_and_back(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    old = '<bpmn:sequenceFlow id="review_to_done" sourceRef="review" targetRef="done"></bpmn:sequenceFlow>'
    page = with_problem(owner, (old, CHOICE), ('<bpmndi:BPMNEdge id="begun_to_take_referral_di"', DRAWN))
    problem(page, "default_missing").get_by_role("button", name="Make the arrow to “Done” the default").click()
    saved(owner)
    expect(page.locator("[data-problem=default_missing]")).to_have_count(0)
    page.locator(".djs-element[data-element-id=choose_to_done] .djs-hit").first.click(force=True)
    expect(page.locator("#panel-isDefault")).to_be_checked()
    expect(page.locator("#panel-condition")).to_have_value("")


def test_a_message_says_whom_it_reaches(staff: Callable[..., Staff]) -> None:
    owner = staff(PROCESS_OWNER, "en")
    draft = drafted(owner)
    page = opened(owner, draft)
    chosen(page, "Remind")
    page.locator(".djs-context-pad [data-action=replace]").click()
    page.locator(".djs-popup [data-id=replace-with-send-task]").click()
    page.fill("#panel-message", "reminder")
    page.locator("#panel-message").blur()
    page.fill("#panel-correlation", "take_referral.source")
    page.locator("#panel-correlation").blur()
    page.select_option("#panel-reach", "mechanism")
    saved(owner)
    chosen(page, "Remind")
    values = [page.locator(f"#panel-{key}").input_value() for key in ("message", "correlation", "reach")]
    assert values == ["reminder", "take_referral.source", "mechanism"]
