"""A form: read what was typed, accept typed answers, and part them into process variables and case record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import Problem, Refusal
from engine.forms import profile
from engine.forms.ages import PartialDate, age_band, age_on
from engine.forms.answers import Moment
from engine.forms.given import GivenAnswers
from engine.forms.model import Field, Section
from engine.forms.schema import DIALECT, plain, schema_of
from engine.forms.source import sections_of
from engine.forms.typed import Typed, TypedAnswers, as_typed
from engine.forms.walk import Walk
from engine.text import Text


class FormProblem(Refusal):
    """The file is no form at all; what a form may not hold is said by `Form.problems`."""

    sentence = Text(
        "A form must be a form-js file: a JSON object with a list `components`. Found: {found}. "
        "The process owner can mend the file.",
        "يجب أن يكون النموذج ملف form-js: كائن JSON يتضمن القائمة `components`. الموجود: {found}. "
        "يمكن لمسؤول الإجراءات تصحيح الملف.",
    )


class FormErrors(Refusal):
    """Some answers do not fit; `errors` says for each question what to enter, in form order."""

    sentence = Text("{count} answer(s) need correction.", "إجابات تحتاج إلى تصحيح: {count}.")

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__(count=len(errors))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed and what it means. Names of `errors`, `shown` and `unasked` lead from the top: `children-0-age`.

    `unasked` are questions that became visible by these answers and were not on the page: show the page once more.
    """

    typed: Typed
    values: Mapping[str, object]
    errors: Mapping[str, Text]
    shown: frozenset[str]
    unasked: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the form can be accepted as it is."""
        return not self.errors and not self.unasked


@dataclass(frozen=True, slots=True)
class Accepted:
    """Answers that fit: the coded ones that diagrams and tables may see, and all of them for the case record."""

    variables: Mapping[str, object]
    record: Mapping[str, object]


class Form:
    """One form of the mechanism, immutable. `now` is aware; `zone` is the mechanism's, in which people write times."""

    def __init__(self, source: Mapping[str, object], file: str = "") -> None:
        self.source, self.file = source, file
        self.id = str(source.get("id") or "")
        self.sections: tuple[Section, ...] = sections_of(source)
        self.fields: list[Field] = [field for section in self.sections for field in section.fields]

    @classmethod
    def load(cls, content: bytes, file: str = "") -> Form:
        """The form in the file. Raises `FormProblem` where it is none; `file` is the name that problems carry."""
        try:
            source = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise FormProblem(found=type(error).__name__) from error
        if not isinstance(source, dict) or not isinstance(source.get("components"), list):
            raise FormProblem(found=type(source).__name__)
        return cls(source, file)

    def problems(self) -> list[Problem]:
        """What of the file is outside the form profile, in file order."""
        return profile.problems(self.source, self.file, self.sections)

    def field(self, key: str) -> Field | None:
        """The question of that key, or None; `children.age` names a question of a dynamic list."""
        return self._by_key.get(key)

    def read(
        self,
        posted: Typed,
        variables: Mapping[str, object],
        *,
        now: datetime,
        zone: ZoneInfo,
        files: Mapping[str, Mapping[str, object]] | None = None,
    ) -> Answers:
        """What was typed into a page, as typed values with an error for each answer that does not fit; never raises.

        `files`: for each content id a page may name, its `name`, `size` and `type` as the storage knows them.
        """
        walk = Walk(Moment(now, zone))
        walk.sections(self.sections, TypedAnswers(posted, files or {}), variables)
        return Answers(posted, walk.values, walk.errors, frozenset(walk.shown), tuple(walk.unasked))

    def accept(
        self, answers: Mapping[str, object], variables: Mapping[str, object], *, now: datetime, zone: ZoneInfo
    ) -> Accepted:
        """Check typed answers (or their JSON form) and part them. Drops what is hidden. Raises `FormErrors`."""
        moment = Moment(now, zone)
        walk = Walk(moment)
        walk.sections(self.sections, GivenAnswers(answers), variables)
        if walk.errors:
            raise FormErrors(walk.errors)
        return Accepted(variables_of(self.fields, walk.values, moment.today), dict(walk.values))

    def as_typed(self, values: Mapping[str, object], *, now: datetime, zone: ZoneInfo) -> dict[str, list[str]]:
        """Answers as a person would have typed them, to show them again."""
        return as_typed(self.fields, values, Moment(now, zone))

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of the typed answers."""
        return {"$schema": DIALECT, "$id": f"urn:ihala:form:{self.id}", **plain(schema_of(self.fields))}

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        inner = {f"{field.key}.{one.key}": one for field in self.fields for one in field.fields}
        return {field.key: field for field in self.fields} | inner


def variables_of(fields: Sequence[Field], values: Mapping[str, object], today: date) -> dict[str, object]:
    """The coded answers, and the age for a birth date. No answer is null, so that every expression finds its name."""
    variables: dict[str, object] = {}
    for field in fields:
        value = values.get(field.key)
        if field.becomes == "age":
            variables |= _age(value, today)
        elif field.kind == "dynamiclist" and not field.grant and any(one.is_variable for one in field.fields):
            items = value if isinstance(value, list) else []
            variables[field.key] = [variables_of(field.fields, item, today) for item in items]
        elif field.is_variable:
            variables[field.key] = value
    return variables


def _age(value: object, today: date) -> dict[str, object]:
    born = PartialDate.parse(value) if isinstance(value, str) else value
    if not isinstance(born, date | PartialDate):
        return {"age": None, "age_band": None, "age_estimated": None}
    age = age_on(born, today)
    return {"age": Decimal(age), "age_band": age_band(age), "age_estimated": isinstance(born, PartialDate)}
