"""A place where a safeguard is broken, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.execution.checking.material import MECHANISM
from engine.execution.safeguarding.ground import Ground, Place
from engine.execution.safeguarding.kinds import Selector
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Break:
    """Where, and what is no longer so. `element` is the author's id, the question of a form or the rule of a table."""

    file: str
    element: str
    text: Text


def vanished(ground: Ground, selector: Selector) -> Iterator[Break]:
    """What a safeguard speaks of and the mechanism no longer has, so that nobody renames it out of the safeguard."""
    known = {place.id for place in ground.places()}
    for one in sorted(selector.get("id", ())):
        if one not in known:
            yield gone(one)
    if "id" not in selector and not ground.fitting(selector):
        yield gone(", ".join(f"{key}: {' / '.join(sorted(words))}" for key, words in sorted(selector.items())))


def gone(what: str) -> Break:
    return Break(MECHANISM, "", GONE.format(what=what))


def at(place: Place, text: Text) -> Break:
    return Break(place.scope.file, place.id, text)


def names(places: Iterable[Place]) -> Text:
    """The names of some elements, each once."""
    found = list(dict.fromkeys(place.name for place in places))
    english, arabic = [f"“{one.in_('en')}”" for one in found], [f"«{one.in_('ar')}»" for one in found]
    return Text(" / ".join(english), " / ".join(arabic))


def where(words: Text, text: Text) -> Text:
    """The sentence with the case it speaks of before it, if there is one."""
    return WHERE.format(where=words, text=text) if words else text


WHERE = Text("Where {where}: {text}", "إذا {where}: {text}")
GONE = Text(
    "The mechanism no longer has what the safeguard speaks of: \u2066{what}\u2069.",
    "لم يعد في الآلية ما تتحدث عنه الضمانة: \u2066{what}\u2069.",
)
