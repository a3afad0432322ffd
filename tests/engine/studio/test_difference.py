"""The difference between two states of the mechanism, as a person would tell it."""

from __future__ import annotations

import pytest

from engine.studio.difference import between
from engine.studio.difference.durations import in_words
from tests.web.conftest import MECHANISM

DIAGRAM = (MECHANISM / "referral/referral.bpmn").read_text("utf-8")
FORM = (MECHANISM / "referral/take_referral.form").read_text("utf-8")
SETTINGS = (MECHANISM / "mechanism.toml").read_text("utf-8")
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" xmlns:ihala="urn:ihala:bpmn"
 id="m" name="m" namespace="urn:t"><decision id="gate" name="Age gate" ihala:nameAr="بوابة السن">
<decisionTable id="t" hitPolicy="FIRST">
<input id="i" label="Age"><inputExpression typeRef="number"><text>age</text></inputExpression></input><output id="o"/>
<rule id="r1"><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"child"</text></outputEntry></rule>
<rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text>"adult"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
NEW_TASK = '<bpmn:userTask id="call" name="Call the interpreter" ihala:nameAr="الاتصال بالمترجم"/>'
NEW_ARROW = '<bpmn:sequenceFlow id="a" sourceRef="take_referral" targetRef="call"/>'


def told(before: str, after: str, name: str = "x.bpmn", language: str = "en") -> list[str]:
    found = between({name: before.encode()}, {name: after.encode()})
    return [change.text.in_(language) for changes in found.values() for change in changes]


def test_the_same_files_differ_in_nothing() -> None:
    assert between({"a.bpmn": b"x"}, {"a.bpmn": b"x"}) == {}


def test_a_clock_is_told_in_words() -> None:
    assert told(DIAGRAM, DIAGRAM.replace(">P1D<", ">P2D<")) == [
        "“Not reviewed in a day”: the time is now 2 days instead of 1 day."
    ]


def test_a_clock_is_told_in_arabic() -> None:
    assert told(DIAGRAM, DIAGRAM.replace(">P1D<", ">P2D<"), language="ar") == [
        "«لم تُراجع خلال يوم»: المدة الآن \u2068يومين\u2069 بدلًا من \u2068يوم\u2069."
    ]


def test_a_new_task_is_told_with_the_one_before_it() -> None:
    after = DIAGRAM.replace("</bpmn:process>", f"{NEW_TASK}{NEW_ARROW}</bpmn:process>")
    assert told(DIAGRAM, after) == ["New task: “Call the interpreter” after “Take the referral”."]


def test_a_task_that_is_gone_is_told() -> None:
    before = DIAGRAM.replace("</bpmn:process>", f"{NEW_TASK}</bpmn:process>")
    assert told(before, DIAGRAM) == ["The task “Call the interpreter” is gone."]


def test_another_way_when_nothing_else_holds_is_told() -> None:
    after = DIAGRAM.replace('<bpmn:userTask id="review"', '<bpmn:userTask id="review" default="review_to_done"')
    assert told(DIAGRAM, after) == [
        "From “Review the referral” the way to “Done” is now taken where nothing else holds, instead of where always."
    ]


def test_another_role_is_told() -> None:
    moved = DIAGRAM.replace("<bpmn:flowNodeRef>review</bpmn:flowNodeRef>", "", 1)
    moved = moved.replace(
        "<bpmn:flowNodeRef>begun</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>begun</bpmn:flowNodeRef><bpmn:flowNodeRef>review</bpmn:flowNodeRef>",
    )
    assert told(DIAGRAM, moved) == [
        "“Review the referral”: the role that does it is now first_responder instead of case_coordinator."
    ]


def test_an_arrow_that_leads_elsewhere_is_told() -> None:
    after = DIAGRAM.replace(
        'sourceRef="take_referral" targetRef="review"', 'sourceRef="take_referral" targetRef="done"'
    )
    assert told(DIAGRAM, after) == [
        "An arrow now leads from “Take the referral” to “Done”.",
        "No arrow leads from “Take the referral” to “Review the referral” any more.",
    ]


