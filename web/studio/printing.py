"""A release on paper: A3, with what is different, the drawings before and after, and room to sign."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine.studio import publishing
from engine.studio.printed import printed
from web.session import actor, ihala, zone

blueprint = Blueprint("printing", __name__)


@blueprint.get("/<release_id>/print")
def shown(release_id: str) -> ResponseReturnValue:
    said = publishing.decision(ihala(), actor(), release_id)
    paper = printed(ihala(), actor(), release_id)
    now = ihala().clock.now()
    return render_template("studio/print.html", paper=paper, one=paper.release, said=said, now=now, zone=zone())
