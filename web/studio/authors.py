"""Who works on a draft: inviting other process owners, and taking an invitation back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import authors
from web import language
from web.session import actor, ihala
from web.studio.refusing import refused

blueprint = Blueprint("authors", __name__)


@blueprint.post("/<release_id>/authors")
def invite(release_id: str) -> ResponseReturnValue:
    try:
        authors.invite(ihala(), actor(), release_id, request.form.get("account", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    flash(language.gettext("Invited. Whoever works on a draft never signs it."), "success")
    return redirect(url_for("studio.releases.shown", release_id=release_id, _anchor="authors"))


@blueprint.post("/<release_id>/authors/<account_id>/end")
def take_back(release_id: str, account_id: str) -> ResponseReturnValue:
    try:
        authors.take_back(ihala(), actor(), release_id, account_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    flash(language.gettext("The invitation is taken back."), "success")
    return redirect(url_for("studio.releases.shown", release_id=release_id, _anchor="authors"))
