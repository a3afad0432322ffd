"""Tells people what came to them and what was taken from them: a kind and a case number, here and by e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.persistence import Row, notice_rows
from engine.persistence.visible import NEW
from engine.step import Step
from engine.waiting import Opened

WITHDRAWN = "withdrawn"
VALUE_CHANGED = "value_changed"


def announce(step: Step, opened: Iterable[Opened]) -> None:
    """Tell everybody in the seat of each new open item, but not whoever brought it about."""
    for one in opened:
        is_claimed = step.case.revision == 0 and one.place.role == step.doer.role
        if one.status == "open" and not is_claimed:
            _tell(step, NEW, one.place.organisation_id, one.place.role, one.task.element.id, one.task.id)


def announce_withdrawal(step: Step, items: Iterable[Row[Any]]) -> None:
    """Tell the receivers whose open items rested on a consent that was withdrawn."""
    for item in items:
        _tell(step, WITHDRAWN, item.organisation_id, item.role, item.element, None)


def announce_value_change(step: Step) -> None:
    """Tell those who answer for the whole case that a value of it was changed by hand."""
    for organisation, role in sorted({(place, role) for role, place in step.world.stands().team}):
        if step.charter.sight(role) == "case":
            _tell(step, VALUE_CHANGED, organisation, role, "", None)


def _tell(step: Step, kind: str, organisation_id: str, role: str, element: str, item_id: str | None) -> None:
    people = step.world.staffing.people_in(organisation_id, role)
    others = [one for one in people if one.id != step.doer.account_id]
    notice_rows.tell(step.tx, others, kind, step.now, step.case.id, element, item_id)
