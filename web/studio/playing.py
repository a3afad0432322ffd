"""Playing a release by hand in the studio: what was done so far travels with the page, nothing of it is kept."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal, Text
from engine.forms import Answers, Form, with_item, without_item
from engine.rehearsal.views import WaitingTask
from engine.studio import drafts, playing
from engine.studio.playing import Play
from web import fields, language
from web.session import actor, ihala, zone
from web.studio.refusing import say

blueprint = Blueprint("playing", __name__)
OWN = ("csrf_token", "steps", "starts", "process", "do", "task", "at", "message", "_add", "_remove")
"""Inputs of the page itself, which are no answers."""


@blueprint.get("/<release_id>/play")
def begin(release_id: str) -> ResponseReturnValue:
    """Choose what to play."""
    one = drafts.one(ihala(), actor(), release_id)
    try:
        known = playing.processes(ihala(), actor(), release_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return redirect(url_for("studio.releases.shown", release_id=release_id))
    return render_template("studio/play_begin.html", one=one, part="play", processes=known)


@blueprint.post("/<release_id>/play")
def play(release_id: str) -> ResponseReturnValue:
    """One act of the play: complete a task, let the next clock fire, send a message, step back, save as a story."""
    one, act = drafts.one(ihala(), actor(), release_id), request.form.get("do", "")
    steps: list[dict[str, Any]] = json.loads(request.form.get("steps") or "[]")
    if act == "back":
        steps = steps[:-1]
    before = _played(release_id, steps)
    if act == "fire" and before.clocks:
        steps = [*steps, {"until": before.clocks[0].due_at.isoformat()}]
    elif act == "send":
        steps = [*steps, {"send": {"message": request.form.get("message", "")}}]
    elif act == "complete":
        return _completing(one, before, steps)
    elif act == "save":
        return _saving(one, before)
    return _shown(one, before if act in ("", "back") else _played(release_id, steps))


def _completing(one: drafts.ReleaseRow, before: Play, steps: list[dict[str, Any]]) -> ResponseReturnValue:
    """Complete the task with what was typed; where it does not fit, the form stands again with its errors."""
    task = next((task for task in before.tasks if task.element == request.form.get("task")), None)
    if task is None:
        return _shown(one, before)
    form, typed = before.rehearsal.mechanism.forms.get(task.element), _typed()
    if form is None:
        return _shown(one, _played(one.id, [*steps, playing.answered(task.element, {})]))
    answers = _read(form, task, typed, before)
    if _changes_list() or not answers.is_complete:
        return _shown(one, before, task, answers, show_errors=not _changes_list())
    return _shown(one, _played(one.id, [*steps, playing.answered(task.element, answers.values)]))


def _saving(one: drafts.ReleaseRow, before: Play) -> ResponseReturnValue:
    name, title = request.form.get("name", "").strip(), request.form.get("title", "").strip()
    try:
        path = playing.save_as_story(ihala(), actor(), one.id, before, Text(title, title), name)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        say(refusal)
        return _shown(one, before)
    flash(language.gettext("Saved as a story of the draft."), "success")
    return redirect(url_for("studio.files.shown", release_id=one.id, path=path))


def _shown(
    one: drafts.ReleaseRow,
    play: Play,
    task: WaitingTask | None = None,
    answers: Answers | None = None,
    *,
    show_errors: bool = False,
) -> str:
    """The play as it stands, with the form of the task that was chosen, or of the only one there is."""
    chosen = task or next((one for one in play.tasks if one.element == request.form.get("at")), None)
    if chosen is None and len(play.tasks) == 1:
        chosen = play.tasks[0]
    form = play.rehearsal.mechanism.forms.get(chosen.element) if chosen else None
    questions = summary = ""
    if form is not None and chosen is not None:
        read = answers or _read(form, chosen, {}, play)
        questions = fields.render_form(form, read, language.current(), show_errors=show_errors)
        summary = fields.render_error_summary(form, read, language.current()) if show_errors else ""
    here = [position for position in play.positions() if position.process_id == _process_of(play, chosen)]
    mechanism = play.rehearsal.mechanism
    return render_template(
        "studio/play.html",
        one=one,
        part="play",
        play=play,
        chosen=chosen,
        questions=questions,
        summary=summary,
        steps=json.dumps(play.steps),
        diagram=mechanism.processes[_process_of(play, chosen)],
        active=" ".join(position.element for position in here if position.active),
        passed=" ".join(position.element for position in here if position.completed),
        roles=mechanism.roles,
        zone=zone(),
    )


def _process_of(play: Play, chosen: WaitingTask | None) -> str:
    """The process whose diagram is shown: that of the chosen task, else the one that was begun."""
    for process in play.rehearsal.mechanism.processes.values():
        if chosen is not None and chosen.element in process.elements:
            return process.id
    return play.process.id


def _played(release_id: str, steps: list[dict[str, Any]]) -> Play:
    said = request.form.get("starts")
    starts = datetime.fromisoformat(said) if said else ihala().clock.now()
    return playing.played(ihala(), actor(), release_id, request.form.get("process", ""), starts, steps)


def _read(form: Form, task: WaitingTask, typed: dict[str, list[str]], play: Play) -> Answers:
    return form.read(typed, task.variables, now=play.now, zone=play.rehearsal.mechanism.time_zone)


def _typed() -> dict[str, list[str]]:
    typed = {key: values for key, values in request.form.lists() if key not in OWN}
    if added := request.form.get("_add"):
        return with_item(typed, added)
    key, _, number = request.form.get("_remove", "").rpartition("-")
    return without_item(typed, key, number) if key and number.isdecimal() else typed


def _changes_list() -> bool:
    return bool(request.form.get("_add") or request.form.get("_remove"))
