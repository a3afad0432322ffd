"""Reads the XML of diagrams and tables safely: no document type, no entities, no network, no file too large."""

from __future__ import annotations

from lxml import etree

from engine.errors import CannotRun, Problem
from engine.text import Text

Element = etree._Element

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
IHALA = "urn:ihala:bpmn"

_PREFIX = f"{{{BPMN}}}"

LIMIT_BYTES = 5_000_000
"""The largest file read. The biggest diagram of the mechanism is below 200 KB."""

LIMIT_DEPTH = 60
"""Elements inside one another. A diagram of sub-processes in sub-processes has about ten."""
_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * (LIMIT_DEPTH + 1)})")


def bpmn(name: str) -> str:
    """The full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def ihala(name: str) -> str:
    """The full name of one of our attributes or elements."""
    return f"{{{IHALA}}}{name}"


def local_name(element: Element) -> str:
    """The BPMN name of an element (`userTask`), or empty for comments and other vocabularies."""
    tag = element.tag
    return tag[len(_PREFIX) :] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""


def parse(content: bytes, file: str) -> Element:
    """The root element of an XML file. Raises `CannotRun` with a sentence where it is unsafe, too large or no XML."""
    if len(content) > LIMIT_BYTES:
        raise _refused(file, _TOO_LARGE.format(limit=LIMIT_BYTES // 1_000_000), _MAKE_SMALLER)
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(file, _NO_XML.format(cause=error), _SAVE_AGAIN) from error
    if _IS_TOO_DEEP(root):
        raise _refused(file, _TOO_DEEP.format(limit=LIMIT_DEPTH), _MAKE_FLATTER)
    document = root.getroottree().docinfo
    if document.internalDTD is not None or document.externalDTD is not None:
        raise _refused(file, _DOCTYPE, _REMOVE_DOCTYPE)
    return root


def _parser() -> etree.XMLParser:
    """A parser per file: lxml's keep state between documents, and instances run in several threads."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )


def _refused(file: str, text: Text, mend: Text) -> CannotRun:
    return CannotRun([Problem("cannot_run", file, "", text, mend)])


_TOO_LARGE = Text("The file is larger than {limit} MB.", "حجم الملف أكبر من {limit} ميجابايت.")
_MAKE_SMALLER = Text("Divide the process into smaller ones.", "قسّم الإجراء إلى إجراءات أصغر.")
_TOO_DEEP = Text(
    "The file has more than {limit} elements inside one another.", "في الملف أكثر من {limit} عنصرًا بعضها داخل بعض."
)
_MAKE_FLATTER = Text(
    "Let a process call another in place of sub-processes.", "اجعل الإجراء يستدعي إجراءً آخر بدلًا من الإجراءات الفرعية."
)
_NO_XML = Text("The file is not readable XML: {cause}.", "الملف ليس XML مقروءًا: {cause}.")
_SAVE_AGAIN = Text("Open it in the studio and save it again.", "افتحه في الاستوديو واحفظه من جديد.")
_DOCTYPE = Text(
    "The file begins with a document type (DOCTYPE), which can reach other files.",
    "يبدأ الملف بتعريف نوع المستند (DOCTYPE) الذي قد يصل إلى ملفات أخرى.",
)
_REMOVE_DOCTYPE = Text("Remove the line that begins with <!DOCTYPE.", "احذف السطر الذي يبدأ بـ ‎<!DOCTYPE.")