def test_a_condition_is_told() -> None:
    after = DIAGRAM.replace(
        'sourceRef="review" targetRef="done"></bpmn:sequenceFlow>',
        'sourceRef="review" targetRef="done"><bpmn:conditionExpression>review.ok = "yes"</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>",
    )
    assert told(DIAGRAM, after) == [
        'From “Review the referral” the way to “Done” is now taken where review.ok = "yes", instead of where always.'
    ]


def test_an_input_of_an_operation_is_told() -> None:
    after = DIAGRAM.replace('>"overdue"<', '>"reminder"<')
    assert told(DIAGRAM, after) == ['“Remind”: the input notice is now "reminder" instead of "overdue".']


def test_a_moved_shape_is_layout_only() -> None:
    changes = between({"x.bpmn": DIAGRAM.encode()}, {"x.bpmn": DIAGRAM.replace('x="405"', 'x="410"').encode()})
    assert [change.is_layout for change in changes["x.bpmn"]] == [True]


def test_a_question_that_must_be_answered_no_more_is_told() -> None:
    after = FORM.replace('"required": true', '"required": false', 1)
    assert told(FORM, after, "x.form") == ["“Who reports?”: whether it must be answered is now no instead of yes."]


def test_a_new_and_a_lost_answer_are_told() -> None:
    after = FORM.replace('{"value": "police", "label": "The police"}', '{"value": "ngo", "label": "An NGO"}')
    assert set(told(FORM, after, "x.form")) == {
        "“Who reports?”: the answer ngo is now An NGO.",
        "“Who reports?”: the answer police is gone (it was The police).",
    }


def test_a_rule_of_a_table_is_told() -> None:
    after = TABLE.replace("&lt; 18", "&lt; 21")
    assert told(TABLE, after, "x.dmn") == ['Rule 1 of “Age gate” is now < 21 → "child" instead of < 18 → "child".']


def test_a_rule_reads_left_to_right_in_an_arabic_sentence() -> None:
    """Without the marks `< 18` is seen as its opposite between Arabic words."""
    after = TABLE.replace("&lt; 18", "&lt; 21")
    (change,) = between({"x.dmn": TABLE.encode()}, {"x.dmn": after.encode()})["x.dmn"]
    assert '\u2066< 21 → "child"\u2069' in change.text.ar


def test_another_hit_policy_is_told() -> None:
    after = TABLE.replace('"FIRST"', '"ANY"')
    assert told(TABLE, after, "x.dmn") == ["“Age gate”: the hit policy is now ANY instead of FIRST."]


def test_a_setting_is_told() -> None:
    after = SETTINGS.replace("signatures = 1", "signatures = 2")
    assert told(SETTINGS, after, "mechanism.toml") == ["publishing.signatures is now 2 instead of 1."]


def test_a_new_and_a_lost_file_are_told() -> None:
    found = between({"old.form": b"{}"}, {"new.form": b"{}"})
    assert {path: changes[0].text.en for path, changes in found.items()} == {
        "new.form": "The file is new.",
        "old.form": "The file is gone.",
    }


@pytest.mark.parametrize("name", ["x.bpmn", "x.form", "x.dmn", "x.toml"])
def test_what_cannot_be_read_is_said_and_breaks_nothing(name: str) -> None:
    (only,) = told("<", "= [", name)
    assert only.startswith("The file was changed, and cannot be read:")


@pytest.mark.parametrize(
    ("text", "working", "en", "ar"),
    [
        ("P1D", False, "1 day", "يوم"),
        ("P5D", True, "5 working days", "5 أيام عمل"),
        ("P2D", True, "2 working days", "يومي عمل"),
        ("P30D", False, "30 days", "30 يومًا"),
        ("PT24H", False, "24 hours", "24 ساعة"),
        ("P1M", False, "1 month", "شهر"),
        ("P1DT12H", False, "1 day and 12 hours", "يوم و12 ساعة"),
        ("R/P7D", False, "R/P7D", "R/P7D"),
    ],
)
def test_durations_are_said_as_people_say_them(text: str, working: bool, en: str, ar: str) -> None:
    said = in_words(text, working=working)
    assert (said.en, said.ar) == (en, ar)
