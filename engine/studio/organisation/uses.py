"""Where a role is used: lanes and steps of diagrams, tables and conditions that name it, lists of `mechanism.toml`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import CannotRun
from engine.execution.normalising.diagram import Element, id_of, kind
from engine.execution.reading.words import lanes_of
from engine.execution.xml import ihala, parse
from engine.studio.organisation.document import part
from engine.text import Text

_IN_QUOTES = re.compile(rb'(?:"|&quot;|&#34;)([a-z][a-z0-9_]*)(?:"|&quot;|&#34;)')


@dataclass(frozen=True, slots=True)
class Use:
    """One diagram in which a role has work, with the names of its steps there; or a file that names it."""

    file: str
    name: Text
    steps: tuple[Text, ...] = ()


def uses_in(files: Mapping[str, bytes]) -> dict[str, list[Use]]:
    """By role: the diagrams in which it has a lane or a step, and the tables that name it."""
    found: dict[str, list[Use]] = defaultdict(list)
    for file, content in sorted(files.items()):
        if file.endswith(".bpmn"):
            for role, use in _of_diagram(file, content):
                found[role].append(use)
        elif file.endswith(".dmn"):
            for role in sorted({one.decode() for one in _IN_QUOTES.findall(content)}):
                found[role].append(Use(file, Text(file, file)))
    return found


def lists_of(settings: Mapping[str, Any], role: str) -> list[Text]:
    """What `mechanism.toml` itself entrusts to the role."""
    routing, found = part(settings, "routing"), []
    if routing.get("fallback_role") == role:
        found.append(_STANDS_IN)
    if role in part(settings, "publishing").get("signed_by", ()):
        found.append(_SIGNS)
    starting = [process for process, roles in part(routing, "starts").items() if role in roles]
    return found + [_STARTS.format(process=process) for process in starting]


def _of_diagram(file: str, content: bytes) -> Iterator[tuple[str, Use]]:
    try:
        root = parse(content, file)
    except CannotRun:
        return  # said among the problems of the draft
    for process in (one for one in root if kind(one) == "process"):
        lanes, steps = lanes_of(process), defaultdict[str, list[Text]](list)
        for lane in (one for one in process.iter() if kind(one) == "lane"):
            steps[id_of(lane)]
        for element in process.iter():
            role = element.get(ihala("role")) or (lanes.get(id_of(element)) if kind(element) == "userTask" else None)
            if role:
                steps[role].append(_name(element))
        for role, names in steps.items():
            yield role, Use(file, _name(process), tuple(names))


def _name(element: Element) -> Text:
    english = element.get("name") or id_of(element)
    return Text(english, element.get(ihala("nameAr")) or english)


_STANDS_IN = Text("stands in where nobody holds a role", "يحل محل أي دور لا يشغله أحد")
_SIGNS = Text("signs releases", "يعتمد الإصدارات")
_STARTS = Text("may open cases of {process}", "يجوز له فتح ملفات {process}")
