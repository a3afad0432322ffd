"""The command `ihala` finds its verbs, speaks the terminal's language and says what it refuses."""

import shutil
from pathlib import Path

import pytest

from engine import command_line
from tests.engine.decisions.small_models import data, decision, model, text
from tests.safeguards import LIST
from tests.web.conftest import MECHANISM


def test_the_terminal_speaks_arabic_where_its_locale_is_arabic() -> None:
    assert command_line.language({"LANG": "ar_EG.UTF-8"}) == "ar"


def test_the_language_asked_for_wins_over_the_locale() -> None:
    assert command_line.language({"IHALA_LANGUAGE": "en", "LC_ALL": "ar_EG.UTF-8"}) == "en"


def test_the_terminal_speaks_english_where_nothing_is_said() -> None:
    assert command_line.language({}) == "en"


def test_an_unknown_verb_is_a_wrong_call() -> None:
    assert command_line.main(["no-such-verb"]) == 2


def test_an_unknown_verb_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(["no-such-verb"])
    assert "no-such-verb" in capsys.readouterr().err


CUT_OFF = b"<definitions"
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="t">
<decision id="needs_guardian" name="needs guardian"><variable name="needs guardian" />
<informationRequirement><requiredInput href="#age" /></informationRequirement>
<literalExpression><text>age &lt; 18</text></literalExpression></decision>
<inputData id="age" name="age"><variable name="age" /></inputData></definitions>"""


@pytest.fixture
def table(tmp_path: Path) -> str:
    file = tmp_path / "needs_guardian.dmn"
    file.write_text(TABLE, encoding="utf-8")
    return str(file)


def test_a_folder_that_cannot_run_fails_the_check(tmp_path: Path) -> None:
    (tmp_path / "stuck.bpmn").write_bytes(CUT_OFF)
    assert command_line.main(["check", str(tmp_path)]) == 1


def test_the_check_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stuck.bpmn").write_bytes(CUT_OFF)
    command_line.main(["check", str(tmp_path)])
    assert "stuck.bpmn" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert command_line.main(["check", str(tmp_path / "lost")]) == 2


def test_a_decision_answers_in_json(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(["decide", table, "needs_guardian", "age=16"])
    assert capsys.readouterr().out == "true\n"


def test_a_decision_that_is_not_there_is_refused(table: str) -> None:
    assert command_line.main(["decide", table, "no_such_decision", "age=16"]) == 1


def test_an_input_without_a_name_is_a_wrong_call(table: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        command_line.main(["decide", table, "needs_guardian", "16"])


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit, match="2"):
        command_line.main(["decide", "lost.dmn", "needs_guardian", "age=16"])


def test_a_decision_of_an_imported_model_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lent = model(data("x", "number") + decision("double", text("x * 2"), "input:x", "number"), "urn:lent")
    asked = decision("answer", text("lent.double + 1")).replace(
        "<literal",
        '<informationRequirement><requiredDecision href="urn:lent#double"/></informationRequirement><literal',
    )
    importing = '<import name="lent" namespace="urn:lent" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    (tmp_path / "lent.dmn").write_bytes(lent)
    (tmp_path / "main.dmn").write_bytes(model(importing + asked))
    here = str(tmp_path / "main.dmn"), "answer", "x=4"
    assert command_line.main(["decide", "--import", str(tmp_path / "lent.dmn"), *here]) == 0
    assert capsys.readouterr().out.strip() == "9"


def test_an_input_that_no_decision_asks_for_is_refused(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["decide", table, "needs_guardian", "aeg=16"]) == 1
    assert "asks for no input 'aeg'" in capsys.readouterr().err


def test_the_check_counts_the_safeguards_that_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(MECHANISM, tmp_path / "small")
    (tmp_path / "small" / "safeguards.toml").write_text(LIST, "utf-8")
    assert command_line.main(["check", str(tmp_path / "small")]) == 0
    assert "2 of 2 safeguards are kept." in capsys.readouterr().out


def test_the_check_names_a_broken_safeguard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(MECHANISM, tmp_path / "small")
    (tmp_path / "small" / "safeguards.toml").write_text(LIST.replace("case_coordinator", "administrator"), "utf-8")
    assert command_line.main(["check", str(tmp_path / "small")]) == 1
    assert "Safeguard broken: The coordinator reviews." in capsys.readouterr().out
