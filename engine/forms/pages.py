"""Long forms page by page: which inputs belong to which questions, and a draft with one page's inputs renewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from engine.forms.model import Field
from engine.forms.typed import ASKED, DATE_PARTS, ESTIMATED, ITEM, TIME_PARTS, Typed

_SUFFIX = re.compile(rf"-({'|'.join((*DATE_PARTS, *TIME_PARTS, ITEM, ASKED, ESTIMATED))})")
_INSIDE = re.compile(r"-[0-9]{1,4}-[a-z]")


def names_of(fields: Sequence[Field], names: Iterable[str]) -> list[str]:
    """Those of the input names that belong to the questions."""
    lists = {field.key: field.kind == "dynamiclist" for field in fields}
    return [name for name in names if _belongs(name, lists)]


def merged(draft: Typed, posted: Typed, fields: Sequence[Field]) -> dict[str, list[str]]:
    """The draft with these questions as they were posted; an unticked box, which posts nothing, is emptied too."""
    old = set(names_of(fields, draft))
    kept = {name: list(texts) for name, texts in draft.items() if name not in old}
    return kept | {name: list(posted[name]) for name in names_of(fields, posted)}


def _belongs(name: str, lists: dict[str, bool]) -> bool:
    key, dash, _ = name.partition("-")
    if key not in lists:
        return False
    rest = name[len(key) :]
    return not dash or bool(_SUFFIX.fullmatch(rest)) or (lists[key] and bool(_INSIDE.match(rest)))
