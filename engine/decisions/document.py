"""Reads DMN files safely: no document types, no entities, within limits of size and depth."""

from __future__ import annotations

from typing import NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from engine.decisions.errors import DecisionError
from engine.text import Text

LARGEST_FILE = 5 * 1024 * 1024  # bytes
LARGEST_DEPTH = 120  # nested elements
IHALA = "{urn:ihala:bpmn}"
# from http://www.omg.org/spec/DMN/20151101/dmn.xsd (1.1) to https://www.omg.org/spec/DMN/20230324/MODEL/ (1.5)
_DMN = "omg.org/spec/dmn/"


def read(xml: bytes) -> Element:
    """The root of the model, with tags of every DMN version without their namespace; raises DecisionError."""
    if len(xml) > LARGEST_FILE:
        raise _refused(Text("the file is larger than 5 MB", "الملف أكبر من 5 ميغابايت"))
    _guard(xml)
    root = ElementTree.fromstring(xml)
    for element in root.iter():
        namespace, _, local = element.tag.removeprefix("{").rpartition("}")
        if _DMN in namespace.lower():
            element.tag = local
    if root.tag != "definitions":
        raise _refused(Text("the file is not a DMN model", "الملف ليس نموذج قرارات DMN"))
    return root


def _guard(xml: bytes) -> None:
    """Refuses what could make reading expensive, before a tree is built."""
    depth = 0

    def refuse_type(*_: object) -> NoReturn:
        reason = Text("a document type or entity is not allowed in it", "لا يسمح فيه بتعريف نوع المستند أو الكيانات")
        raise _refused(reason)

    def enter(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > LARGEST_DEPTH:
            raise _refused(Text("its elements are nested too deeply", "عناصره متداخلة بعمق زائد"))

    def leave(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_type
    parser.EntityDeclHandler = refuse_type
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        where = f"{error.lineno}:{error.offset + 1}"
        reason = Text(f"the file is not well-formed XML (line {where})", f"الملف ليس XML سليما (السطر {where})")
        raise _refused(reason) from error


def _refused(reason: Text) -> DecisionError:
    return DecisionError("definitions", 0, reason)


def text_of(element: Element | None) -> str:
    """The content of the element's `text` child, or its own."""
    if element is None:
        return ""
    inner = element.find("text")
    return ((element if inner is None else inner).text or "").strip()


def name_of(element: Element | None) -> str:
    """The name, with single spaces."""
    return "" if element is None else " ".join(element.get("name", "").split())


def label_of(element: Element) -> Text:
    """The name in both languages."""
    return Text(name_of(element), element.get(f"{IHALA}nameAr", ""))
