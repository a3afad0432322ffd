"""Goes through a form in order, hiding what its rules hide, and gathers answers, errors and what was never asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.forms import messages
from engine.forms.answers import Moment, Unfit, check, missing
from engine.forms.model import NO_WORDS, Field, Group, Part, Section, fields_of
from engine.forms.schema import MOST_ITEMS
from engine.forms.visibility import is_hidden
from engine.text import Text


class Source(Protocol):
    """Where answers come from: a page, or a caller that has them typed."""

    def take(self, field: Field, moment: Moment) -> object: ...
    def items(self, field: Field) -> Sequence[tuple[str, Source]] | None: ...
    def was_asked(self, field: Field) -> bool: ...
    def unknown(self, fields: Sequence[Field]) -> Mapping[str, Text]: ...


@dataclass(slots=True)
class Walk:
    """One pass. Names in `errors`, `shown` and `unasked` lead from the top of the form: `children-0-age`."""

    moment: Moment
    values: dict[str, object] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    unasked: list[str] = field(default_factory=list)
    scope: dict[str, object] = field(default_factory=dict)
    prefix: str = ""
    item: Text = NO_WORDS
    """Which item of which list this pass is in, for the sentences of its errors."""

    def sections(self, sections: Sequence[Section], source: Source, variables: Mapping[str, object]) -> None:
        """Walk the whole form. A question not answered yet is null to the rules that follow it."""
        fields = [one for section in sections for one in section.fields]
        self.scope = {**variables, **{one.key: None for one in fields}}
        for section in sections:
            if not is_hidden(section.hide, self.scope, self.moment.local):
                self.shown.add(section.id)
                self._parts(section.parts, source, is_conditional=bool(section.hide))
        self.errors |= source.unknown(fields)

    def _parts(self, parts: Sequence[Part], source: Source, *, is_conditional: bool) -> None:
        for part in parts:
            if is_hidden(part.hide, self.scope, self.moment.local):
                continue
            conditional = is_conditional or bool(part.hide)
            if isinstance(part, Field):
                self.shown.add(self.prefix + part.key)
                self._field(part, source, is_conditional=conditional)
                continue
            self.shown.add(self.prefix + part.id)
            if isinstance(part, Group):
                self._parts(part.parts, source, is_conditional=conditional)

    def _field(self, field: Field, source: Source, *, is_conditional: bool) -> None:
        if is_conditional and not source.was_asked(field):
            self.unasked.append(self.prefix + field.key)
            return
        try:
            value = self._items(field, source) if field.kind == "dynamiclist" else source.take(field, self.moment)
            if field.kind != "dynamiclist":
                check(field, value, self.moment)
        except Unfit as unfit:
            self.errors[self.prefix + field.key] = self._said(unfit.text)
            return
        if value is not None:
            self.values[field.key] = value
        self.scope[field.key] = value

    def _said(self, sentence: Text) -> Text:
        return Text("{item}: {text}", "{item}: {text}").format(item=self.item, text=sentence) if self.item else sentence

    def _items(self, field: Field, source: Source) -> list[dict[str, object]] | None:
        items = source.items(field)
        if not items:
            if field.required:
                raise missing(field)
            return None
        if len(items) > MOST_ITEMS:
            raise Unfit(messages.TOO_MANY_ITEMS, field, limit=MOST_ITEMS)
        return [self._item(field, prefix, item, number) for number, (prefix, item) in enumerate(items, start=1)]

    def _item(self, field: Field, prefix: str, source: Source, number: int) -> dict[str, object]:
        fields = list(fields_of(field.parts))
        inside = Walk(self.moment, errors=self.errors, shown=self.shown, unasked=self.unasked, prefix=prefix)
        inside.item = Text("{label} {n}", "{label} {n}").format(label=field.label, n=number)
        inside.scope = {**self.scope, **{one.key: None for one in fields}}
        inside._parts(field.parts, source, is_conditional=False)
        self.errors |= source.unknown(fields)
        return inside.values
