"""Reads tokens one after another, and names and types among them; says in words what was expected where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from engine.decisions.errors import DecisionError
from engine.decisions.lexer import Token, tokenise
from engine.decisions.names import KEYWORDS, PROPERTIES, Names
from engine.decisions.types import ANY, BUILT_IN, ContextOf, FunctionOf, ListOf, RangeOf, Type, Unknown
from engine.text import Text

# Deeper nesting is no expression a person wrote; it would exhaust the interpreter's own stack.
LARGEST_DEPTH = 60
LARGEST_CHAIN = 200
LARGEST_TEXT = 100_000  # characters

_BUILT_IN_TYPES = Names(BUILT_IN)
_Part = TypeVar("_Part")


class Reader:
    """The tokens of one text, with the names and types that are known while it is read."""

    def __init__(self, text: str, names: Iterable[str], entries: Iterable[str], types: Mapping[str, Type]) -> None:
        if len(text) > LARGEST_TEXT:
            raise DecisionError(text[:80], LARGEST_TEXT, Text("the expression is too long", "التعبير طويل جدا"))
        self.text = text
        self.tokens = tokenise(text)
        self.at = 0
        self.depth = 0
        self.in_endpoint = False  # an endpoint of a range is being read: `[` may close the range
        self.scopes = [Names(names)]
        self.entries = Names((*PROPERTIES, *entries))
        self.types = types

    @property
    def token(self) -> Token:
        """The next token, not yet taken."""
        return self.tokens[self.at]

    def fail(self, en: str, ar: str, at: int | None = None) -> DecisionError:
        """The error to raise at the next token."""
        token = self.tokens[self.at if at is None else at]
        found = f"“{token.text}”" if token.text else "the end"
        found_ar = f"«{token.text}»" if token.text else "النهاية"
        reason = Text(
            f"{en} was expected at character {token.start + 1}, but {found} was found",
            f"كان المتوقع {ar} عند الحرف {token.start + 1}، لكن وجد {found_ar}",
        )
        return DecisionError(self.text, token.start, reason)

    def accept(self, text: str) -> bool:
        """Takes the next token if it is this sign or word."""
        token = self.tokens[self.at]
        if token.text == text and token.kind != "string":
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        """Takes this sign or word, or raises."""
        if not self.accept(text):
            raise self.fail(f"“{text}”", f"«{text}»")

    def word(self, text: str, ahead: int = 0) -> bool:
        """Whether the token so far ahead is this sign or word."""
        at = self.at + ahead
        return at < len(self.tokens) and self.tokens[at].text == text and self.tokens[at].kind != "string"

    def attempt(self, read: Callable[[], _Part]) -> _Part | None:
        """What `read` reads, or None and nothing taken where it cannot."""
        at, depth, scopes, in_endpoint = self.at, self.depth, len(self.scopes), self.in_endpoint
        try:
            return read()
        except DecisionError:
            self.at, self.depth, self.in_endpoint = at, depth, in_endpoint
            del self.scopes[scopes:]
            return None

    @contextmanager
    def scope(self, names: Iterable[str] = ()) -> Iterator[Names]:
        """Makes further names known while a part is read."""
        known = Names(names)
        self.scopes.append(known)
        try:
            yield known
        finally:
            if self.scopes[-1] is known:
                self.scopes.pop()

    def link(self, links: int) -> int:
        """One operand, path or filter more in a chain, which is as deep a tree as nesting is."""
        if links >= LARGEST_CHAIN:
            raise DecisionError(self.text, self.token.start, Text("the expression is too long", "التعبير طويل جدا"))
        return links + 1

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper; refuses what no person wrote."""
        if self.depth >= LARGEST_DEPTH:
            reason = Text("the expression is nested too deeply", "التعبير متداخل بعمق زائد")
            raise DecisionError(self.text, self.token.start, reason)
        self.depth += 1
        yield
        self.depth -= 1

    def longest_known(self, scopes: Iterable[Names]) -> tuple[str, int] | None:
        """The longest name known in any of these scopes that starts at the next token."""
        found = [match for scope in scopes if (match := scope.longest(self.tokens, self.at))]
        return max(found, key=lambda match: match[1], default=None)

    def undeclared_name(self) -> str:
        """A name nobody declared: words up to the next word or sign of the grammar."""
        first = self.at
        while self.token.kind == "name" and (self.at == first or self.token.text not in KEYWORDS):
            self.at += 1
        if self.at == first:
            raise self.fail("a name", "اسم")
        return self.spelling(first)

    def declared_name(self, *ends: str) -> str:
        """A name where one is declared: everything up to one of the ending signs."""
        first = self.at
        while self.token.kind not in ("end", "string") and self.token.text not in ends:
            self.at += 1
        if self.at == first or self.token.text not in ends or self.tokens[first].kind != "name":
            raise self.fail("a name", "اسم")
        return self.spelling(first)

    def spelling(self, first: int) -> str:
        """The tokens from `first` up to here as they are written, with single spaces."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[self.at - 1].end].split())

    def type(self) -> Type:
        """A type, as after `instance of` or a parameter's colon."""
        known = self.longest_known([_BUILT_IN_TYPES, Names(self.types)])
        if known is None:
            return Unknown(self._qualified_name())
        name, length = known
        self.at += length
        if self.word("<") and name in ("list", "range", "context", "function"):
            return self._generic(name)
        return self.types.get(name) or BUILT_IN[name]

    def _qualified_name(self) -> str:
        parts = [self.undeclared_name()]
        while self.accept("."):
            parts.append(self.undeclared_name())
        return ".".join(parts)

    def _generic(self, name: str) -> Type:
        self.expect("<")
        if name == "context":
            return self._context_type()
        if name == "function":
            return self._function_type()
        element = self.type()
        self.expect(">")
        return ListOf(element) if name == "list" else RangeOf(element)

    def _context_type(self) -> Type:
        entries: list[tuple[str, Type]] = []
        while not self.accept(">"):
            if entries:
                self.expect(",")
            name = self.declared_name(":")
            self.expect(":")
            entries.append((name, self.type()))
        return ContextOf(tuple(entries))

    def _function_type(self) -> Type:
        parameters: list[Type] = []
        while not self.accept(">"):
            if parameters:
                self.expect(",")
            parameters.append(self.type())
        result = self.type() if self.accept("->") else ANY
        return FunctionOf(tuple(parameters), result)
