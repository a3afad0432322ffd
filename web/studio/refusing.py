"""What cannot be done is said on the page of the release."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engine import Refusal
from web import language


def refused(refusal: Refusal, release_id: str) -> ResponseReturnValue:
    """Back to the release, with why."""
    flash(language.words(refusal.text), "error")
    return redirect(url_for("studio.releases.shown", release_id=release_id))
