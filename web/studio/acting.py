"""What a page of a play asks to be done, read from its form; and what such a page shows of where the play stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import request

from engine import Text
from engine.forms import Answers, with_item, without_item
from engine.studio import moves
from engine.studio.choosing import Choice
from engine.studio.playing import Living, Play
from engine.studio.written_values import answered
from web import fields, language

TOKEN = "csrf_token"
"""With what begins with an underscore the inputs of the page itself, which are no answers."""
SOONEST = 5
"""Clocks that are listed; the next one may be let fire."""


@dataclass(slots=True)
class Asked:
    """What was asked: a step, or a task whose form stands open (again), with what was typed into it."""

    step: dict[str, Any] | None = None
    choice: Choice | None = None
    typed: dict[str, list[str]] = field(default_factory=dict)
    show_errors: bool = False


def last(name: str) -> str:
    """The value of an input of which the page holds one and a button may send another after it."""
    found = request.form.getlist(name)
    return found[-1] if found else ""


def asked(play: Play) -> Asked:
    """The act of the page. Raises a `Refusal` where what was typed beside it does not fit."""
    act, zone = last("_do"), play.scenery.mechanism.time_zone
    if act == "complete" or _changes_list():
        return _completing(play)
    if act == "next" and play.clocks:
        return Asked({"until": play.clocks[0].due_at.astimezone(zone).isoformat()})
    if act == "wait":
        return Asked(moves.wait(request.form.get("amount", ""), request.form.get("unit", "")))
    if act == "until":
        at = moves.moment(day_of("until"), request.form.get("until-time", ""), zone)
        return Asked(moves.until(at, play.now, zone))
    if act.startswith(("message:", "signal:")):
        kind, _, name = act.partition(":")
        return Asked(moves.sent(kind, name, request.form.get("payload", "")))
    if act.startswith("consent:"):
        _, _, purpose = act.partition(":")
        return Asked(moves.consent(purpose))
    return Asked(choice=chosen(play, last("_task")))


def chosen(play: Play, key: str) -> Choice | None:
    """The open task of that key."""
    return next((choice for choice in play.tasks if choice.key == key), None)


def day_of(name: str) -> dict[str, str]:
    """A day typed in three boxes."""
    return {part: request.form.get(f"{name}-{part}", "") for part in ("day", "month", "year")}


def moved() -> dict[str, Any]:
    """What was typed to move the clock, to stand there again where it does not fit; nothing where no one did."""
    if last("_do") not in ("wait", "until"):
        return {}
    typed = {**day_of("until"), "time": request.form.get("until-time", "")}
    return {"amount": request.form.get("amount", ""), "unit": request.form.get("unit", ""), "until": typed}


def shown(play: Play, ask: Asked, moving: dict[str, Any] | None = None) -> dict[str, Any]:
    """Where the play stands, for the template: tasks by role, the chosen one in its form, diagrams, clocks, messages.

    `moving`: what stands in the questions about the clock, which are open then.
    """
    role, zone = last("_role"), play.scenery.mechanism.time_zone
    now = play.now.astimezone(zone)
    day = {"day": now.day, "month": now.month, "year": now.year, "time": now.strftime("%H:%M")}
    tasks = [choice for choice in play.tasks if role in ("", choice.task.role)]
    choice = ask.choice or (tasks[0] if len(tasks) == 1 and ask.step is None else None)
    return {
        "play": play,
        "roles": _roles(play),
        "role": role,
        "role_titles": play.scenery.mechanism.roles,
        "purposes": play.scenery.mechanism.purposes,
        "tasks": tasks,
        "chosen": choice,
        "clocks": play.clocks[:SOONEST],
        "units": moves.UNITS,
        "living": _in_front(play, choice),
        **_form(play, choice, ask),
        "zone": zone,
        "now_there": now,
        "acting_as": last("_as"),
        "moving": moving or {"until": day},
    }


def read(play: Play, choice: Choice, typed: dict[str, list[str]]) -> Answers:
    """What was typed into the form of a task."""
    form = play.scenery.mechanism.forms[choice.task.element]
    return form.read(typed, choice.task.variables, now=play.now, zone=play.scenery.mechanism.time_zone)


def _completing(play: Play) -> Asked:
    """Complete the task with what was typed; where it does not fit, the form stands again with its errors."""
    choice, typed = chosen(play, last("_task")), _typed()
    if choice is None:
        return Asked()
    acting = {"as": last("_as")} if last("_as") else {}
    if choice.task.element not in play.scenery.mechanism.forms:
        return Asked({**answered(choice.task.element, {}), **choice.named, **acting})
    answers = read(play, choice, typed)
    if _changes_list() or not answers.is_complete:
        return Asked(choice=choice, typed=typed, show_errors=not _changes_list())
    return Asked({**answered(choice.task.element, answers.values), **choice.named, **acting})


def _form(play: Play, choice: Choice | None, ask: Asked) -> dict[str, Any]:
    """The questions of the chosen task, as typed so far, with what is wrong of it."""
    form = play.scenery.mechanism.forms.get(choice.task.element) if choice else None
    if form is None or choice is None:
        return {"questions": "", "summary": ""}
    answers, spoken = read(play, choice, ask.typed), language.current()
    questions = fields.render_form(form, answers, spoken, show_errors=ask.show_errors)
    summary = fields.render_error_summary(form, answers, spoken) if ask.show_errors else ""
    return {"questions": questions, "summary": summary}


def _roles(play: Play) -> list[tuple[str, Text, int]]:
    """The roles for which a task is open, and the one that was chosen, with how many."""
    counts: dict[str, int] = {last("_role"): 0} if last("_role") else {}
    for choice in play.tasks:
        counts[choice.task.role] = counts.get(choice.task.role, 0) + 1
    titles = play.scenery.mechanism.roles
    return [(role, titles.get(role, Text(role, role)), count) for role, count in sorted(counts.items())]


def _in_front(play: Play, choice: Choice | None) -> list[tuple[Living, bool]]:
    """The living processes; in front the one that was asked for, else that of the chosen task, else the first."""
    living, wanted = play.living, last("_show")
    element = choice.task.element if choice else ""
    of_task = next((one.process.id for one in living if element in one.active), "")
    known = {one.process.id for one in living}
    front = wanted if wanted in known else of_task or (living[0].process.id if living else "")
    return [(one, one.process.id == front) for one in living]


def _typed() -> dict[str, list[str]]:
    typed = {key: values for key, values in request.form.lists() if key != TOKEN and not key.startswith("_")}
    if added := request.form.get("_add"):
        return with_item(typed, added)
    key, _, number = request.form.get("_remove", "").rpartition("-")
    return without_item(typed, key, number) if key and number.isdecimal() else typed


def _changes_list() -> bool:
    return bool(request.form.get("_add") or request.form.get("_remove"))
