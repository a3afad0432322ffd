"""A condition of a draft, read back in both languages while it is written."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.studio import drafts
from engine.studio.reading import read_back
from engine.studio.variables import variables_of
from web.session import actor, ihala

blueprint = Blueprint("reading", __name__)


@blueprint.post("/<release_id>/reading/<path:path>")
def read(release_id: str, path: str) -> ResponseReturnValue:
    """The sentence of a condition in the diagram at the path, or what of it cannot be read."""
    files = drafts.files(ihala(), actor(), release_id)
    known = variables_of(files, path) if path in files else []
    said = read_back(request.form.get("expression", ""), known)
    return {"en": said.text.en, "ar": said.text.ar, "is_readable": said.is_readable}
