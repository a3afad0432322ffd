"""What rehearsals take is told apart by process and table, although copies of a file use the same ids."""

from __future__ import annotations

from engine.clock import MovableClock
from engine.execution import load
from engine.rehearsal import Rehearsal, World
from engine.rehearsal.coverage import Coverage
from tests.engine.rehearsal.test_rehearsal import NOW, diagram

BODY = '<startEvent id="s"/><businessRuleTask id="{table}"/><endEvent id="e"/>'
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="{name}" namespace="{name}">
<decision id="{name}" name="{name}"><decisionTable id="t" hitPolicy="FIRST"><output id="o"/>
<rule id="r1"><outputEntry><text>1</text></outputEntry></rule>
<rule id="r2"><outputEntry><text>2</text></outputEntry></rule></decisionTable></decision></definitions>"""


def of_one_and_its_copy() -> Coverage:
    """A process and its table, rehearsed, beside copies of both that nobody rehearsed."""
    files: dict[str, bytes] = {}
    for process, table in (("first", "rates"), ("copy", "rates_copy")):
        files |= diagram(process, BODY.format(table=table), f"s>{table} {table}>e")
        files[f"{table}.dmn"] = TABLE.format(name=table).encode()
    files["copy.bpmn"] = files["copy.bpmn"].replace(b'id="s_rates_copy"', b'id="s_rates"')
    coverage = Coverage(load(files))
    rehearsal = Rehearsal(coverage.recording(), MovableClock(NOW), World())
    rehearsal.start("first")
    coverage.add(rehearsal)
    return coverage


def test_a_flow_of_a_copied_process_is_not_taken_with_the_first() -> None:
    missed = {one.where: one.what for one in of_one_and_its_copy().missed()}
    assert ("first" in missed, "s_rates" in missed["copy"]) == (False, True)


def test_a_row_of_a_copied_table_is_not_taken_with_the_first() -> None:
    missed = {one.where: one.what for one in of_one_and_its_copy().missed()}
    assert ("rates" in missed, missed["rates_copy"]) == (False, ["row r1", "row r2"])


def test_the_share_counts_elements_flows_and_rows() -> None:
    assert of_one_and_its_copy().share() == 7 / 14
