"""Names and documentation in both languages, lanes, and our attributes, as a diagram writes them."""

from __future__ import annotations

from engine.execution.xml import XML, Element, bpmn, ihala, local_name
from engine.text import Text


def name_of(element: Element) -> Text:
    """`name` is English, `ihala:nameAr` beside it Arabic."""
    return Text(" ".join((element.get("name") or "").split()), " ".join((element.get(ihala("nameAr")) or "").split()))


def documentation_of(element: Element) -> Text:
    """The first documentation is English, the one with `xml:lang="ar"` Arabic."""
    texts = {"en": "", "ar": ""}
    for child in element.findall(bpmn("documentation")):
        language = "ar" if (child.get(f"{{{XML}}}lang") or "").startswith("ar") else "en"
        texts[language] = texts[language] or text_of(child)
    return Text(texts["en"], texts["ar"])


def text_of(element: Element | None) -> str:
    """All text inside an element, trimmed."""
    return "" if element is None else "".join(str(piece) for piece in element.itertext()).strip()


def child_text(element: Element, name: str) -> str:
    return text_of(element.find(bpmn(name)))


def is_true(element: Element, name: str, default: str = "false") -> bool:
    return element.get(name, default) in ("true", "1")


def pairs(element: Element, name: str) -> tuple[tuple[str, str], ...]:
    """`<ihala:input name="x">FEEL</ihala:input>` (or `output`) of the extension elements."""
    return tuple(
        ((child.get("name") or "").strip(), text_of(child))
        for extensions in element.findall(bpmn("extensionElements"))
        for child in extensions.iter(ihala(name))
        if child.get("name")
    )


def lanes_of(process: Element) -> dict[str, str]:
    """Node id -> id of the innermost lane that holds it."""
    lanes: dict[str, str] = {}
    for lane in process.iter(bpmn("lane")):  # outer lanes come first, inner ones overwrite them
        for reference in lane.findall(bpmn("flowNodeRef")):
            lanes[text_of(reference)] = lane.get("id") or lane.get("name") or ""
    return lanes


def children(element: Element, *kinds: str) -> list[Element]:
    return [child for child in element if local_name(child) in kinds]
