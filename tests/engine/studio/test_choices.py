"""What a step may name is offered in the words of people, from all files of the draft."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.studio.choices import Choices, choices_of
from engine.text import Text

ROOT = Path(__file__).parents[3]
WORKFLOWS = {
    file.relative_to(ROOT / "workflows").as_posix(): file.read_bytes()
    for file in (ROOT / "workflows").rglob("*")
    if file.is_file()
}
PATH = "shelter/find_place.bpmn"


@pytest.fixture(scope="module")
def choices() -> Choices:
    return choices_of(WORKFLOWS, PATH)


def test_roles_and_purposes_are_those_of_the_mechanism(choices: Choices) -> None:
    assert ("case_coordinator" in dict(choices.roles), "health" in dict(choices.purposes)) == (True, True)


def test_everything_is_said_in_both_languages(choices: Choices) -> None:
    named = [*choices.roles, *choices.purposes, *choices.operations, *choices.processes, *choices.tasks]
    assert [key for key, words in named if not (words.en and words.ar)] == []


def test_processes_of_other_files_may_be_called(choices: Choices) -> None:
    assert "national_referral" in dict(choices.processes)


def test_tables_may_be_asked(choices: Choices) -> None:
    stems = {Path(file).stem for file in WORKFLOWS if file.endswith(".dmn")}
    assert stems <= set(dict(choices.decisions))


def test_tasks_are_those_of_the_diagram_itself(choices: Choices) -> None:
    inside = WORKFLOWS[PATH].decode()
    assert [f'id="{task}"' in inside for task, _ in choices.tasks] == [True] * inside.count("<bpmn:userTask ")


def test_an_operation_says_what_it_needs(choices: Choices) -> None:
    needed = {one.name: one.is_optional for one in choices.inputs["notify"]}
    assert (needed["to"], needed["notice"]) == (False, False)


def test_files_that_cannot_be_read_leave_the_others(choices: Choices) -> None:
    broken = {**WORKFLOWS, "mechanism.toml": b"[", PATH: b"<a"}
    found = choices_of(broken, PATH)
    assert (found.roles, found.tasks, bool(found.operations)) == ((), (), True)


def test_a_role_without_arabic_words_is_still_offered() -> None:
    files = {"mechanism.toml": b'[roles.guard]\nen = "Guard"\n', "a.bpmn": b"<a/>"}
    assert choices_of(files, "a.bpmn").roles == (("guard", Text("Guard", "")),)
