"""Where the cases of a release stand: figures on its diagrams, and as a list."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.studio import drafts, standing
from web.session import actor, ihala, zone

blueprint = Blueprint("standing", __name__)


@blueprint.get("/<release_id>/cases")
def shown(release_id: str) -> ResponseReturnValue:
    """Where the cases of the release stand: figures on the diagram and as a list."""
    one = drafts.one(ihala(), actor(), release_id)
    count, rows = standing.standing(ihala(), actor(), release_id)
    wanted = request.args.get("process", "")
    chosen = next((row for row in rows if row.process_id == wanted), rows[0] if rows else None)
    now = ihala().clock.now()
    about = {"count": count, "rows": rows, "chosen": chosen, "now": now, "zone": zone()}
    return render_template("studio/cases.html", one=one, part="cases", **about)
