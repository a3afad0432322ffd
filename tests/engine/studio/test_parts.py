"""What there is to take is read from the files alone, and is what the engine runs."""

from __future__ import annotations

from pathlib import Path

from engine.execution import load
from engine.releases import read_folder
from engine.studio.coverage import covered
from engine.studio.parts import process_parts, table_parts
from tests.engine.rehearsal.test_rehearsal import HEAD
from tests.engine.studio.test_difference import TABLE
from tests.web.conftest import MECHANISM

FILES = read_folder(Path(__file__).parents[3] / "workflows")
SMALL = read_folder(MECHANISM)
SHARED = (
    f'{HEAD}<timerEventDefinition id="daily"><timeDuration>P1D</timeDuration></timerEventDefinition>'
    '<process id="p"><startEvent id="s"/><intermediateCatchEvent id="w"><eventDefinitionRef>daily</eventDefinitionRef>'
    '</intermediateCatchEvent><exclusiveGateway id="g" name="Again?"/><endEvent id="e" name="Done"/>'
    '<sequenceFlow id="a" sourceRef="s" targetRef="w"/><sequenceFlow sourceRef="w" targetRef="g"/>'
    '<sequenceFlow id="c" sourceRef="g" targetRef="e" name="no" ihala:nameAr="لا"/></process>'
    '<process id="drawn_only" isExecutable="false"><startEvent id="x"/></process></definitions>'
)


def test_the_parts_of_the_mechanism_are_those_that_the_engine_runs() -> None:
    mechanism = load(FILES)
    ours = {one.id: (one.steps.keys() | one.clocks.keys(), one.flows.keys()) for one in process_parts(FILES)}
    assert ours == {one.id: (one.elements.keys(), one.flows.keys()) for one in mechanism.processes.values()}


def test_the_rows_of_the_mechanism_are_those_that_the_engine_reads() -> None:
    tables = [table for model in load(FILES).decisions.values() for table in model.tables]
    assert {(one.id, row) for one in table_parts(FILES) for row in one.rows} == {
        (table.owner, rule.id) for table in tables for rule in table.rules
    }


def test_a_clock_is_told_from_a_step() -> None:
    assert list(process_parts(SMALL)[0].clocks) == ["late"]


def test_a_clock_that_several_share_is_one_too() -> None:
    assert list(process_parts({"p.bpmn": SHARED.encode()})[0].clocks) == ["w"]


def test_a_process_that_is_only_drawn_has_nothing_to_take() -> None:
    assert [one.id for one in process_parts({"p.bpmn": SHARED.encode()})] == ["p"]


def test_an_arrow_is_told_by_its_ends_and_its_words() -> None:
    flows = process_parts({"p.bpmn": SHARED.encode()})[0].flows
    assert {one: name.ar for one, name in flows.items()} == {"a": "من «s» إلى «w»", "c": "من «Again?» إلى «Done» (لا)"}


def test_files_that_cannot_be_read_have_no_parts() -> None:
    files = {"p.bpmn": b"<", "t.dmn": b"<"}
    assert (process_parts(files), table_parts(files)) == ([], [])


def test_a_table_that_no_diagram_names_is_not_missed() -> None:
    found = covered({"a/t.dmn": TABLE.encode()}, [])
    assert (found.tables[0].is_asked, found.total, found.never) == (False, 0, 0)


def test_a_table_that_a_story_reached_all_the_same_counts() -> None:
    kept = {"elements": {}, "flows": {}, "rows": {"gate": ["r1"]}}
    found = covered({"a/t.dmn": TABLE.encode()}, [kept])
    assert (found.tables[0].is_asked, found.total, found.never) == (True, 2, 1)
