"""What stories take of a release and what none takes: in figures, on the diagrams, and as a list."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.studio import coverage, drafts, stories
from web.session import actor, ihala

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/<release_id>/coverage")
def shown(release_id: str) -> ResponseReturnValue:
    """Figures of every process and table."""
    one, found = drafts.one(ihala(), actor(), release_id), coverage.coverage(ihala(), actor(), release_id)
    return render_template("studio/coverage.html", one=one, part="coverage", found=found)


@blueprint.get("/<release_id>/coverage/<process_id>")
def process(release_id: str, process_id: str) -> ResponseReturnValue:
    """One process: what all stories take of it, or what one `story` does."""
    one, path = drafts.one(ihala(), actor(), release_id), request.args.get("story", "")
    story = stories.story(ihala(), actor(), release_id, path) if path else None
    found = story.takes if story else coverage.coverage(ihala(), actor(), release_id)
    about = {"found": found, "chosen": found.process(process_id), "story": story.row if story else None}
    return render_template("studio/coverage_process.html", one=one, part="coverage", **about)
