"""What may become a file of a draft: text of people, no trick on the machine that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import CannotRun, Refusal
from engine.execution.xml import Element, parse
from engine.text import Text


class FileEmpty(Refusal):
    sentence = Text(
        "The file “{path}” is empty. Choose the file that was meant.", "الملف «{path}» فارغ. يُرجى اختيار الملف المقصود."
    )


class NotText(Refusal):
    sentence = Text(
        "“{path}” is no text in UTF-8: it may be a picture, a packed file, or saved in another encoding. Save it again "
        "in its tool as BPMN 2.0 or as UTF-8.",
        "«{path}» ليس نصًا بترميز UTF-8: قد يكون صورة أو ملفًا مضغوطًا أو محفوظًا بترميز آخر. يُرجى حفظه من جديد في أداته "
        "بصيغة BPMN 2.0 أو بترميز UTF-8.",
    )


class Attack(Refusal):
    """A file that reaches for what no diagram may touch: refused, and written to the journal."""


class DocumentType(Attack):
    sentence = Text(
        "“{path}” begins with a document type (<!DOCTYPE), which can reach other files. Remove that part, or save the "
        "file again in its tool.",
        "يبدأ «{path}» بتعريف نوع المستند (<!DOCTYPE) الذي قد يصل إلى ملفات أخرى. يُرجى حذفه أو حفظ الملف من جديد في "
        "أداته.",
    )


class ReachesMachine(Attack):
    sentence = Text(
        "“{found}” in “{path}” reaches for the machine. Only FEEL is evaluated here, which cannot; the file was not "
        "taken.",
        "العبارة «{found}» في «{path}» تحاول الوصول إلى الجهاز. لا تُقيَّم هنا إلا عبارات FEEL وهي لا تصل إليه، ولم يُقبل "
        "الملف.",
    )


_MACHINE = re.compile(
    r"__\w+__|\b(?:eval|exec|compile)\s*\(|\bos\s*\.\s*\w+|\bsubprocess\b|\bRuntime\s*\.\s*getRuntime\b"
)
_PROSE = ("documentation", "text")
"""Elements whose text is read by people and never evaluated."""
_SHOWN = 60


def check_content(path: str, content: bytes) -> None:
    """Raises `FileEmpty`, `NotText`, and `Attack` for a document type or an expression that reaches for the machine.

    A file that is merely wrong passes: a draft may be wrong, and its problems say so.
    """
    if not content.strip():
        raise FileEmpty(path=path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText(path=path) from error
    if "\0" in text:
        raise NotText(path=path)
    if path.endswith((".bpmn", ".dmn")):
        _check_xml(path, content, text)


def _check_xml(path: str, content: bytes, text: str) -> None:
    if re.search(r"<!DOCTYPE|<!ENTITY", text, re.IGNORECASE):
        raise DocumentType(path=path)
    try:
        root = parse(content, path)
    except CannotRun:
        return  # said among the problems of the draft, and nothing of it can be evaluated
    for evaluated in _evaluated(root):
        if found := _MACHINE.search(evaluated):
            raise ReachesMachine(path=path, found=found[0][:_SHOWN])


def _evaluated(root: Element) -> Iterator[str]:
    """Everything that some tool would evaluate: texts that are no prose, and attributes of other vocabularies."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in _PROSE:
            yield element.text or ""
            yield from (str(value) for key, value in element.attrib.items() if str(key).startswith("{"))
