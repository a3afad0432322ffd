"""The questions of a form as a page needs them: names, what was typed, errors, what a browser may reveal by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from engine.forms import Answers, Field, Form, Group, Part, Reveal, Section, Separator, Words, reveal_of
from web.plain_text import paragraphs

_NO_HTML = Markup("")


@dataclass(frozen=True, slots=True)
class Question:
    """One part of a page. `kind` is the form's kind, or `group`, `words`, `separator`.

    `state` is `shown`, or `waiting` for a browser to reveal it; `scope` leads to the item of a dynamic list it is in.
    """

    kind: str
    name: str
    label: str = ""
    hint: str = ""
    error: str = ""
    field: Field | None = None
    texts: tuple[str, ...] = ()
    typed: dict[str, str] | None = None
    options: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    html: Markup = _NO_HTML
    parts: tuple[Question, ...] = ()
    items: tuple[Item, ...] = ()
    reveal: Reveal | None = None
    scope: str = ""
    state: str = "shown"
    is_conditional: bool = False

    @property
    def text(self) -> str:
        """What was typed into a single box."""
        return self.texts[0] if self.texts else ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a dynamic list."""

    number: str
    parts: tuple[Question, ...]


def first_input(form: Form, name: str) -> str:
    """The id of the first input of a question, where links to it lead."""
    *path, key = name.split("-")
    field = form.field(f"{path[0]}.{key}" if path else key)
    if field is None or field.kind != "datetime":
        return name
    return f"{name}-{'hour' if field.subtype == 'time' else 'day'}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: in which item, under a rule that may hide it, or in something no answer was read for yet."""

    prefix: str = ""
    is_conditional: bool = False
    is_new: bool = False


class Questions:
    """Builds the parts of a page from answers as typed."""

    def __init__(self, answers: Answers, language: str, *, show_errors: bool) -> None:
        self.answers, self.language, self.show_errors = answers, language, show_errors
        self.is_untouched = not answers.typed

    def of(self, section: Section) -> tuple[Question, ...]:
        """The parts of a page, hidden ones left out unless a browser may reveal them."""
        return self._parts(section.parts, _Place(is_conditional=bool(section.hide)))

    def _parts(self, parts: Sequence[Part], place: _Place) -> tuple[Question, ...]:
        return tuple(question for part in parts if (question := self._part(part, place)) is not None)

    def _part(self, part: Part, place: _Place) -> Question | None:
        name = place.prefix + (part.key if isinstance(part, Field) else part.id)
        reveal = reveal_of(part.hide)
        is_shown = name in self.answers.shown or (place.is_new and not part.hide)
        if not is_shown and reveal is None:
            return None
        place = replace(
            place, is_conditional=place.is_conditional or bool(part.hide), is_new=place.is_new or not is_shown
        )
        question = self._of_kind(part, name, place)
        return replace(question, reveal=reveal, scope=place.prefix, state="shown" if is_shown else "waiting")

    def _of_kind(self, part: Part, name: str, place: _Place) -> Question:
        if isinstance(part, Words):
            return Question("words", name, html=paragraphs(part.text.in_(self.language)))
        if isinstance(part, Separator):
            return Question("separator", name)
        if isinstance(part, Group):
            return Question("group", name, part.title.in_(self.language), parts=self._parts(part.parts, place))
        return self._question(part, name, place)

    def _question(self, field: Field, name: str, place: _Place) -> Question:
        error = self.answers.errors.get(name)
        return Question(
            field.kind,
            name,
            field.label.in_(self.language),
            field.hint.in_(self.language),
            error.in_(self.language) if error and self.show_errors else "",
            field,
            self._texts(field, name),
            {part: self._typed(f"{name}-{part}") for part in ("day", "month", "year", "hour", "minute", "estimated")},
            tuple((option.value, option.text.in_(self.language)) for option in field.options),
            self._files(field, name),
            items=self._items(field, name, place),
            is_conditional=place.is_conditional,
        )

    def _typed(self, name: str) -> str:
        texts = self.answers.typed.get(name, ())
        return texts[0] if texts else ""

    def _texts(self, field: Field, name: str) -> tuple[str, ...]:
        if name in self.answers.typed or not self.is_untouched or field.default is None:
            return tuple(self.answers.typed.get(name, ()))
        if isinstance(field.default, bool):
            return ("true",) if field.default else ()
        return field.default if isinstance(field.default, tuple) else (field.default,)

    def _files(self, field: Field, name: str) -> tuple[tuple[str, str], ...]:
        """Files already attached: content id and name."""
        if field.kind != "filepicker":
            return ()
        known = self.answers.values.get(field.key)
        names = {str(one["id"]): str(one.get("name") or one["id"]) for one in known} if isinstance(known, list) else {}
        return tuple(
            (content_id, names[content_id]) for content_id in self.answers.typed.get(name, ()) if content_id in names
        )

    def _items(self, field: Field, name: str, place: _Place) -> tuple[Item, ...]:
        if field.kind != "dynamiclist":
            return ()
        numbers = list(dict.fromkeys(self.answers.typed.get(f"{name}-item", ()))) or (["0"] if field.required else [])
        return tuple(
            Item(
                number,
                self._parts(field.parts, _Place(f"{name}-{number}-", is_new=number == "0" and self._is_blank(name))),
            )
            for number in numbers
        )

    def _is_blank(self, name: str) -> bool:
        return f"{name}-item" not in self.answers.typed
