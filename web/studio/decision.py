"""Deciding on a draft: propose, take back, sign, send back, and going back to an earlier release."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import drafts, publishing, safeguards
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("decision", __name__)


@blueprint.get("/<release_id>/decision")
def shown(release_id: str) -> ResponseReturnValue:
    return _page(release_id, {})


@blueprint.post("/<release_id>/decision/<any(propose, withdraw, approve, refuse, back):act>")
def decide(release_id: str, act: str) -> ResponseReturnValue:
    """One act of deciding on a release; what was typed stands again where it cannot be done."""
    try:
        where, message = _decided(release_id, act, request.form.get("note", ""), request.form.get("waiver", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return _page(release_id, {"act": act, **request.form}), 422
    flash(message, "success")
    return redirect(url_for(".shown", release_id=where))


def _page(release_id: str, typed: dict[str, str]) -> str:
    """Where the decision stands; of what is not in force yet, which safeguards it breaks and keeps comes first.

    `typed`: the `act` that could not be done, with what was typed for it.
    """
    one, said = drafts.one(ihala(), actor(), release_id), publishing.decision(ihala(), actor(), release_id)
    is_open = one.status in ("draft", "proposed")
    proven = safeguards.proven(ihala(), drafts.files(ihala(), actor(), release_id)) if is_open else []
    about = {"said": said, "proven": proven, "typed": typed, "zone": zone()}
    return render_template("studio/decision.html", one=one, part="decision", **about)


def _decided(release_id: str, act: str, typed: str, waiver: str) -> tuple[str, str]:
    """Which release to show after the act, and what to say. A waiver counts of a signer who has ticked it."""
    if act == "propose":
        publishing.propose(ihala(), actor(), release_id, typed, waiver)
        return release_id, language.gettext("Proposed. It comes into force when those who decide have signed it.")
    if act == "withdraw":
        publishing.withdraw(ihala(), actor(), release_id)
        return release_id, language.gettext("The proposal is a draft again.")
    if act == "back":
        back = publishing.roll_back(ihala(), actor(), release_id, typed)
        return back, language.gettext("The earlier release is proposed again.")
    waived = waiver if request.form.get("waives") == "yes" else ""
    in_force = publishing.decide(ihala(), actor(), release_id, approves=act == "approve", reason=typed, waiver=waived)
    if act == "refuse":
        return release_id, language.gettext("Sent back with your reason.")
    if in_force:
        return release_id, language.gettext("The release is in force: new cases run on it from now on.")
    return release_id, language.gettext("Signed. Others still have to sign.")
