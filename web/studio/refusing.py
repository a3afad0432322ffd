"""What cannot be done in the studio is said on its page; attempts at what is not one's own are written down here."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal
from engine.studio import attempts
from web import errors, language
from web.session import actor, ihala


def refused(refusal: Refusal, release_id: str) -> ResponseReturnValue:
    """Back to the release, with why."""
    say(refusal)
    return redirect(url_for("studio.releases.shown", release_id=release_id))


def say(refusal: Refusal) -> None:
    """Say it above the next page."""
    attempts.note(ihala(), actor(), refusal, request.endpoint or "")
    flash(language.words(refusal.text), "error")


def page(refusal: Refusal) -> ResponseReturnValue:
    """A page of its own, for what no page of the studio has said."""
    attempts.note(ihala(), actor(), refusal, request.endpoint or "")
    return errors.refused(refusal)
