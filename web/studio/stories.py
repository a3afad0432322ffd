"""The stories of a draft: which go as told, playing those that were not played yet, and each of them step by step."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import drafts, stories
from web.session import actor, ihala, zone
from web.studio.refusing import refused

blueprint = Blueprint("stories", __name__)


@blueprint.get("/<release_id>/stories")
def shown(release_id: str) -> ResponseReturnValue:
    """Which stories go as told. `play`: go on playing by itself where scripts run."""
    one, rows = drafts.one(ihala(), actor(), release_id), stories.stories(ihala(), actor(), release_id)
    goes_on = request.args.get("play") == "on" and any(not row.is_played for row in rows)
    return render_template("studio/stories.html", one=one, part="stories", rows=rows, goes_on=goes_on)


@blueprint.get("/<release_id>/stories/<path:path>")
def story(release_id: str, path: str) -> ResponseReturnValue:
    """One story: its steps, where it goes otherwise, what it takes."""
    one, found = drafts.one(ihala(), actor(), release_id), stories.story(ihala(), actor(), release_id, path)
    return render_template("studio/story.html", one=one, part="stories", story=found, zone=zone())


@blueprint.post("/<release_id>/stories/<path:path>")
def again(release_id: str, path: str) -> ResponseReturnValue:
    """Play one story, and show how it goes now."""
    try:
        stories.play_again(ihala(), actor(), release_id, path)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    return redirect(url_for(".story", release_id=release_id, path=path))


@blueprint.post("/<release_id>/stories")
def play(release_id: str) -> ResponseReturnValue:
    """Play for two seconds and show how far it is."""
    try:
        left = stories.play_some(ihala(), actor(), release_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    return redirect(url_for(".shown", release_id=release_id, play="on" if left else None))
