"""Playing a release by hand in the studio: what was done so far travels with the page, nothing of it is kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal, Text
from engine.studio import carrying, drafts, keeping, moves, playing, start_data
from engine.studio.carrying import Plan
from engine.studio.playing import Play
from web import language
from web.session import actor, ihala, zone
from web.studio import acting
from web.studio.acting import Asked
from web.studio.refusing import say

blueprint = Blueprint("playing", __name__)
HELD_BACK = 422
"""The status of a page that says why something was not done."""


@blueprint.get("/<release_id>/play")
def begin(release_id: str) -> ResponseReturnValue:
    """Choose what to play, and when it begins."""
    one = drafts.one(ihala(), actor(), release_id)
    try:
        known = playing.startable(ihala(), actor(), release_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return redirect(url_for("studio.releases.shown", release_id=release_id))
    now = ihala().clock.now().astimezone(zone())
    return render_template("studio/play_begin.html", one=one, part="play", startable=known, now=now)


@blueprint.post("/<release_id>/play")
def play(release_id: str) -> ResponseReturnValue:
    """One act of the play: begin it, take a step, step back to any earlier one, save it as a story."""
    one = drafts.one(ihala(), actor(), release_id)
    try:
        if "_play" not in request.form:
            return _beginning(one)
        plan = carrying.unpacked(request.form["_play"])
        act, _, number = acting.last("_do").partition(":")
        if act == "back":
            plan = plan.until(int(number) if number.isdecimal() else len(plan.steps) - 1)
        before = playing.played(ihala(), actor(), release_id, plan)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        say(refusal)
        return redirect(url_for(".begin", release_id=release_id))
    return _saving(one, before) if act == "save" else _acting(one, before)


def _beginning(one: drafts.ReleaseRow) -> ResponseReturnValue:
    """Ask for what the process is given, where it is given anything, and begin."""
    process_id, _, node = request.form.get("begin", "").partition(":")
    stage = playing.opened(ihala(), actor(), one.id)
    process = stage.mechanism.processes.get(process_id)
    beginning = next((known for known in process.beginnings if known.node == node), None) if process else None
    if process is None or beginning is None:
        raise NotFound
    starts = moves.moment(acting.day_of("starts"), request.form.get("starts-time", ""), stage.mechanism.time_zone)
    questions = start_data.questions(stage, drafts.files(ihala(), actor(), one.id), process_id)
    carries = beginning.kind in ("message", "signal")
    typed = {question.path: request.form.get(question.path, "") for question in questions}
    about: dict[str, Any] = {"one": one, "part": "play", "process": process, "beginning": beginning, "carries": carries}
    if (questions or carries) and "given" not in request.form:
        return render_template("studio/play_given.html", **about, questions=questions, typed=None)
    try:
        variables = start_data.given(questions, typed, request.form.get("further", ""))
        payload = start_data.lines(request.form.get("payload", ""))
    except Refusal as refusal:
        say(refusal)
        return render_template("studio/play_given.html", **about, questions=questions, typed=typed), HELD_BACK
    plan = Plan(process_id, starts, variables, "" if beginning.kind == "none" else node, payload)
    return _shown(one, playing.played_with(stage, plan), Asked())


def _acting(one: drafts.ReleaseRow, before: Play) -> ResponseReturnValue:
    """Take the step that the page asks for, and show where it leads to."""
    try:
        ask = acting.asked(before)
    except Refusal as refusal:
        before.problem = refusal.text
        return _shown(one, before, Asked(), acting.moved()), HELD_BACK
    if ask.step is None:
        return _shown(one, before, ask)
    return _shown(one, playing.played_with(before.scenery, before.plan.then(ask.step)), Asked())


def _saving(one: drafts.ReleaseRow, before: Play) -> ResponseReturnValue:
    title = Text(request.form.get("title_en", ""), request.form.get("title_ar", ""))
    try:
        path = keeping.save_as_story(ihala(), actor(), one.id, before, title, request.form.get("name", "").strip())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        before.problem = refusal.text
        return _shown(one, before, Asked()), HELD_BACK
    flash(language.gettext("Saved as a story of the draft."), "success")
    return redirect(url_for("studio.stories.story", release_id=one.id, path=path))


def _shown(one: drafts.ReleaseRow, play: Play, ask: Asked, moving: dict[str, Any] | None = None) -> str:
    saving = {name: request.form.get(name, "") for name in ("title_en", "title_ar", "name")}
    shown = acting.shown(play, ask, moving)
    return render_template("studio/play.html", one=one, packed=play.plan.packed(), saving=saving, **shown)
