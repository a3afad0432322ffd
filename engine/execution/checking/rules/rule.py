"""A rule of the checker, and one place where a file breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import Problem, Severity
from engine.text import Text

Value = str | int | Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that breaks the rule `code`; `values` fill the rule's sentences."""

    code: str
    element: str
    values: Mapping[str, Value]


def found(code: str, element: str, **values: Value) -> Finding:
    """A finding at an author's element."""
    return Finding(code, element, values)


@dataclass(frozen=True, slots=True)
class Rule:
    """`text` says what is wrong and `mend` what to do, to a person who has never programmed."""

    code: str
    severity: Severity
    text: Text
    mend: Text

    def problem(self, file: str, finding: Finding) -> Problem:
        values = {"element": finding.element, **finding.values}
        return Problem(
            self.severity, file, finding.element, self.text.format(**values), self.mend.format(**values), self.code
        )


def cannot_run(code: str, text: Text, mend: Text) -> Rule:
    """A rule whose breach makes a diagram do something else than it shows: refused wherever it is loaded."""
    return Rule(code, "cannot_run", text, mend)


def not_publishable(code: str, text: Text, mend: Text) -> Rule:
    """A rule that must hold before a release is proposed; a rehearsal runs without it."""
    return Rule(code, "not_publishable", text, mend)


def advice(code: str, text: Text, mend: Text) -> Rule:
    """Something worth a second look, which blocks nothing."""
    return Rule(code, "advice", text, mend)
