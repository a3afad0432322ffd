"""Cuts FEEL text into words, numbers, texts and signs; names of several words are put together by the parser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.decisions.errors import DecisionError
from engine.text import Text

Kind = Literal["name", "number", "string", "at", "sign", "end"]

# DMN 1.5, 10.3.1.2, rules 28-29. The Arabic comma, semicolon and question mark are left out of the letters,
# so that a comma typed in Arabic is told to its author and does not silently become part of a name.
_START = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u060B\u060D-\u061A\u061C-\u061E\u0620-\u1FFF"
    r"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_SPACE = r"\s\u0085\u180E\u200B\uFEFF"
_TOKEN = re.compile(
    rf"""
    (?P<space>(?:[{_SPACE}]+|//[^\n\r]*|/\*.*?\*/)+)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<name>[{_START}][{_PART}]*)
  | (?P<sign>\.\.|\*\*|<=|>=|!=|->)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<at>@(?=["{_SPACE}]))
  | (?P<one>[-+*/=<>()\[\]{{}},:.'’])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_ARABIC_SIGNS = {"،": ",", "؛": ";", "؟": "?"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The tokens of the text, closed by one of kind `end`; raises DecisionError at a sign FEEL does not know."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise DecisionError(text, position, _unknown_sign(text, position))
        kind = match.lastgroup
        if kind != "space":
            named = "sign" if kind == "one" else kind
            tokens.append(Token(named, match[0], position, match.end()))  # type: ignore[arg-type]  # _TOKEN names kinds
        position = match.end()
    tokens.append(Token("end", "", position, position))
    return tokens


def unescape(literal: str) -> str:
    """The content of a string literal without its quotation marks and escapes."""
    content = literal[1:-1]
    if "\\" not in content:
        return content
    plain = _ESCAPE.sub(_unescaped, content)
    # two escapes may be the halves of one character (a surrogate pair)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]
    return _SIMPLE.get(match[3], match[0])


def _unknown_sign(text: str, position: int) -> Text:
    sign = text[position]
    if sign == '"':
        return Text("a text is not closed with a quotation mark", "النص غير مغلق بعلامة اقتباس")
    if sign in _ARABIC_SIGNS:
        return Text(
            f"write “{_ARABIC_SIGNS[sign]}” instead of the Arabic sign “{sign}”",
            f"اكتب «{_ARABIC_SIGNS[sign]}» بدلا من العلامة العربية «{sign}»",
        )
    return Text(f"the sign “{sign}” is not expected here", f"العلامة «{sign}» غير متوقعة هنا")
