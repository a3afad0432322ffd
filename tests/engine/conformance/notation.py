"""BPMN diagrams as one writes them on a board, turned into XML in the hand of several modelers.

start s                      an element: kind, id, and what it is about
user a while more            loops: `times 3`, `each xs as x`, `while condition`, with `seq`, `until`, `max`, `first`
boundary b on a non timer P1D
sub outer {                  elements up to `}` lie inside
}
s > a > g                    arrows
g > e if x = 1               ... with a condition
g > f else                   ... the default
xml <anything/>              as it stands
root <anything/>             ... outside of the process
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from .hands import Hand

KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "task": "task",
    "user": "userTask",
    "manual": "manualTask",
    "script": "scriptTask",
    "rule": "businessRuleTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "sub": "subProcess",
    "transaction": "transaction",
    "eventsub": "subProcess",
    "adhoc": "adHocSubProcess",
    "xor": "exclusiveGateway",
    "or": "inclusiveGateway",
    "and": "parallelGateway",
    "events": "eventBasedGateway",
    "complex": "complexGateway",
}
DECLARED = ("message", "signal", "error", "escalation")
TIMES = {"timer": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
EVENTS = frozenset({"start", "end", "catch", "throw", "boundary"})
_LOOP = re.compile(r"^(.*?)\s*\b(times|each|while|seq)\b (.*)$")


@dataclass
class Node:
    """An element while it is being written."""

    kind: str
    id: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)


@dataclass
class Scope:
    """A process or sub-process: its elements and arrows."""

    node: Node
    nodes: list[Node] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)
    verbatim: list[str] = field(default_factory=list)


class Board:
    """Reads the notation of one process and writes it as XML."""

    def __init__(self, text: str, process: str, hand: Hand) -> None:
        self.hand = hand
        self.declared: dict[tuple[str, str], None] = {}
        self.root: list[str] = []
        self.scopes = [Scope(Node("process", process, {"isExecutable": "true"}))]
        for line in filter(None, map(str.strip, text.splitlines())):
            self._line(line)
        (self.top,) = self.scopes

    def declarations(self) -> str:
        """The messages, signals, errors and escalations that the events name."""
        return "".join(self.root) + "".join(
            f"<{kind} id={quoteattr(f'{kind}_{name}')} name={quoteattr(name)}{_code(kind, name)}/>"
            for kind, name in self.declared
        )

    def xml(self) -> str:
        return self._scope(self.top)

    # Reading -------------------------------------------------------------------------------------------------------
    def _line(self, line: str) -> None:
        scope = self.scopes[-1]
        first, _, rest = line.partition(" ")
        if line == "}":
            inner = self.scopes.pop()
            inner.node.inside.append(self._inside(inner))
        elif first == "xml":
            scope.verbatim.append(rest)
        elif first == "root":
            self.root.append(rest)
        elif first in KINDS and not rest.startswith(">"):
            self._element(first, rest)
        else:
            scope.flows += self._arrows(line)

    def _element(self, word: str, rest: str) -> None:
        opens = rest.endswith("{")
        node_id, _, about = rest.removesuffix("{").strip().partition(" ")
        node = Node(KINDS[word], node_id)
        if word == "eventsub":
            node.attributes["triggeredByEvent"] = "true"
        self.scopes[-1].nodes.append(node)
        if word in EVENTS:
            self._event(node, about.strip())
        else:
            self._activity(node, word, about.strip())
        if opens:
            self.scopes.append(Scope(node))

    def _event(self, node: Node, about: str) -> None:
        words = about.split()
        if words[:1] == ["on"]:
            node.attributes["attachedToRef"] = words[1]
            words = words[2:]
        if words[:1] == ["non"]:
            node.attributes["cancelActivity" if node.kind == "boundaryEvent" else "isInterrupting"] = "false"
            words = words[1:]
        if words[:1] == ["all"]:
            node.attributes["parallelMultiple"] = "true"
            words = words[1:]
        for number, definition in enumerate(" ".join(words).split(" & ") if words else []):
            node.inside.append(self._definition(f"{node.id}_ed{number}", definition))

    def _definition(self, own_id: str, about: str) -> str:
        kind, _, what = about.partition(" ")
        if kind in TIMES:
            inside = f"<timerEventDefinition id='{own_id}'>{self._text(TIMES[kind], what)}</timerEventDefinition>"
        elif kind == "if":
            written = self._text("condition", self.hand.feel(what))
            inside = f"<conditionalEventDefinition id='{own_id}'>{written}</conditionalEventDefinition>"
        elif kind == "link":
            inside = f"<linkEventDefinition id='{own_id}' name={quoteattr(what)}/>"
        else:
            inside = f"<{kind}EventDefinition id='{own_id}'{self._reference(kind, what)}/>"
        return inside

    def _reference(self, kind: str, name: str) -> str:
        if kind not in DECLARED or not name:
            return ""
        self.declared[kind, name] = None
        return f" {kind}Ref={quoteattr(f'{kind}_{name}')}"

    def _activity(self, node: Node, word: str, about: str) -> None:
        loop = ""
        if word not in ("xor", "or", "and", "events", "complex") and (found := _LOOP.match(f" {about}")):
            about, loop = found[1].strip(), self._loop(f"{found[2]} {found[3]}")
        if word == "script" and about:
            node.inside.append(f"<script>{escape(about.replace('; ', chr(10)))}</script>")
            node.attributes["scriptFormat"] = "feel"
        elif word in ("send", "receive") and about:
            self.declared["message", about] = None
            node.attributes["messageRef"] = f"message_{about}"
        elif word == "call":
            node.attributes["calledElement"] = about
        elif word == "service":
            node.attributes["implementation"] = about or "##unspecified"
        elif about:
            node.attributes.update(part.split("=", 1) for part in about.split())  # type: ignore[arg-type]
        node.inside.append(loop)

    def _loop(self, text: str) -> str:
        words = re.split(r"\b(times|each|while|until|max|as|into|from)\b", text.replace("seq ", " "))
        told = dict(zip(words[1::2], map(str.strip, words[2::2]), strict=True))
        sequential = text.startswith("seq ")
        if "while" in told:
            first = told["while"].startswith("first ")
            most = f' loopMaximum="{told["max"]}"' if "max" in told else ""
            condition = self._text("loopCondition", self.hand.feel(told["while"].removeprefix("first ")))
            return (
                f'<standardLoopCharacteristics testBefore="{str(first).lower()}"{most}>'
                f"{condition}</standardLoopCharacteristics>"
            )
        parts = [
            self._text("loopCardinality", self.hand.feel(told["times"])) if "times" in told else "",
            f"<loopDataInputRef>{told['each']}</loopDataInputRef>" if "each" in told else "",
            f"<loopDataOutputRef>{told['into']}</loopDataOutputRef>" if "into" in told else "",
            f'<inputDataItem id="{told["as"]}" name="{told["as"]}"/>' if "as" in told else "",
            f'<outputDataItem id="{told["from"]}" name="{told["from"]}"/>' if "from" in told else "",
            self._text("completionCondition", self.hand.feel(told["until"])) if "until" in told else "",
        ]
        tag = "multiInstanceLoopCharacteristics"
        return f'<{tag} isSequential="{str(sequential).lower()}">{"".join(parts)}</{tag}>'

    def _arrows(self, line: str) -> list[tuple[str, str, str]]:
        path, marked, condition = line.partition(" if ")
        is_default = path.endswith(" else")
        names = [name.strip() for name in path.removesuffix(" else").split(">")]
        arrows = [(one, two, condition if marked else "") for one, two in pairwise(names)]
        if is_default:
            source = next(node for node in self.scopes[-1].nodes if node.id == names[0])
            source.attributes["default"] = f"{names[0]}_{names[1]}"
        return arrows

    # Writing -------------------------------------------------------------------------------------------------------
    def _text(self, tag: str, content: str) -> str:
        return f'<{tag} xsi:type="tFormalExpression">{escape(content)}</{tag}>'

    def _scope(self, scope: Scope) -> str:
        scope.node.inside.append(self._inside(scope))
        return self._node(scope.node, [])

    def _inside(self, scope: Scope) -> str:
        nodes = "".join(self._node(node, scope.flows) for node in scope.nodes)
        return nodes + "".join(self._flow(*flow) for flow in scope.flows) + "".join(scope.verbatim)

    def _node(self, node: Node, flows: list[tuple[str, str, str]]) -> str:
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes.items())
        ends = ""
        if self.hand.lists_flows:
            ends += "".join(f"<incoming>{s}_{t}</incoming>" for s, t, _ in flows if t == node.id)
            ends += "".join(f"<outgoing>{s}_{t}</outgoing>" for s, t, _ in flows if s == node.id)
        noise = self.hand.noise(node.kind)
        return (
            f"<{node.kind} id={quoteattr(node.id)}{noise.attributes}{attributes}>"
            f"{noise.extensions}{ends}{''.join(node.inside)}</{node.kind}>"
        )

    def _flow(self, source: str, target: str, condition: str) -> str:
        inside = self._text("conditionExpression", self.hand.feel(condition)) if condition else ""
        return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def _code(kind: str, name: str) -> str:
    return f" {kind}Code={quoteattr(name)}" if kind in ("error", "escalation") else ""
