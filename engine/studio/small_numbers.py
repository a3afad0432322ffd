"""Small numbers: whoever sees no case is not told of one by a figure that only one or two people can stand behind."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST = 5
"""The least number of cases that a figure about a period tells apart.

Source: threshold rule, "some agencies require at least five" (OECD, Glossary of Statistical Disclosure Control, 2005,
https://stats.oecd.org/glossary/detail.asp?ID=7010).
"""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A count. `is_few`: it lies between 1 and `FEWEST` - 1, and `number` says no more than that there is one."""

    number: int
    is_few: bool = False


def figure(number: int | None, *, exact: bool) -> Figure:
    """The count as it may be told; nothing (0) hides nobody."""
    counted = int(number or 0)
    return Figure(1, is_few=True) if not exact and 0 < counted < FEWEST else Figure(counted)
