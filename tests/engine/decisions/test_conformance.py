"""The level 2 cases of the DMN Technology Compatibility Kit, read from beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.decisions import decide

KIT = Path(__file__).resolve().parents[4] / "shared" / "conformance" / "dmn-tck-level-2"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"


def read_value(element: ElementTree.Element) -> object:
    """The value that an input or expected element holds."""
    items = element.find("{*}list")
    if items is not None:
        return [read_value(item) for item in items.findall("{*}item")]
    components = element.findall("{*}component")
    if components:
        return {part.get("name"): read_value(part) for part in components}
    value = element.find("{*}value")
    if value is None or value.get(NIL) == "true":
        return None
    text = value.text or ""
    kind = value.get(KIND, "xsd:string").partition(":")[2]
    return {"decimal": Decimal, "boolean": lambda t: t == "true", "string": str}[kind](text)


def rounded(value: object) -> object:
    """The value with its numbers at twelve digits: the kit's were written with fewer than the standard's 34."""
    if isinstance(value, Decimal):
        return Context(prec=12).plus(value)
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return {name: rounded(item) for name, item in value.items()} if isinstance(value, dict) else value


def cases() -> Iterator[object]:
    """Every expected result of every case."""
    for path in sorted(KIT.glob("*/*-test-*.xml")):
        root = ElementTree.parse(path).getroot()
        for case in root.findall("{*}testCase"):
            inputs = {node.get("name"): read_value(node) for node in case.findall("{*}inputNode")}
            model = path.parent / root.findtext("{*}modelName", "")
            yield pytest.param(model, case, inputs, id=f"{model.stem}-{case.get('id')}")


@pytest.mark.skipif(not KIT.exists(), reason=f"the compatibility kit is not at {KIT}")
@pytest.mark.parametrize(("model", "case", "inputs"), list(cases()))
def test_case_of_the_compatibility_kit_gives_the_expected_results(
    model: Path, case: ElementTree.Element, inputs: dict[str, object]
) -> None:
    expected = {node.get("name"): read_value(node.find("{*}expected")) for node in case.findall("{*}resultNode")}  # type: ignore[arg-type]
    found = {name: decide(model.read_bytes(), str(name), inputs) for name in expected}
    assert rounded(found) == rounded(expected)
