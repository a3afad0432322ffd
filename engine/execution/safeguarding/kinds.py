"""The kinds of proof that a safeguard may ask for: each a claim about the diagrams, tables or forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.decisions.feel import UnaryTests
from engine.text import Text

NOWHERE = Text("")

Selector = Mapping[str, frozenset[str]]
"""What an element must say of itself, each with the words that fit: `{"operation": {"close_case"}}`."""
Tests = Mapping[str, UnaryTests]
"""Unary tests of FEEL, by the path of a variable, the input of a table or what an element says of itself."""


@dataclass(frozen=True, slots=True)
class Before:
    """On every way to `reach` stands `passing`; without `passing`, `reach` is never reached.

    The ways begin with `begin` or with the process `within`, else wherever a case can begin. They are those of somebody
    of whom `given` holds, which `where` says in words. `beside`: it is enough that the same split opens `passing`.
    """

    reach: Selector
    passing: Selector = field(default_factory=dict)
    given: Tests = field(default_factory=dict)
    within: str = ""
    begin: Selector = field(default_factory=dict)
    beside: bool = False
    where: Text = NOWHERE


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """From each of `begin` there is a way to one of `reach`, in the same process."""

    begin: Selector
    reach: Selector


@dataclass(frozen=True, slots=True)
class Declared:
    """Each element of `of`, but for those that fit `unless` and the ids `besides`, says of itself what `has` asks."""

    of: Selector
    has: Tests
    unless: Selector = field(default_factory=dict)
    besides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """Each question of `of` in a form has what `has` asks: its grant, its classification."""

    of: Selector
    has: Tests


@dataclass(frozen=True, slots=True)
class Handed:
    """The input of this name of each of `of` fits `then`, where `given` holds."""

    of: Selector
    input: str
    then: Tests
    given: Tests
    where: Text = NOWHERE


@dataclass(frozen=True, slots=True)
class Answered:
    """The decision table answers what fits `then`, for all inputs that fit `given`."""

    table: str
    then: Tests
    given: Tests = field(default_factory=dict)
    where: Text = NOWHERE


@dataclass(frozen=True, slots=True)
class Attended:
    """Wherever a case can wait, a person or a clock goes on with it."""


Proof = Before | LeadsTo | Declared | Asked | Handed | Answered | Attended
KINDS: Mapping[str, type[Proof]] = {
    "before": Before,
    "leads_to": LeadsTo,
    "declared": Declared,
    "asked": Asked,
    "handed": Handed,
    "answered": Answered,
    "attended": Attended,
}
