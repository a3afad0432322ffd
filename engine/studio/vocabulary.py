"""What the forms of a mechanism call questions and answers, for values that are met elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.forms import Field, Form
from engine.studio.words import plain_words
from engine.text import Text


class Vocabulary:
    """Words for the names and values of variables. Where several forms use a name, the first one's words stand."""

    def __init__(self, forms: Iterable[Form]) -> None:
        fields = [one for form in sorted(forms, key=lambda one: one.id) for one in _all(form.fields)]
        self._fields: Mapping[str, Field] = {field.key: field for field in reversed(fields)}
        self._options: Mapping[str, Text] = {
            option.value: option.text for field in reversed(fields) for option in field.options
        }

    def question(self, path: str) -> Text:
        """What is asked where an answer of that name is given; the name itself where no form asks it."""
        field = self._field(path)
        return field.label if field is not None else Text(path, path)

    def options(self, path: str, value: object) -> tuple[tuple[str, Text], ...]:
        """The answers that a question of that name offers, if `value` is one of them."""
        field = self._field(path)
        found = field.options if field is not None and field.option(value) is not None else ()
        return tuple((option.value, option.text) for option in found)

    def _field(self, path: str) -> Field | None:
        """The question of that name, or the one whose answers are several of them: `service` of `services`."""
        name = path.rpartition(".")[2]
        return self._fields.get(name) or self._fields.get(f"{name}s")

    def answer(self, path: str, value: object) -> Text:
        """A value in words, by the question of its name, else by any that offers it."""
        option = next((text for key, text in self.options(path, value) if key == value), None)
        return option or self._options.get(str(value)) or plain_words(value)


def _all(fields: Iterable[Field]) -> Iterable[Field]:
    for field in fields:
        yield field
        yield from field.fields
