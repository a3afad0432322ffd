"""What the engine refuses, each a sentence in both languages: what was expected, what was found, who can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.text import Text

Severity = Literal["cannot_run", "not_publishable", "advice"]


class Refusal(Exception):
    """Something the engine will not do. `text` says why; it carries ids, never names, answers or places."""

    sentence: ClassVar[Text] = Text("This cannot be done.", "لا يمكن تنفيذ ذلك.")

    def __init__(self, **values: object) -> None:
        self.values = values
        self.text = self.sentence.format(**values)
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file of the mechanism, said so that a person who has never programmed can mend it.

    `severity`: `cannot_run` is refused at load everywhere; `not_publishable` blocks proposing a release; `advice`
    blocks nothing.
    `element` is the author's id, or empty where the whole file is meant. `code` names the rule of the checker.
    """

    severity: Severity
    file: str
    element: str
    text: Text
    mend: Text
    code: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.element or '-'}: {self.text.en} {self.mend.en}"


class CannotRun(Refusal):
    """The files hold something that would not do what it shows."""

    sentence = Text(
        "The mechanism cannot run: {count} problem(s) found.",
        "لا يمكن تشغيل الآلية: عدد المشكلات {count}.",
    )

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(count=len(problems))
        self.problems = list(problems)

    def __str__(self) -> str:
        return "\n".join([self.text.en, *map(str, self.problems)])
