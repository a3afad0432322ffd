"""Small diagrams for tests: the elements as XML, the arrows as `a > b > c`, one path a line."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ihala="urn:ihala:bpmn"'
    ' targetNamespace="urn:ihala:test">'
)


def arrows(paths: str, conditions: dict[str, str] | None = None) -> str:
    """The flows of paths; `conditions` are FEEL by flow id, `a_to_b`."""
    return "".join(_flow(*ends, conditions or {}) for path in paths.strip().splitlines() for ends in _pairs(path))


def _pairs(path: str) -> Iterable[tuple[str, str]]:
    names = [name.strip() for name in path.split(">")]
    return itertools.pairwise(names)


def _flow(source: str, target: str, conditions: dict[str, str]) -> str:
    flow_id = f"{source}_to_{target}"
    feel = conditions.get(flow_id, "").replace("&", "&amp;").replace("<", "&lt;")
    inside = f"<conditionExpression>{feel}</conditionExpression>" if feel else ""
    return f'<sequenceFlow id="{flow_id}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def process(elements: str, paths: str = "", conditions: dict[str, str] | None = None, process_id: str = "p") -> str:
    return f'<process id="{process_id}" isExecutable="true">{elements}{arrows(paths, conditions)}</process>'


def diagram(
    elements: str, paths: str = "", conditions: dict[str, str] | None = None, root: str = "", process_id: str = "p"
) -> bytes:
    """A file with one process; `root` holds messages, signals, errors."""
    return f"{HEAD}{root}{process(elements, paths, conditions, process_id)}</definitions>".encode()


def nodes(kind: str, *ids: str) -> str:
    """Plain elements of one kind."""
    return "".join(f'<{kind} id="{one}"/>' for one in ids)


def scripts(*ids: str) -> str:
    """Script tasks that each note that they ran."""
    return "".join(f'<scriptTask id="{one}"><script>{one}_ran = true</script></scriptTask>' for one in ids)
