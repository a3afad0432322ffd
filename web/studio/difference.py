"""What is different between two releases, in words, and marked on both diagrams."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.studio import difference, drafts
from web.session import actor, ihala

blueprint = Blueprint("difference", __name__)


@blueprint.get("/<release_id>/difference")
def shown(release_id: str) -> ResponseReturnValue:
    """What is different from another release: the one it was started from, or any that is chosen."""
    one, rows = drafts.one(ihala(), actor(), release_id), drafts.releases(ihala(), actor())
    others = [row for row in rows if row.id != release_id]
    wanted = request.args.get("with", "")
    chosen = next((row for row in others if row.id == wanted), None) or _base(one, others)
    changes, drawn = {}, {}
    if chosen is not None:
        drawn = {row.id: drafts.files(ihala(), actor(), row.id) for row in (chosen, one)}
        changes = difference.between(drawn[chosen.id], drawn[one.id])
    about = {"others": others, "chosen": chosen, "changes": changes, "drawn": drawn}
    return render_template("studio/difference.html", one=one, part="difference", **about)


def _base(one: drafts.ReleaseRow, others: list[drafts.ReleaseRow]) -> drafts.ReleaseRow | None:
    """The release it was started from; of the first none."""
    return next((row for row in others if row.number == one.base_number), None)
