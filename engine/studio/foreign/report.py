"""Reads a diagram of any tool and says in words what of it works here, what stays without meaning, what to replace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.errors import CannotRun
from engine.execution.checking.constructs import EXPRESSIONS, is_feel, named_ancestor
from engine.execution.normalising.diagram import FLOW_NODES, id_of, kind
from engine.execution.xml import BPMN, BPMNDI, DC, DI, IHALA, XML, XSI, Element, bpmn, parse
from engine.studio.foreign.said import is_said
from engine.studio.foreign.translating import Mend, mend_of, to_feel
from engine.studio.foreign.words import DRAWING, GROUPS, TOOLS, UNKNOWN, WORDS, Becomes
from engine.text import Text

OURS = frozenset({BPMN, BPMNDI, DC, DI, IHALA, XML, XSI, ""})
_LONGEST = 80
"""Letters of a foreign value that are shown."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing another tool left in the file: its element, what becomes of it, the one-click change if any."""

    element: str
    becomes: Becomes
    text: Text
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said of a file: the tools it shows, how many steps and arrows are understood, and the remarks."""

    tools: tuple[str, ...]
    steps: int
    arrows: int
    remarks: tuple[Remark, ...]

    def of(self, becomes: Becomes) -> list[Remark]:
        return [remark for remark in self.remarks if remark.becomes == becomes]


def report_on(content: bytes, forms: Collection[str] = ()) -> Report:
    """What a diagram brings along; nothing is said of one that cannot be read, since `check` says so.

    `forms`: ids of the tasks that have a form here. What is said in our words already is not said again.
    """
    try:
        root = parse(content, "")
    except CannotRun:
        return Report((), 0, 0, ())
    kinds = Counter(kind(element) for element in root.iter() if isinstance(element.tag, str))
    remarks = [*_of_file(root), *_of_words(root, forms), *_of_expressions(root), *_beside(root)]
    return Report(
        tuple(_tools(root)),
        sum(kinds[name] for name in FLOW_NODES),
        kinds["sequenceFlow"],
        tuple(_once(remarks)),
    )


def _tools(root: Element) -> Iterator[str]:
    """What the file says of its tool, else the tools whose words it uses."""
    if exporter := root.get("exporter"):
        yield f"{exporter} {root.get('exporterVersion', '')}".strip()[:_LONGEST]
    else:
        used = {_namespace(str(name)) for element in root.iter() for name in (element.tag, *element.attrib)}
        yield from (name for address, name in {**TOOLS, **DRAWING}.items() if address in used)


def _of_file(root: Element) -> Iterator[Remark]:
    processes = root.findall(bpmn("process"))
    if len(processes) == 1 and processes[0].get("isExecutable") in ("false", "0"):
        yield Remark(id_of(processes[0]), "replace", _NOT_EXECUTABLE, {"executable": True})
    if processes and root.find(f".//{{{BPMNDI}}}BPMNShape") is None:
        yield Remark("", "replace", _NOT_DRAWN)


def _of_words(root: Element, forms: Collection[str]) -> Iterator[Remark]:
    for element in root.iter():
        if not kind(element):
            continue
        for name, value in element.attrib.items():
            if (address := _namespace(str(name))) in TOOLS:
                yield from _remark(element, TOOLS[address], _local(str(name)), None, str(value), forms)
        if kind(element) == "extensionElements":
            yield from _inside(element, element, forms)


def _inside(holder: Element, extensions: Element, forms: Collection[str]) -> Iterator[Remark]:
    for child in holder:
        tool = TOOLS.get(_namespace(str(child.tag)))
        if tool is None:
            continue
        if _local(str(child.tag)) in GROUPS:
            yield from _inside(child, extensions, forms)
        else:
            yield from _remark(extensions, tool, _local(str(child.tag)), child, _said(child), forms)


def _remark(
    at: Element, tool: str, word: str, child: Element | None, value: str, forms: Collection[str]
) -> Iterator[Remark]:
    """What is to be said of one word; nothing where our words say it already."""
    meaning, owner = WORDS[tool].get(word, UNKNOWN), named_ancestor(at)
    mend = mend_of(word, child, value) if meaning.becomes == "replace" else None
    if meaning.becomes == "replace" and is_said(_step(at), meaning, mend, forms):
        return
    yield Remark(owner, meaning.becomes, meaning.text.format(tool=tool, word=word, value=_short(value)), mend)


def _step(at: Element) -> Element:
    """The element of the diagram that the word stands at."""
    return next((one for one in (at, *at.iterancestors()) if kind(one) in FLOW_NODES), at)


def _said(element: Element) -> str:
    """What a foreign element says, in one line: where from and where to, its main attribute, else its text."""
    if element.get("source") and element.get("target"):
        return f"{element.get('source')} → {element.get('target')}"
    main = next((element.get(name) for name in _MAIN if element.get(name)), None)
    return main or " ".join(str(text).strip() for text in element.itertext()).strip()


_MAIN = ("decisionId", "processId", "candidateGroups", "inputCollection", "correlationKey", "type", "name", "id")
"""Attributes that say what a foreign element is about, the most telling first."""


def _of_expressions(root: Element) -> Iterator[Remark]:
    for element in root.iter():
        if kind(element) == "scriptTask" and not is_feel(element.get("scriptFormat", "")):
            yield Remark(id_of(element), "replace", _OTHER_SCRIPT.format(language=element.get("scriptFormat", "")))
        if kind(element) not in EXPRESSIONS:
            continue
        text = (element.text or "").strip()
        other = not is_feel(element.get("language", ""))
        if other or text.startswith(("=", "${", "#{")) or "==" in text or "&&" in text:
            feel = to_feel(text)
            mend = {"condition": feel} if feel and kind(element) == "conditionExpression" else None
            yield Remark(named_ancestor(element), "replace", _OTHER_EXPRESSION.format(text=_short(text)), mend)


def _beside(root: Element) -> Iterator[Remark]:
    """Words that only describe the drawing, or of tools nobody here knows: counted, not listed."""
    count: Counter[str] = Counter()
    for element in root.iter():
        names = [element.tag, *element.attrib] if isinstance(element.tag, str) else []
        count.update(_namespace(str(name)) for name in names)
    for address, number in sorted(count.items()):
        if address not in OURS and address not in TOOLS:
            name = DRAWING.get(address, _short(address))
            yield Remark("", "kept", _KEPT.format(count=number, tool=name))


def _once(remarks: list[Remark]) -> Iterator[Remark]:
    """Each sentence once at its element: what a tool says three times is read once."""
    seen: set[tuple[str, Text]] = set()
    for remark in remarks:
        if (remark.element, remark.text) not in seen:
            seen.add((remark.element, remark.text))
            yield remark


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


_NOT_EXECUTABLE = Text(
    "The process is marked as a picture only, which is never run.",
    "الإجراء محدد كرسم فقط ولا يُنفَّذ.",
)
_NOT_DRAWN = Text(
    "The file says which steps there are, but not where they are drawn.",
    "يذكر الملف الخطوات ولا يذكر مواضع رسمها.",
)
_OTHER_SCRIPT = Text(
    "The script is written in {language}. Write it as assignments in FEEL.",
    "النص البرمجي مكتوب بلغة {language}. يُكتب كعبارات إسناد بلغة FEEL.",
)
_OTHER_EXPRESSION = Text(
    "“{text}” is written in the language of another tool.",
    "العبارة «\u2066{text}\u2069» مكتوبة بلغة أداة أخرى.",
)
_KEPT = Text(
    "Notes of {tool} about the drawing ({count}) are kept and change nothing.",
    "تُحفظ ملاحظات {tool} عن الرسم (عددها {count}) ولا تغيّر شيئًا.",
)
