"""Releases and drafts of the mechanism: the list, one of them with its files and problems, its files as an archive."""

from __future__ import annotations

import io
import zipfile

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import authors, drafts, safeguards
from web import language
from web.session import actor, ihala, zone
from web.studio.refusing import refused

blueprint = Blueprint("releases", __name__)


@blueprint.get("")
def every() -> ResponseReturnValue:
    """Every release, what waits for a decision, and one's own drafts."""
    rows = drafts.releases(ihala(), actor())
    return render_template("studio/releases.html", rows=rows, zone=zone())


@blueprint.post("/<release_id>/drafts")
def start(release_id: str) -> ResponseReturnValue:
    try:
        draft_id = drafts.start(ihala(), actor(), release_id, request.form.get("title", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    flash(language.gettext("The draft is yours. Nothing you do in it touches running cases."), "success")
    return redirect(url_for(".shown", release_id=draft_id))


@blueprint.get("/<release_id>")
def shown(release_id: str) -> ResponseReturnValue:
    """What the release or draft consists of, and what is wrong with it."""
    one = drafts.one(ihala(), actor(), release_id)
    files = drafts.file_list(ihala(), actor(), release_id)
    about = {"files": files, "zone": zone(), "authors": authors.authors(ihala(), actor(), release_id)}
    if one.status == "draft":
        about["problems"] = safeguards.problems(ihala(), drafts.files(ihala(), actor(), release_id))
    return render_template("studio/overview.html", one=one, part="overview", **about)


@blueprint.post("/<release_id>/discard")
def discard(release_id: str) -> ResponseReturnValue:
    drafts.discard(ihala(), actor(), release_id)
    flash(language.gettext("The draft is gone."), "success")
    return redirect(url_for(".every"))


@blueprint.get("/<release_id>/whole.zip")
def whole(release_id: str) -> ResponseReturnValue:
    """All files of the release in one archive, for git or another tool."""
    one = drafts.one(ihala(), actor(), release_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in drafts.files(ihala(), actor(), release_id).items():
            archive.writestr(path, content)
    headers = {"Content-Disposition": f'attachment; filename="release-{one.number}.zip"'}
    return Response(packed.getvalue(), mimetype="application/zip", headers=headers)
