"""Code names of cases: pronounceable, the same sounds in both languages, different for every number."""

from __future__ import annotations

from engine.text import Text

_CONSONANTS = (
    ("b", "ب"), ("t", "ت"), ("d", "د"), ("r", "ر"), ("s", "س"), ("f", "ف"),
    ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("z", "ز"),
)  # fmt: skip
_VOWELS = (("a", "ا"), ("i", "ي"), ("u", "و"))
_SYLLABLES = [(c[0] + v[0], c[1] + v[1]) for c in _CONSONANTS for v in _VOWELS]
_SHORTEST = 3
"""Syllables of the first 35,937 names; the next 1,185,921 have four."""
_STRIDE = 7919
"""A prime that shares no factor with the number of syllables: neighbouring numbers get names that do not look alike."""


def code_name(number: int) -> Text:
    """The code name of the case of this number (from 1); no two numbers share one."""
    index, length = number - 1, _SHORTEST
    while index >= len(_SYLLABLES) ** length:
        index -= len(_SYLLABLES) ** length
        length += 1
    many = len(_SYLLABLES) ** length
    index = (index * _STRIDE + many // 2) % many
    chosen = []
    for _ in range(length):
        index, syllable = divmod(index, len(_SYLLABLES))
        chosen.append(_SYLLABLES[syllable])
    return Text("".join(one[0] for one in chosen).capitalize(), "".join(one[1] for one in chosen))
