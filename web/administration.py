"""Organisations, the people in them, their roles, and resets of passwords."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, Refusal, Text, accounts, administration, notices
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("")
def organisations() -> ResponseReturnValue:
    return render_template(
        "administration/organisations.html",
        rows=administration.organisations(ihala(), actor()),
        waiting=len(accounts.resets(ihala(), actor())),
    )


@blueprint.get("/organisations/<organisation_id>")
def organisation(organisation_id: str) -> ResponseReturnValue:
    return _organisation(organisation_id)


@blueprint.post("/organisations/<organisation_id>/people")
def add_person(organisation_id: str) -> ResponseReturnValue:
    """A new person in a role; a second administrator then approves the code for the first password."""
    form = request.form
    try:
        administration.create_account(
            ihala(), actor(), organisation_id, form.get("role", ""), form.get("sign_in_name", ""), form.get("name", "")
        )
    except Refusal as refusal:
        return _organisation(organisation_id, refusal), 422
    flash(language.gettext("Added. A second administrator now approves the code for the first password."))
    return redirect(url_for(".organisation", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/roles")
def grant_role(organisation_id: str) -> ResponseReturnValue:
    role, account_id = request.form.get("role", ""), request.form.get("account", "")
    administration.grant_role(ihala(), actor(), account_id, organisation_id, role)
    flash(language.gettext("The role is given."))
    return redirect(url_for(".organisation", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/roles/<membership_id>/end")
def revoke_role(organisation_id: str, membership_id: str) -> ResponseReturnValue:
    administration.revoke_role(ihala(), actor(), membership_id)
    flash(language.gettext("The role has ended."))
    return redirect(url_for(".organisation", organisation_id=organisation_id))


@blueprint.post("/organisations/<organisation_id>/people/<account_id>/<any(lock, unlock, reset):act>")
def change_account(organisation_id: str, account_id: str, act: str) -> ResponseReturnValue:
    """Lock somebody out, let them in again, or ask for a new password for them."""
    if act == "reset":
        accounts.request_reset(ihala(), actor(), account_id)
        flash(language.gettext("Asked. A second administrator now approves it."))
    else:
        administration.set_disabled(ihala(), actor(), account_id, act == "lock")
        flash(language.gettext("Locked out.") if act == "lock" else language.gettext("Let in again."))
    return redirect(url_for(".organisation", organisation_id=organisation_id))


@blueprint.get("/resets")
def resets() -> ResponseReturnValue:
    return render_template("administration/resets.html", rows=accounts.resets(ihala(), actor()), zone=zone(), code="")


@blueprint.post("/resets/<reset_id>")
def approve_reset(reset_id: str) -> ResponseReturnValue:
    """The code is shown this once, to be handed over in person."""
    code = accounts.approve_reset(ihala(), actor(), reset_id)
    return render_template("administration/resets.html", rows=accounts.resets(ihala(), actor()), zone=zone(), code=code)


@blueprint.get("/messages")
def messages() -> ResponseReturnValue:
    """What would be sent by e-mail, in the demonstration."""
    if not actor().holds("administrator"):
        raise NotAllowed(expected=Text("administrators", "مديري النظام"))
    rows = notices.demonstration_mail(ihala(), actor())
    return render_template("administration/messages.html", rows=rows, zone=zone())


def _organisation(organisation_id: str, refusal: Refusal | None = None) -> str:
    view = administration.organisation(ihala(), actor(), organisation_id)
    return render_template(
        "administration/organisation.html",
        view=view,
        refusal=refusal.text if refusal else None,
        typed=request.form,
    )
