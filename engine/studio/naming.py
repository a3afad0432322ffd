"""The names that the files of a release give to elements, roles and purposes, read without loading what runs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from engine.clock import WorkingCalendar, calendar_in
from engine.forms import Form, FormProblem
from engine.studio.parts import ProcessParts
from engine.studio.vocabulary import Vocabulary
from engine.text import Text
from engine.wording import weekday_and_moment


class Words:
    """What people call what a story names by its id."""

    def __init__(self, processes: Sequence[ProcessParts], files: Mapping[str, bytes]) -> None:
        self._names = {one: name for process in processes for one, name in process.names.items()}
        self._roles = {one: name for process in processes for one, name in process.roles.items()}
        self._files = files
        self._forms = {path.rpartition("/")[2].removesuffix(".form"): path for path in files if path.endswith(".form")}
        self._settings = _settings(files.get("mechanism.toml", b""))
        self.calendar: WorkingCalendar = calendar_in(self._settings)

    def element(self, element: object) -> Text:
        return self._names.get(str(element), Text(str(element), str(element)))

    def role(self, role: object, element: str) -> Text:
        """What people call a role, or where none is given the role in whose lane the element stands."""
        if role is None:
            return self._roles.get(element, Text(""))
        return self._titled("roles", str(role))

    def purpose(self, purpose: str) -> Text:
        return self._titled("purposes", purpose)

    def moment(self, at: datetime) -> Text:
        return weekday_and_moment(at, self.calendar.zone)

    def form(self, task: str) -> Form | None:
        """The form of a task, if it has one that can be read."""
        return _form(self._files[self._forms[task]]) if task in self._forms else None

    def answer(self, path: str, value: object) -> Text:
        """A value in the words of the forms, by the question of its name, else by any that offers it."""
        return self._vocabulary.answer(path, value)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(form for task in self._forms if (form := self.form(task)))

    def _titled(self, table: str, name: str) -> Text:
        found = self._settings.get(table, {}).get(name)
        return (
            Text(str(found.get("en", name)), str(found.get("ar", ""))) if isinstance(found, dict) else Text(name, name)
        )


def _settings(content: bytes) -> Mapping[str, Any]:
    """`mechanism.toml`; nothing where it cannot be read, which its problems say."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}


@lru_cache(maxsize=500)
def _form(content: bytes) -> Form | None:
    try:
        return Form.load(content)
    except FormProblem:
        return None
