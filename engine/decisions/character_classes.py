"""Character classes of XPath regular expressions: `\\p{Lu}`, `\\i`, `[a-z-[aeiou]]` and the like, for Python's `re`."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

_NAME_START = r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
_NAME_START += r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
_NAME = _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_SPACE = r" \t\n\r"
_PLAIN = {"n": r"\n", "r": r"\r", "t": r"\t"}
_LITERAL = frozenset("\\|.?*+(){}-[]^$")
_CATEGORY = re.compile(r"\\([pP])\{([A-Za-z0-9-]+)\}")
# The blocks a mechanism in Arabic or English may name; unicodedata does not know blocks.
_BLOCKS = {
    "BasicLatin": r"\u0000-\u007F",
    "Latin-1Supplement": r"\u0080-\u00FF",
    "LatinExtended-A": r"\u0100-\u017F",
    "LatinExtended-B": r"\u0180-\u024F",
    "Greek": r"\u0370-\u03FF",
    "GreekandCoptic": r"\u0370-\u03FF",
    "Cyrillic": r"\u0400-\u04FF",
    "Hebrew": r"\u0590-\u05FF",
    "Arabic": r"\u0600-\u06FF",
    "ArabicSupplement": r"\u0750-\u077F",
    "ArabicPresentationForms-A": r"\uFB50-\uFDFF",
    "ArabicPresentationForms-B": r"\uFE70-\uFEFE",
    "GeneralPunctuation": r"\u2000-\u206F",
    "CurrencySymbols": r"\u20A0-\u20CF",
    "Hiragana": r"\u3040-\u309F",
    "Katakana": r"\u30A0-\u30FF",
    "CJKUnifiedIdeographs": r"\u4E00-\u9FFF",
}


class PatternError(ValueError):
    """The text is no regular expression of XPath."""


@cache
def _categories() -> dict[str, str]:
    """The ranges of every general category and of every group of them (`Lu`, `L`)."""
    ranges: dict[str, list[str]] = {}
    start, current = 0, unicodedata.category("\0")
    for code in range(1, sys.maxunicode + 2):
        category = unicodedata.category(chr(code)) if code <= sys.maxunicode else ""
        if category != current:
            text = rf"\U{start:08X}-\U{code - 1:08X}"
            for name in (current, current[0]):
                ranges.setdefault(name, []).append(text)
            start, current = code, category
    return {name: "".join(parts) for name, parts in ranges.items()}


def _members(letter: str) -> str:
    """What a class escape such as `\\d` stands for, as the inside of a bracket."""
    if letter == "w":
        found = _categories()
        return "".join(found[group] for group in "LMNS")
    return {"s": _SPACE, "d": r"\d", "i": _NAME_START, "c": _NAME}[letter]


def _complement(inside: str) -> str:
    return f"[^{inside}]"


def escape(pattern: str, at: int) -> tuple[str, int]:
    """The escape at this place outside a bracket, and where it ends."""
    inside, negated, end = _escaped(pattern, at)
    if len(inside) <= 2 and not negated:
        return inside, end
    return (_complement(inside) if negated else f"[{inside}]"), end


def _escaped(pattern: str, at: int) -> tuple[str, bool, int]:
    """What an escape stands for inside a bracket, whether it is the complement, and where it ends."""
    if category := _CATEGORY.match(pattern, at):
        return _category(category[2]), category[1] == "P", category.end()
    letter = pattern[at + 1 : at + 2]
    if letter in _PLAIN:
        return _PLAIN[letter], False, at + 2
    if letter and letter in _LITERAL:
        return "\\" + letter, False, at + 2
    if letter and letter in "sdwicSDWIC":
        return _members(letter.lower()), letter.isupper(), at + 2
    raise PatternError(pattern)


def _category(name: str) -> str:
    if name.startswith("Is"):
        if name[2:] not in _BLOCKS:
            raise PatternError(name)
        return _BLOCKS[name[2:]]
    if name not in _categories():
        raise PatternError(name)
    return _categories()[name]


def bracket(pattern: str, at: int) -> tuple[str, int]:
    """The bracket that opens at this place, as a group of Python's, and where it ends."""
    at += 1
    negated = pattern.startswith("^", at)
    at += negated
    plain: list[str] = []  # members
    excluding: list[str] = []  # complements, each an alternative of its own
    subtracted = ""
    first = True
    while not pattern.startswith("]", at) or first:
        if at >= len(pattern):
            raise PatternError(pattern)
        if pattern.startswith("-[", at) and not first:
            subtracted, at = bracket(pattern, at + 1)
            break
        at = _member(pattern, at, plain, excluding, first=first)
        first = False
    if not pattern.startswith("]", at):
        raise PatternError(pattern)
    return _assembled(plain, excluding, subtracted, negated=negated), at + 1


def _member(pattern: str, at: int, plain: list[str], excluding: list[str], *, first: bool) -> int:
    """Reads one member or range of a bracket."""
    low, single, at = _character(pattern, at, plain, excluding)
    if not single:
        return at
    if (
        low == r"\-"
        and pattern[at - 1] == "-"
        and pattern[at - 2] != "\\"
        and not first
        and pattern[at : at + 1] != "]"
    ):
        raise PatternError(pattern)  # a bare hyphen stands first or last
    if pattern.startswith("-", at) and pattern[at + 1 : at + 2] not in ("]", "[", ""):
        high, single, at = _character(pattern, at + 1, plain, excluding)
        if not single:
            raise PatternError(pattern)
        plain.append(f"{low}-{high}")
    else:
        plain.append(low)
    return at


def _character(pattern: str, at: int, plain: list[str], excluding: list[str]) -> tuple[str, bool, int]:
    """One character as Python writes it in a bracket; a class is put with the members and is no single character."""
    sign = pattern[at]
    if sign == "[" or sign == "]":
        raise PatternError(pattern)
    if sign != "\\":
        return re.escape(sign) if sign in r"\^-&~|[]" else sign, True, at + 1
    inside, negated, end = _escaped(pattern, at)
    if len(inside) == 2 and not negated and inside != r"\d":
        return inside, True, end
    (excluding if negated else plain).append(_complement(inside) if negated else inside)
    return "", False, end


def _assembled(plain: list[str], excluding: list[str], subtracted: str, *, negated: bool) -> str:
    alternatives = ([f"[{''.join(plain)}]"] if plain else []) + excluding
    if negated:
        part = "".join(f"(?!{alternative})" for alternative in alternatives) + r"[\s\S]"
    else:
        part = "|".join(alternatives)
    if subtracted:
        return f"(?:(?!{subtracted})(?:{part}))"
    return part if len(alternatives) == 1 and not negated else f"(?:{part})"


def without_spaces(pattern: str) -> str:
    """The pattern as flag `x` reads it: without white space outside brackets."""
    kept, depth, at = [], 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            # white space goes even between a backslash and its letter
            letter = pattern[at + 1 :].lstrip(" \t\n\r")
            kept.append(sign + letter[:1])
            at = len(pattern) - len(letter) + 1
            continue
        depth += (sign == "[") - (sign == "]")
        if depth or sign not in " \t\n\r":
            kept.append(sign)
        at += 1
    return "".join(kept)
