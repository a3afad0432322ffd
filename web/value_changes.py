"""Changing a value of a case by hand: one operator proposes it from an incident, another one decides on the list."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import engine.value_changes as changes
from engine import NotAllowed, NotFound, Refusal
from web import language
from web.session import actor, ihala

blueprint = Blueprint("value_changes", __name__, url_prefix="/administration")


@blueprint.get("/incidents/<incident_id>/value-change")
def proposing(incident_id: str) -> ResponseReturnValue:
    """The names of the case's variables, and what a new value needs."""
    return _page(incident_id, {})


@blueprint.post("/incidents/<incident_id>/value-change")
def propose(incident_id: str) -> ResponseReturnValue:
    typed = request.form.to_dict()
    scope, _, name = typed.get("variable", "").partition("#")
    name = typed.get("other", "").strip() or name
    try:
        changes.propose(ihala(), actor(), incident_id, scope, name, typed.get("value", ""), typed.get("reason", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return _page(incident_id, typed), 422
    flash(language.gettext("Proposed. The change is made when another operator approves it."), "success")
    return _list()


@blueprint.post("/value-changes/<change_id>/approval")
def approve(change_id: str) -> ResponseReturnValue:
    """Where the step cannot be done, the reason stands on the list of incidents."""
    try:
        changes.approve(ihala(), actor(), change_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return _list()
    flash(language.gettext("The value was changed. What had stopped there can be tried again."), "success")
    return _list()


@blueprint.post("/value-changes/<change_id>/refusal")
def decline(change_id: str) -> ResponseReturnValue:
    changes.decline(ihala(), actor(), change_id)
    flash(language.gettext("The proposal is gone; nothing was changed."), "success")
    return _list()


def _page(incident_id: str, typed: dict[str, str]) -> str:
    scopes = changes.changeable(ihala(), actor(), incident_id)
    return render_template("administration/value_change.html", scopes=scopes, typed=typed)


def _list() -> Response:
    return redirect(url_for("incidents.incidents"))
