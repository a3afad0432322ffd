"""Steps that could not be done, for those who operate Ihala: try again, go on without, or mark as dealt with."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import engine.incidents as stuck
import engine.skipping
from engine import NotAllowed, NotFound, Refusal, retrying, value_changes
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("incidents", __name__, url_prefix="/administration/incidents")


@blueprint.get("")
def incidents() -> ResponseReturnValue:
    rows, changes = stuck.incidents(ihala(), actor()), value_changes.proposed(ihala(), actor())
    return render_template("administration/incidents.html", rows=rows, changes=changes, zone=zone())


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


@blueprint.get("/<incident_id>/skip")
def skipping(incident_id: str) -> ResponseReturnValue:
    """What the operation should have answered, to be declared in its place."""
    operation = engine.skipping.skippable(ihala(), actor(), incident_id)
    return render_template("administration/skip.html", incident_id=incident_id, operation=operation, typed={})


@blueprint.post("/<incident_id>/skip")
def skip(incident_id: str) -> ResponseReturnValue:
    typed = request.form.to_dict()
    outputs = {name.removeprefix("output:"): value for name, value in typed.items() if name.startswith("output:")}
    try:
        engine.skipping.skip(ihala(), actor(), incident_id, outputs, typed.get("reason", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        operation = engine.skipping.skippable(ihala(), actor(), incident_id)
        page = render_template("administration/skip.html", incident_id=incident_id, operation=operation, typed=typed)
        return page, 422
    flash(language.gettext("Done. The case went on, and the incident is resolved."), "success")
    return _list()


@blueprint.post("/<incident_id>/dismissal")
def dismiss(incident_id: str) -> ResponseReturnValue:
    retrying.dismiss(ihala(), actor(), incident_id)
    flash(language.gettext("Marked as dealt with."), "success")
    return _list()


def _list() -> Response:
    return redirect(url_for(".incidents"))
