"""The port of the operations: what they may ask or change, for one case, inside one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from engine.errors import Refusal
from engine.text import Text

Values = Mapping[str, object]


class World(Protocol):
    """What an operation may ask or change, for one case, inside one transaction. Ids are text; times aware UTC."""

    def now(self) -> datetime: ...
    def decide(self, decision: str, inputs: Values) -> object: ...

    def shelters(self) -> Sequence[Mapping[str, object]]:
        """Open shelters with their profile, `shelter` (organisation id) and `free_beds`."""

    def reserve_bed(self, shelter: str, until: datetime) -> str | None:
        """The bed now reserved for this case, locked against everybody else; None where no bed is free."""

    def occupy_bed(self, shelter: str) -> str | None:
        """The bed this case had reserved in the shelter, now occupied; None where it has lapsed and no bed is free."""

    def release_bed(self, shelter: str | None) -> int: ...

    def providers(self, service: str) -> Sequence[Mapping[str, object]]:
        """Organisations with a valid agreement for the service: profile and `provider` (organisation id)."""

    def team(self) -> Mapping[str, str]: ...
    def join_team(self, role: str, organisation: str, reason: str) -> None: ...
    def leave_team(self, role: str, organisation: str | None, reason: str) -> int: ...
    def candidates(self, role: str) -> Sequence[str]:
        """Organisations with an active person in that role, nearest first."""

    def consent(self, purpose: str, state: str, by: str, reason: str) -> None: ...
    def tell(self, role: str, notice: str, element: str) -> int:
        """Write a content-free notice for those who hold the role in this case's team; how many people were told."""

    def forget_person(self) -> None:
        """Destroy the case's key and everything that could name the person, in this transaction."""

    def keep_figures(self, figures: Values) -> None:
        """Coded figures about the case, for statistics: never identifying, never free text."""

    def possible_matches(self) -> int: ...
    def close_case(self, reason: str, archive_on: date | None, anonymise_on: date | None) -> None: ...


IN_THE_DIRECTORY = Text("an organisation of the directory", "جهة من جهات الدليل")


class OperationFailed(Refusal):
    """An operation could not do its work; an error boundary event of this code may catch it."""

    sentence = Text(
        "The operation at {element} could not be done: {reason}. Expected: {expected}. "
        "The process owner can mend the diagram.",
        "تعذّر تنفيذ العملية عند {element}: {reason}. المتوقع: {expected}. يمكن لمسؤول الإجراءات تصحيح المخطط.",
    )

    def __init__(self, code: str, element: str = "", reason: object = "", expected: object = "") -> None:
        super().__init__(element=element, reason=reason, expected=expected)
        self.code = code
