"""Diagrams damaged at random are problems or run; they never raise."""

from __future__ import annotations

import copy
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from engine.errors import CannotRun
from engine.execution.checking.check import check
from engine.execution.normalising.rewriting import normalise
from engine.execution.xml import parse

BROKEN = Path(__file__).parent.parent / "broken"
SOURCES = [path.read_bytes() for path in sorted(BROKEN.rglob("*.bpmn"))]
ODD_TEXTS = ["", "1/0", "[", "x = ", "R/P", "P", "true", "$", "٠", "²", "::", "-1"]


def damaged(seed: int) -> bytes:
    """One of the broken diagrams with up to four further accidents."""
    chance = Random(seed)
    root = parse(chance.choice(SOURCES), "")
    for _ in range(chance.randint(1, 4)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, other = chance.choice(elements), chance.choice(elements)
        accident = chance.choice(["remove", "attribute", "value", "kind", "text", "copy"])
        parent = one.getparent()
        if accident == "remove" and parent is not None:
            parent.remove(one)
        elif accident == "attribute" and one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        elif accident == "value" and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice([*ODD_TEXTS, other.get("id", "")]))
        elif accident == "kind":
            one.tag = other.tag
        elif accident == "text":
            one.text = chance.choice(ODD_TEXTS)
        elif accident == "copy":
            other.append(copy.deepcopy(one))
    return etree.tostring(root)


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_diagram_is_checked_without_an_exception(seed: int) -> None:
    content = damaged(seed)

    assert all(
        problem.file in ("p.bpmn", "mechanism.toml") for problem in check({"p.bpmn": content, "mechanism.toml": b""})
    )


@pytest.mark.parametrize("seed", range(300))
def test_what_the_checker_lets_pass_can_be_normalised(seed: int) -> None:
    content = damaged(seed)
    try:
        once = normalise(content).xml
    except CannotRun:
        return

    assert normalise(once).xml == once
