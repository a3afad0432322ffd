"""The list of constructs covers the standard, and says what the checker and the normaliser really do."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from engine.execution.checking.documentation import as_markdown
from engine.execution.checking.rules import RULES
from engine.execution.checking.standard import CONSTRUCTS, Construct
from engine.execution.normalising.rewriting import READING, REWRITING

PAGE = Path(__file__).parents[3] / "docs" / "constructs.md"
SCHEMA = files("SpiffWorkflow.bpmn.parser") / "schema" / "Semantic.xsd"
GROUPS = ("flowElement", "eventDefinition", "rootElement", "loopCharacteristics", "artifact")
ABSTRACT = {"event", "eventDefinition"}
"""Names of the schema that no diagram is written with."""


def of_the_standard() -> set[str]:
    found = re.findall(r'<xsd:element name="(\w+)"[^>]*substitutionGroup="(\w+)"', SCHEMA.read_text("utf-8"))
    return {name for name, group in found if group in GROUPS} - ABSTRACT


def test_every_element_of_the_standard_is_decided() -> None:
    assert of_the_standard() - {tag for construct in CONSTRUCTS for tag in construct.tags} == set()


def test_the_list_names_only_elements_of_the_standard() -> None:
    assert {tag for construct in CONSTRUCTS for tag in construct.tags} - of_the_standard() == set()


@pytest.mark.parametrize(
    "construct", [one for one in CONSTRUCTS if one.decision == "refused"], ids=lambda one: one.name
)
def test_what_is_refused_names_rules_that_refuse(construct: Construct) -> None:
    assert {RULES[rule].severity for rule in construct.rules} == {"cannot_run"}


@pytest.mark.parametrize(
    "construct", [one for one in CONSTRUCTS if one.decision == "rewritten"], ids=lambda one: one.name
)
def test_what_is_rewritten_names_a_step_of_the_normaliser(construct: Construct) -> None:
    assert construct.step in {step.__name__ for step in (*READING, *REWRITING)}


def test_the_page_says_what_the_code_does() -> None:
    assert PAGE.read_text("utf-8") == as_markdown()
