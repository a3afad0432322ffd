"""Changing a story in words: its steps are moved, left out, put in, or done otherwise in the tasks' real forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal, Text
from engine.studio import drafts, expecting, moves, retelling, story_file
from engine.studio.playing import Play
from engine.studio.retelling import Telling
from web import language
from web.session import actor, ihala, zone
from web.studio import acting
from web.studio.acting import Asked

blueprint = Blueprint("retelling", __name__)
HELD_BACK = 422
"""The status of a page that says why something was not done."""
PLACES = ("before", "after", "instead")


@blueprint.post("/<release_id>/retelling/<path:path>")
def change(release_id: str, path: str) -> ResponseReturnValue:
    """Change the story as its page asks, and show it again at the step that was changed."""
    step = None
    try:
        step = _changed(release_id, _told(release_id, path))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
    return redirect(_story(release_id, path, step))


@blueprint.route("/<release_id>/retelling-step/<place>/<int:number>/<path:path>", methods=["GET", "POST"])
def step(release_id: str, place: str, number: int, path: str) -> ResponseReturnValue:
    """Where the story stands at a step, and what can happen there: before it, after it or instead of it.

    What is done on the page becomes the step, and leads back to the story.
    """
    one = drafts.one(ihala(), actor(), release_id)
    if place not in PLACES:
        raise NotFound
    at = number + (place == "after")
    try:
        told = _told(release_id, path)
        old = told.step(number) if place == "instead" else {}
        play = retelling.before(ihala(), actor(), release_id, told, at)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return redirect(_story(release_id, path))
    try:
        ask = _asked(play, old)
        if ask.step is not None:
            save = retelling.replace if place == "instead" else retelling.insert
            save(ihala(), actor(), release_id, told, at, ask.step)
            flash(language.gettext("The story was changed. Play it to see how it goes now."), "success")
            return redirect(_story(release_id, path, at))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        play.problem = refusal.text
        return _stepping(one, told, place, number, play, old, Asked()), HELD_BACK
    return _stepping(one, told, place, number, play, old, ask)


def _stepping(
    one: drafts.ReleaseRow, told: Telling, place: str, number: int, play: Play, old: Mapping[str, Any], ask: Asked
) -> str:
    moving = acting.moved() or moves.typed(old, play.scenery.mechanism.time_zone)
    return render_template(
        "studio/story_step.html",
        one=one,
        told=told,
        place=place,
        number=number,
        old=retelling.in_words(play, old) if old else None,
        old_text=story_file.written_step(old) if old else "",
        expectable=expecting.expectable(play, old.get("expect") or {}),
        is_closed="do" in old and retelling.choice_of(play, old) is None,
        is_expecting="expect" in old,
        **acting.shown(play, ask, moving),
    )


def _asked(play: Play, old: Mapping[str, Any]) -> Asked:
    """What the page asks for; before anything was asked, the task of the step that is changed, with its answers."""
    if acting.last("_do") == "expect":
        return Asked(expecting.expectation(request.form.to_dict(flat=False)))
    if request.method == "POST":
        return acting.asked(play)
    choice = retelling.choice_of(play, old)
    return Asked(choice=choice, typed=retelling.typed(play, choice, old) if choice else {})


def _changed(release_id: str, told: Telling) -> int | None:
    """Do what the page of the story asks; which step to look at then."""
    act, _, text = acting.last("_do").partition(":")
    number = int(text) if text.isdecimal() else 0
    who = ihala(), actor(), release_id, told
    if act in ("up", "down"):
        by = -1 if act == "up" else 1
        retelling.move(*who, number, by)
        return min(max(number + by, 1), len(told.plan.steps))
    if act == "remove":
        retelling.remove(*who, number)
        return max(number - 1, 1)
    if act == "title":
        retelling.rename(*who, Text(request.form.get("title_en", ""), request.form.get("title_ar", "")))
    elif act == "starts":
        at = moves.moment(acting.day_of("starts"), request.form.get("starts-time", ""), zone())
        retelling.start(*who, at)
    return None


def _told(release_id: str, path: str) -> Telling:
    """The story, to be saved onto the revision that the page was made of."""
    revision = acting.last("_revision")
    return retelling.telling(ihala(), actor(), release_id, path, int(revision) if revision.isdecimal() else None)


def _story(release_id: str, path: str, step: int | None = None) -> str:
    anchor = f"step-{step}" if step else None
    return url_for("studio.stories.story", release_id=release_id, path=path, _anchor=anchor)
