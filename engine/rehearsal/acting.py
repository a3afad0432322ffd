"""Who completes a task of a rehearsal: somebody who is named, or somebody suitable."""

from __future__ import annotations

from dataclasses import dataclass

from engine import execution
from engine.errors import Refusal
from engine.execution import Element
from engine.rehearsal.views import Instance, WaitingTask
from engine.text import Text


class NotInRole(Refusal):
    """Somebody acted who does not hold the task's role, or the second person was the first."""

    sentence = Text(
        "Task '{task}' belongs to {expected}; {found} may not complete it.",
        "المهمة '{task}' من اختصاص {expected}؛ لا يجوز أن ينجزها {found}.",
    )


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: a role, inside an organisation (any where empty), as one person."""

    role: str
    organisation: str = ""
    person: str = ""


def person_for(task: WaitingTask, one: Instance, element: Element, acting: Acting | None) -> str:
    """The person who completes the task: the one who acts, or somebody suitable where nobody is named."""
    first = one.completed_by.get(element.not_by or "")
    if acting is None:
        return f"{task.role}-2" if first == f"{task.role}-1" else f"{task.role}-1"
    right_role = not task.role or acting.role == task.role
    right_place = not task.organisation or not acting.organisation or acting.organisation == task.organisation
    person = acting.person or f"{acting.role}-1"
    if not (right_role and right_place) or (first is not None and person == first):
        expected = f"{task.role} {task.organisation}".strip() + (f" (not {first})" if first else "")
        raise NotInRole(task=task.element, expected=expected, found=f"{acting.role} {acting.organisation}".strip())
    return person


def begin_clocks(live: execution.Instance, purposes: set[str]) -> None:
    """Tasks that a consent to one of these purposes has let go are to be done from now on."""
    for task in live.tasks if purposes else []:
        if task.element.purpose in purposes:
            live.rearm(task.id)
