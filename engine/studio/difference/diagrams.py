"""What differs between two states of a diagram: steps, arrows, who does what, clocks, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.normalising.diagram import Element, condition, flows, id_of, kind, nodes, processes, q, scopes
from engine.execution.xml import IHALA, ihala, parse
from engine.studio.difference.change import Change, Fact, fact, facts_changed, said
from engine.studio.difference.durations import in_words
from engine.text import Text

KINDS = {
    "userTask": Text("task", "مهمة"),
    "manualTask": Text("manual task", "مهمة يدوية"),
    "serviceTask": Text("operation", "عملية"),
    "scriptTask": Text("calculation", "حساب"),
    "businessRuleTask": Text("decision table", "جدول قرار"),
    "callActivity": Text("call of a process", "استدعاء إجراء"),
    "subProcess": Text("sub-process", "عملية فرعية"),
    "boundaryEvent": Text("event on a border", "حدث حدّي"),
    "startEvent": Text("start", "بداية"),
    "endEvent": Text("end", "نهاية"),
}
STEP = Text("step", "خطوة")
ATTRIBUTES = {
    "purpose": Text("the purpose that must be consented to", "الغرض الذي تلزم له موافقة"),
    "notBy": Text("who must not do it (whoever did)", "من لا يجوز له تنفيذها (من نفّذ)"),
    "priority": Text("the priority", "الأولوية"),
    "role": Text("the role", "الدور"),
    "organisation": Text("the organisation", "الجهة"),
    "operation": Text("the operation", "العملية"),
    "decision": Text("the decision table", "جدول القرار"),
    "deadline": Text("whether it is a deadline", "هل هو موعد نهائي"),
    "calledElement": Text("the process that is called", "الإجراء المستدعى"),
    "cancelActivity": Text("whether it ends its step", "هل يُنهي خطوته"),
    "attachedToRef": Text("the step it stands on", "الخطوة المثبّت عليها"),
    "joinsTeam": Text("whether its organisation joins the team", "هل تنضم جهتها إلى فريق الملف"),
    "isSequential": Text("whether one comes after the other", "هل تُنفَّذ تباعًا"),
    "triggeredByEvent": Text("whether an event begins it", "هل يبدؤها حدث"),
}
DEFAULTS = {
    "cancelActivity": "true",
    "isInterrupting": "true",
    "isSequential": "false",
    "testBefore": "false",
    "triggeredByEvent": "false",
    "parallelMultiple": "false",
    "isForCompensation": "false",
    "gatewayDirection": "Unspecified",
}
"""What the standard takes where an attribute is left out: tools write it or not, and mean the same."""
SILENT = frozenset({"id", "name", "nameAr", "default", "calendar", "startQuantity", "completionQuantity"})
"""Attributes that are told otherwise, or not at all."""


def diagram_changes(before: bytes, after: bytes) -> Iterator[Change]:
    """Changes of everything but the drawing. Raises `CannotRun` where a file cannot be read."""
    old, new = _Drawn(parse(before, "")), _Drawn(parse(after, ""))
    for one in [name for name in new.nodes if name not in old.nodes]:
        yield said(_ADDED, one, kind=_kind(new.nodes[one]), name=new.name(one), before=new.before(one))
    for one in [name for name in old.nodes if name not in new.nodes]:
        yield said(_REMOVED, one, kind=_kind(old.nodes[one]), name=old.name(one))
    for one in [name for name in new.nodes if name in old.nodes]:
        yield from facts_changed(one, new.name(one), old.facts(one), new.facts(one))
    kept = old.nodes.keys() & new.nodes.keys()
    yield from _arrows(old, new, set(kept))


def _arrows(old: _Drawn, new: _Drawn, kept: set[str]) -> Iterator[Change]:
    """Arrows between steps that both have; those of new and lost steps come and go with them."""
    for ends in [pair for pair in new.arrows if pair not in old.arrows and set(pair) <= kept]:
        yield said(_LEADS, ends[0], source=new.name(ends[0]), target=new.name(ends[1]))
    for ends in [pair for pair in old.arrows if pair not in new.arrows and set(pair) <= kept]:
        yield said(_LEADS_NOT, ends[0], source=old.name(ends[0]), target=old.name(ends[1]))
    for ends in [pair for pair in new.arrows if pair in old.arrows]:
        was, now = old.arrows[ends], new.arrows[ends]
        if was != now:
            names = {"source": new.name(ends[0]), "target": new.name(ends[1])}
            yield said(_CONDITION, ends[0], **names, new=now or ALWAYS, old=was or ALWAYS)


class _Drawn:
    """One diagram: its processes and steps by id, the arrows between them, and the lane of each."""

    def __init__(self, root: Element) -> None:
        self.nodes: dict[str, Element] = {id_of(one): one for one in processes(root)}
        self.arrows: dict[tuple[str, str], Text | str] = {}
        for scope in scopes(root):
            here = {id_of(node): node for node in nodes(scope)}
            self.nodes |= here
            otherwise = {node.get("default") for node in here.values()}
            for flow in flows(scope):
                ends = flow.get("sourceRef", ""), flow.get("targetRef", "")
                self.arrows[ends] = condition(flow) or (OTHERWISE if id_of(flow) in otherwise else "")
        self.lanes: dict[str, str] = {}
        for lane in root.iter(q("lane")):
            for reference in lane.findall(q("flowNodeRef")):
                self.lanes[(reference.text or "").strip()] = id_of(lane)

    def name(self, one: str) -> Text:
        node = self.nodes.get(one)
        if node is None:
            return Text(one, one)
        return Text(node.get("name") or one, node.get(ihala("nameAr")) or node.get("name") or one)

    def before(self, one: str) -> Text:
        """After which step a new one comes, in words; nothing where it begins."""
        sources = [source for source, target in self.arrows if target == one]
        return _AFTER.format(name=self.name(sources[0])) if sources else Text("", "")

    def facts(self, one: str) -> dict[str, Fact]:
        node = self.nodes[one]
        found = {
            "name": fact("the name", "الاسم", node.get("name") or "-"),
            "nameAr": fact("the Arabic name", "الاسم بالعربية", node.get(ihala("nameAr")) or "-"),
            "kind": fact("the kind of step", "نوع الخطوة", _kind(node)),
        }
        if one in self.lanes:
            found["lane"] = fact("the role that does it", "الدور المنفّذ", self.lanes[one])
        for name, value in node.attrib.items():
            plain = str(name).removeprefix(f"{{{IHALA}}}")
            if plain not in SILENT and not plain.startswith("{") and DEFAULTS.get(plain) != value:
                found[plain] = Fact(ATTRIBUTES.get(plain, Text(plain, plain)), Text(str(value), str(value)))
        return found | dict(_inside(node))


def _inside(node: Element) -> Iterator[tuple[str, Fact]]:
    """What stands inside a step: clock, script, inputs and outputs, repetition, instructions."""
    for child in node:
        name = kind(child)
        if name == "script":
            yield name, fact("the calculation", "الحساب", _text(child))
        elif name == "documentation":
            lang = child.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            label = fact("the instructions in Arabic", "التعليمات بالعربية", _text(child))
            yield f"{name}{lang}", label if lang else fact("the instructions", "التعليمات", _text(child))
        elif name.endswith("EventDefinition"):
            yield from _trigger(node, child)
        elif name.endswith("LoopCharacteristics"):
            said = [str(value) for key, value in child.attrib.items() if DEFAULTS.get(str(key)) != value]
            about = [*said, *(_text(part) for part in child)]
            yield "loop", fact("how often it is done", "عدد مرات التنفيذ", " ".join(filter(None, about)) or "-")
        elif name == "extensionElements":
            for part in child:
                if part.tag in (ihala("input"), ihala("output")):
                    yield f"{kind(part) or part.tag}:{part.get('name')}", _mapping(part)


def _mapping(part: Element) -> Fact:
    name = part.get("name") or "-"
    if part.tag == ihala("input"):
        return fact(f"the input {name}", f"المُدخَل {name}", _text(part))
    return fact(f"the output {name}", f"المُخرَج {name}", _text(part))


def _trigger(node: Element, definition: Element) -> Iterator[tuple[str, Fact]]:
    if kind(definition) == "timerEventDefinition":
        working = "working" in (definition.get(ihala("calendar")), node.get(ihala("calendar")))
        for text in definition:
            yield "time", fact("the time", "المدة", in_words(_text(text), working=working))
        return
    about = [definition.get(name, "") for name in ("messageRef", "signalRef", "errorRef", "escalationRef", "name")]
    about += [_text(child) for child in definition]
    what = f"{kind(definition).removesuffix('EventDefinition')} {' '.join(filter(None, about))}".strip()
    yield kind(definition), fact("what it waits for or throws", "ما ينتظره أو يطلقه", what)


def _text(element: Element) -> str:
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def _kind(node: Element) -> Text:
    return KINDS.get(kind(node), STEP if kind(node) != "process" else Text("process", "إجراء"))


ALWAYS = Text("always", "دائمًا")
OTHERWISE = Text("nothing else holds", "لا ينطبق غيره")
_AFTER = Text(" after “{name}”", " بعد «{name}»")
_ADDED = Text("New {kind}: “{name}”{before}.", "{kind} جديدة: «{name}»{before}.")
_REMOVED = Text("The {kind} “{name}” is gone.", "حُذفت {kind}: «{name}».")
_LEADS = Text("An arrow now leads from “{source}” to “{target}”.", "سهم جديد من «{source}» إلى «{target}».")
_LEADS_NOT = Text(
    "No arrow leads from “{source}” to “{target}” any more.", "لم يعد هناك سهم من «{source}» إلى «{target}»."
)
_CONDITION = Text(
    "From “{source}” the way to “{target}” is now taken where {new}, instead of where {old}.",
    "المسار من «{source}» إلى «{target}» يُسلك الآن حين \u2068{new}\u2069 بدلًا من \u2068{old}\u2069.",
)
