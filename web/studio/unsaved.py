"""What is drawn and not saved yet: kept every few changes, offered when the file is opened again, or forgotten."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.studio import unsaved
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("unsaved", __name__)


@blueprint.post("/<release_id>/unsaved/<path:path>")
def keep(release_id: str, path: str) -> ResponseReturnValue:
    """Keep what stands in the modeler; when that was, in the words of the page."""
    content, revision = request.form.get("content", ""), int(request.form.get("revision") or 0)
    at = unsaved.keep(ihala(), actor(), release_id, path, content.encode("utf-8"), revision)
    return {"at": language.moment(at, zone())}


@blueprint.post("/<release_id>/unsaved/forgotten/<path:path>")
def forget(release_id: str, path: str) -> ResponseReturnValue:
    unsaved.forget(ihala(), actor(), release_id, path)
    flash(language.gettext("What was not saved is forgotten; the file is as it was saved."), "success")
    return redirect(url_for("studio.files.shown", release_id=release_id, path=path))
