"""What a form is made of: sections, groups, words and fields, each with its texts in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.text import Text

Kind = Literal[
    "textfield",
    "textarea",
    "number",
    "datetime",
    "checkbox",
    "checklist",
    "radio",
    "select",
    "dynamiclist",
    "filepicker",
]
Classification = Literal["identifying", "sensitive", "operational", "statistical"]
Subtype = Literal["date", "time", "datetime"]

NO_WORDS = Text("")

CODED: frozenset[str] = frozenset({"checkbox", "checklist", "radio", "select", "number", "datetime"})
"""Kinds whose answer says nothing that could name a person, unless the field is classified as identifying."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: the value that is kept and the words a person reads."""

    value: str
    text: Text

    def __iter__(self) -> Iterator[object]:
        return iter((self.value, self.text))


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer must keep to (`validate` in the file)."""

    least: Decimal | None = None
    most: Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    form: Literal["email", "phone"] | None = None
    decimal_digits: int | None = None
    not_future: bool = False
    not_past: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `hide` is FEEL without its `=`, or empty; `fields` are the questions of one item of a list."""

    key: str
    kind: Kind
    label: Text
    hint: Text = NO_WORDS
    options: tuple[Option, ...] = ()
    required: bool = False
    classification: Classification = "identifying"
    section: str = ""
    hide: str = ""
    limits: Limits = Limits()
    subtype: Subtype = "date"
    precision: Literal["day", "year", "estimated"] = "day"
    becomes: Literal["", "age"] = ""
    happened: bool = False
    grant: str = ""
    identity: bool = False
    match: str = ""
    fields: tuple[Field, ...] = ()
    parts: tuple[Part, ...] = ()
    default: str | bool | tuple[str, ...] | None = None
    accept: tuple[str, ...] = ()
    multiple: bool = False
    prefix: Text = NO_WORDS
    suffix: Text = NO_WORDS

    @property
    def is_variable(self) -> bool:
        """Whether the answer becomes a process variable: coded, identifying nobody, under no grant of its own."""
        return self.kind in CODED and self.classification != "identifying" and not self.grant

    def option(self, value: object) -> Option | None:
        """The option of that value, or None."""
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together under one title: a fieldset."""

    id: str
    title: Text
    parts: tuple[Part, ...]
    hide: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Text between questions: instructions, sources, warnings."""

    id: str
    text: Text
    hide: str = ""


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between questions."""

    id: str
    hide: str = ""


Part = Field | Group | Words | Separator


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form. A short form has a single section without a title."""

    id: str
    title: Text
    parts: tuple[Part, ...]
    hide: str = ""

    @property
    def fields(self) -> list[Field]:
        """The questions of this page in the order they stand."""
        return list(fields_of(self.parts))


def fields_of(parts: tuple[Part, ...]) -> Iterator[Field]:
    """The questions among the parts, in order, those of groups too; questions of a dynamic list stay inside it."""
    for part in parts:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Group):
            yield from fields_of(part.parts)
