"""`ihala migrate` makes a new installation of a folder of workflows, and may be run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import command_line
from engine.persistence import Database, is_migrated

DIAGRAM = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="referral" isExecutable="true"><startEvent id="begun" /><endEvent id="ended" />
<sequenceFlow id="on" sourceRef="begun" targetRef="ended" /></process></definitions>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IHALA_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("IHALA_DATABASE", raising=False)
    made = tmp_path / "workflows"
    made.mkdir()
    (made / "referral.bpmn").write_text(DIAGRAM, encoding="utf-8")
    return made


def test_a_new_installation_has_the_newest_tables(folder: Path, tmp_path: Path) -> None:
    command_line.main(["migrate", "--workflows", str(folder)])
    database = Database(f"sqlite:///{tmp_path / 'data' / 'ihala.sqlite'}")
    try:
        assert is_migrated(database)
    finally:
        database.close()


def test_it_may_be_run_again(folder: Path) -> None:
    command_line.main(["migrate", "--workflows", str(folder)])
    assert command_line.main(["migrate", "--workflows", str(folder)]) == 0


def test_a_folder_that_is_not_there_is_a_wrong_call(folder: Path) -> None:
    assert command_line.main(["migrate", "--workflows", str(folder / "lost")]) == 2


def test_a_folder_that_cannot_run_is_refused(folder: Path) -> None:
    (folder / "referral.bpmn").write_text("<definitions", encoding="utf-8")
    assert command_line.main(["migrate", "--workflows", str(folder)]) == 1
