"""What differs between two states of the mechanism, in words for people: diagrams, forms, tables, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from engine.errors import Refusal
from engine.studio.difference.change import Change, said
from engine.studio.difference.diagrams import diagram_changes
from engine.studio.difference.forms import form_changes
from engine.studio.difference.settings import settings_changes
from engine.studio.difference.tables import table_changes
from engine.text import Text

__all__ = ["Change", "between"]

_READERS: Mapping[str, Callable[[bytes, bytes], Iterator[Change]]] = {
    ".bpmn": diagram_changes,
    ".form": form_changes,
    ".dmn": table_changes,
    ".toml": settings_changes,
}


def between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, list[Change]]:
    """The changes by file, files in order; only of files that differ."""
    found: dict[str, list[Change]] = {}
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        if old is None:
            found[path] = [said(_ADDED)]
        elif new is None:
            found[path] = [said(_REMOVED)]
        else:
            found[path] = list(_of_file(path, old, new)) or [Change("", _LAYOUT, is_layout=True)]
    return found


def _of_file(path: str, old: bytes, new: bytes) -> Iterator[Change]:
    reader = _READERS.get(PurePosixPath(path).suffix)
    if reader is None:
        yield said(_CHANGED)
        return
    try:
        yield from reader(old, new)
    except (Refusal, ValueError, RecursionError) as error:
        yield said(_UNREADABLE.format(reason=getattr(error, "text", Text(str(error)))))


_ADDED = Text("The file is new.", "الملف جديد.")
_REMOVED = Text("The file is gone.", "حُذف الملف.")
_CHANGED = Text("The text was changed.", "تغيّر النص.")
_LAYOUT = Text("Only the drawing or the layout was changed.", "تغيّر الرسم أو التنسيق فقط.")
_UNREADABLE = Text("The file was changed, and cannot be read: {reason}", "تغيّر الملف، وتتعذّر قراءته: {reason}")
