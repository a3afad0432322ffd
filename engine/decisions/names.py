"""Names in scope, so that `date of birth` or `a - b` is read as one name wherever such a name is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.decisions.errors import DecisionError
from engine.decisions.lexer import Token, tokenise

# DMN 1.5, 10.3.1.2: words of the grammar, which end a name that nobody has declared.
KEYWORDS = frozenset(
    [
        "and",
        "between",
        "else",
        "every",
        "false",
        "for",
        "function",
        "if",
        "in",
        "instance",
        "null",
        "or",
        "return",
        "satisfies",
        "some",
        "then",
        "true",
    ]
)
PROPERTIES = (
    *("start", "end", "start included", "end included", "time offset", "timezone", "value"),
    *("year", "month", "day", "weekday", "hour", "minute", "second", "years", "months", "days"),
    *("hours", "minutes", "seconds"),
)


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str, ...]:
    """The tokens of a name; none where FEEL cannot spell it."""
    try:
        return tuple(token.text for token in tokenise(name)[:-1])
    except DecisionError:
        return ()


class Names:
    """Finds the longest known name at a place in the tokens."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Makes the name known; one that FEEL cannot spell at all is left out."""
        parts = _parts(name)
        if parts:
            known = self._by_first.setdefault(parts[0], [])
            if (parts, name) not in known:
                known.append((parts, name))
                known.sort(key=lambda entry: -len(entry[0]))

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest known name that starts at this token, and the number of its tokens."""
        for parts, name in self._by_first.get(tokens[at].text, ()):
            if tokens[at].kind != "string" and all(
                token.text == part and token.kind != "string"
                for token, part in zip(tokens[at : at + len(parts)], parts, strict=False)
            ):
                return name, len(parts)
        return None
