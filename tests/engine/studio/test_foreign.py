"""Files of other tools: each is read or refused in sentences, and what can be said in our words is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import check
from engine.studio.foreign import Report, report_on
from engine.studio.foreign.translating import to_feel

FILES = {file.stem: file.read_bytes() for file in (Path(__file__).parent / "foreign_files").iterdir()}
MENDS = {
    "camunda7_user_task": [{"properties": {"ihala:role": '"first_responder"'}}],
    "camunda7_service_task": [{"inputs": [["to", "receiver"]]}],
    "camunda7_decision": [{"properties": {"ihala:decision": "reasonable_grounds"}}],
    "camunda7_conditions": [{"condition": 'state = "done" and count > 2'}],
    "camunda8_user_task": [{"properties": {"ihala:role": '"first_responder"'}}],
    "camunda8_connector": [{"inputs": [["number", "answer.count + 1"]]}],
    "camunda8_decision": [{"properties": {"ihala:decision": "reasonable_grounds"}}],
    "camunda8_call": [
        {"properties": {"calledElement": "shelter"}},
        {"loop": {"ihala:collection": "people", "ihala:item": "one"}},
    ],
    "camunda8_script": [{"script": "total = a + 1"}],
    "spiff_user_task": [{"instructions": "Read all of it."}],
    "spiff_service_task": [],
    "spiff_script": [],
    "flowable": [],
    "signavio": [{"executable": True}],
    "bizagi": [{"executable": True}],
    "bpmn_io": [{"executable": True}],
    "not_drawn": [],
    "unknown_tool": [],
}
COUNTS = {  # kept, ignored, to be replaced
    "camunda7_user_task": (0, 2, 3),
    "camunda7_service_task": (0, 1, 5),
    "camunda8_connector": (1, 2, 3),
    "spiff_user_task": (0, 0, 3),
    "spiff_script": (0, 0, 0),
    "signavio": (1, 0, 1),
    "bpmn_io": (0, 0, 1),
    "not_drawn": (0, 0, 1),
    "unknown_tool": (1, 0, 0),
}


def report(name: str, old: str = "", new: str = "", forms: tuple[str, ...] = ()) -> Report:
    return report_on(FILES[name].replace(old.encode(), new.encode()) if old else FILES[name], forms)


def test_every_file_is_in_the_table() -> None:
    assert sorted(FILES) == sorted(MENDS)


@pytest.mark.parametrize("name", FILES)
def test_what_is_certain_is_offered_in_our_words(name: str) -> None:
    assert [remark.mend for remark in report(name).remarks if remark.mend] == MENDS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_what_becomes_of_the_words_of_other_tools(name: str) -> None:
    found = report(name)
    assert tuple(len(found.of(becomes)) for becomes in ("kept", "ignored", "replace")) == COUNTS[name]


@pytest.mark.parametrize("name", FILES)
def test_every_remark_is_a_sentence_in_both_languages(name: str) -> None:
    texts = [remark.text for remark in report(name).remarks]
    assert all(text.en.endswith(".") and text.ar.endswith(".") for text in texts)


@pytest.mark.parametrize("name", FILES)
def test_no_file_stops_the_checker(name: str) -> None:
    assert all(problem.text.en and problem.text.ar for problem in check({f"{name}.bpmn": FILES[name]}))


def test_a_python_script_of_spiffarena_is_refused_at_its_task() -> None:
    said = [(one.element, one.severity) for one in check({"p.bpmn": FILES["spiff_script"]})]
    assert ("t", "cannot_run") in said


def test_the_tool_is_called_by_its_name() -> None:
    assert report("signavio").tools == ("Signavio Process Editor, http://www.signavio.com 16.7.0",)


def test_steps_and_arrows_that_are_understood_are_counted() -> None:
    found = report("camunda7_conditions")
    assert (found.steps, found.arrows) == (5, 4)


def test_a_remark_stands_at_its_element() -> None:
    assert {remark.element for remark in report("camunda7_user_task").remarks} == {"t"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("camunda7_decision", 'id="t"', 'id="t" xmlns:i="urn:ihala:bpmn" i:decision="reasonable_grounds"'),
        ("camunda8_script", "</bpmn:extensionElements>", "</bpmn:extensionElements><bpmn:script>a = 1</bpmn:script>"),
        ("camunda8_call", 'id="t"', 'id="t" calledElement="shelter"'),
    ],
)
def test_what_is_said_in_our_words_is_not_said_again(name: str, old: str, new: str) -> None:
    assert len(report(name, old, new).of("replace")) == len(report(name).of("replace")) - 1


def test_a_task_with_its_own_form_is_not_asked_for_one() -> None:
    assert len(report("camunda7_user_task", forms=("t",)).of("replace")) == 2


@pytest.mark.parametrize("content", [b"", b"no xml", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', b"\xff\xfe"])
def test_what_is_no_diagram_gives_no_remark(content: bytes) -> None:
    assert report_on(content).remarks == ()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("=age > 17", "age > 17"),
        ("${state == 'done'}", 'state = "done"'),
        ("#{a && b || c}", "a and b or c"),
        ("x == True", "x = true"),
        ("=count(people) > 2", "count(people) > 2"),
        ("${bean.find('x')}", None),
        ("len(x) == 2", None),
        ("${a} and ${b}", None),
        ("", None),
        ("=", None),
    ],
)
def test_an_expression_is_translated_where_that_is_certain(theirs: str, ours: str | None) -> None:
    assert to_feel(theirs) == ours
