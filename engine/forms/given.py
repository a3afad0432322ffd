"""Typed answers, as the API and rehearsals give them, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.forms import messages
from engine.forms.answers import Moment, Unfit, typed_value
from engine.forms.model import Field
from engine.text import Text


@dataclass(frozen=True, slots=True)
class GivenAnswers:
    """Answers already typed, or in their JSON form. `prefix` leads to one item of a dynamic list, to name errors."""

    answers: Mapping[str, object]
    prefix: str = ""

    def take(self, field: Field, moment: Moment) -> object:
        """The typed value of the answer, or None; a box not mentioned is not ticked. Raises `Unfit`."""
        return typed_value(field, self.answers.get(field.key, False if field.kind == "checkbox" else None), moment)

    def items(self, field: Field) -> list[tuple[str, GivenAnswers]] | None:
        """The items of a dynamic list, each with the prefix of its names. Raises `Unfit` where it is no such list."""
        found = self.answers.get(field.key)
        if found is None:
            return None
        if not isinstance(found, list | tuple) or not all(isinstance(item, Mapping) for item in found):
            raise Unfit(messages.NO_LIST, field)
        prefixes = [f"{self.prefix}{field.key}-{n}-" for n in range(len(found))]
        return [(prefix, GivenAnswers(item, prefix)) for prefix, item in zip(prefixes, found, strict=True)] or None

    def was_asked(self, field: Field) -> bool:
        """Whoever sends typed answers knows the whole form."""
        return True

    def unknown(self, fields: Sequence[Field]) -> dict[str, Text]:
        """An error for each answer to a question that was never asked."""
        known = {field.key for field in fields}
        strange = [key for key in self.answers if key not in known]
        return {self.prefix + key: messages.about(messages.NO_QUESTION, Text(key, key)) for key in strange}
