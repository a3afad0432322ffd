"""Every rule of the checker has a small broken diagram that it finds, in words; right diagrams are left in peace."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.execution.checking.check import check
from engine.execution.checking.rules import RULES
from engine.execution.xml import LIMIT_BYTES

BROKEN = Path(__file__).parent.parent / "broken"
CASES = sorted(
    path.stem if path.parent == BROKEN else path.parent.name
    for path in BROKEN.rglob("*.toml")
    if path.name != "mechanism.toml"
)
WITHOUT_CASE = {"too_large"}
"""Shown by a file made too large below."""


def expected(case: str) -> dict[str, str]:
    beside = BROKEN / f"{case}.toml"
    return tomllib.loads((beside if beside.exists() else BROKEN / case / "expected.toml").read_text("utf-8"))


def files(case: str) -> dict[str, bytes]:
    folder = BROKEN / case
    if not folder.is_dir():
        return {f"{case}.bpmn": (BROKEN / f"{case}.bpmn").read_bytes()}
    found = [path for path in folder.rglob("*") if path.is_file() and path.name != "expected.toml"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_diagram_is_named_at_its_element_in_words(case: str) -> None:
    wanted = expected(case)

    said = {(one.code, one.element, one.text.en, one.mend.en) for one in check(files(case))}

    assert (wanted["code"], wanted["element"], wanted["sentence"], wanted["mend"]) in said


def test_every_rule_has_a_broken_diagram() -> None:
    shown = {expected(case)["code"] for case in CASES}

    assert RULES.keys() - shown - WITHOUT_CASE == set()


@pytest.mark.parametrize("code", RULES)
def test_a_rule_speaks_both_languages(code: str) -> None:
    rule = RULES[code]

    assert all((rule.text.en, rule.text.ar, rule.mend.en, rule.mend.ar))


@pytest.mark.parametrize("code", RULES)
def test_both_languages_name_the_same_things(code: str) -> None:
    rule = RULES[code]

    named = [set(re.findall(r"{(\w+)}", words)) for words in (rule.text.en, rule.text.ar)]

    assert named[0] == named[1]


RUBBISH: Mapping[str, bytes] = {
    "nothing": b"",
    "noise": bytes(range(256)) * 10,
    "half a file": b"<definitions><process id='p'>",
    "another document": b"<html><body/></html>",
    "entity bomb": b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>',
    "file of the machine": b'<!DOCTYPE d [<!ENTITY s SYSTEM "file:///etc/hostname">]><d>&s;</d>',
    "depth": b"<a>" * 100_000,
    "too large": b" " * (LIMIT_BYTES + 1),
    "nul": b"<definitions>\x00</definitions>",
    "utf-16 by half": "<definitions/>".encode("utf-16")[:-1],
}


@pytest.mark.parametrize("kind", ["bpmn", "dmn", "form"])
@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_is_a_problem_and_no_exception(content: bytes, kind: str) -> None:
    said = check({f"p.{kind}": content})

    assert all(problem.file == f"p.{kind}" for problem in said)


@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_as_a_diagram_cannot_run(content: bytes) -> None:
    assert [problem.severity for problem in check({"p.bpmn": content})] == ["cannot_run"]


def test_a_mechanism_that_is_no_toml_is_a_problem() -> None:
    assert [problem.code for problem in check({"mechanism.toml": b"\xff\xfe["})] == ["mechanism_unreadable"]


def test_a_file_above_the_limit_says_so() -> None:
    assert [problem.code for problem in check({"p.dmn": b" " * (LIMIT_BYTES + 1)})] == ["too_large"]


def test_files_of_other_kinds_are_left_alone() -> None:
    assert check({"notes.md": b"\xff", "scenario.yaml": b": :"}) == []
