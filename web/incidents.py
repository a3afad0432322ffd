"""Steps that could not be done, for those who operate Ihala: try again, or mark as dealt with."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import engine.incidents as stuck
from engine import NotAllowed, NotFound, Refusal, retrying
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("incidents", __name__, url_prefix="/administration/incidents")


@blueprint.get("")
def incidents() -> ResponseReturnValue:
    return render_template("administration/incidents.html", rows=stuck.incidents(ihala(), actor()), zone=zone())


@blueprint.post("/<incident_id>/retry")
def retry(incident_id: str) -> ResponseReturnValue:
    """Where it fails once more, the reason stands on the list again."""
    try:
        retrying.retry(ihala(), actor(), incident_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return _list()
    flash(language.gettext("Done. The incident is resolved."), "success")
    return _list()


@blueprint.post("/<incident_id>/dismissal")
def dismiss(incident_id: str) -> ResponseReturnValue:
    retrying.dismiss(ihala(), actor(), incident_id)
    flash(language.gettext("Marked as dealt with."), "success")
    return _list()


def _list() -> Response:
    return redirect(url_for(".incidents"))
