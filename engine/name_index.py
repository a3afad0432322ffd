"""Names, documents and telephone numbers as a blind index: folded, then hashed under a key, so alike finds alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from engine.vault import Vault

PHONE_DIGITS = 9
"""What is compared of a telephone number: its last digits, whatever prefix it was typed with."""

_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
"""Spellings of one sound that Arabic names are written with by turns."""
_NOT_SOUND = re.compile(r"[^\w]+|_")


def fold(text: str) -> str:
    """The same for the same name however it is written: no marks, no tatweel, one alef, small letters, plain digits."""
    plain = unicodedata.normalize("NFKD", text.replace("ـ", ""))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    digits = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in letters)
    return " ".join(_NOT_SOUND.sub(" ", digits.translate(_LETTERS).casefold()).split())


def tokens(kind: str, text: str) -> set[str]:
    """What is compared of one answer: `name` its pairs of neighbouring words, `document` and `phone` the number."""
    return {one for one in _tokens(kind, fold(text)) if one}


def _tokens(kind: str, folded: str) -> Iterator[str]:
    if kind == "phone":
        digits = re.sub(r"\D", "", folded)
        yield digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""
    elif kind == "document":
        yield folded.replace(" ", "")
    else:
        words = folded.split()
        yield from (f"{first} {second}" for first, second in pairwise(words))
        if len(words) == 1:
            yield words[0]


def blind(vault: Vault, kind: str, text: str) -> list[bytes]:
    """The entries of the blind index for one answer."""
    return [vault.blind(token, f"name index {kind}") for token in sorted(tokens(kind, text))]
