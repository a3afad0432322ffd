"""The list of safeguards: what every release must keep, its versions, and proposing and signing a new one."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import safeguarding
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("safeguards", __name__, url_prefix="/safeguards")


@blueprint.get("")
def shown() -> ResponseReturnValue:
    return _page()


@blueprint.get("/<int:number>/safeguards.toml")
def raw(number: int) -> ResponseReturnValue:
    """One version as it is written."""
    history = safeguarding.overview(ihala(), actor()).history
    version = next((one for one in history if one.number == number), None)
    if version is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="safeguards-{number}.toml"'}
    return Response(version.content, mimetype="text/plain", headers=headers)


@blueprint.post("/<any(propose, withdraw, approve, refuse):act>")
def decide(act: str) -> ResponseReturnValue:
    """One act on the list; what was typed stands again where it cannot be done."""
    try:
        message = _decided(act)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return _page(request.form.get("note", ""), _sent().decode("utf-8", "replace")), 422
    flash(message, "success")
    return redirect(url_for(".shown"))


def _decided(act: str) -> str:
    """What to say after the act."""
    note = request.form.get("note", "")
    if act == "propose":
        safeguarding.propose(ihala(), actor(), _sent(), note)
        return language.gettext("The new list is proposed. It comes into force when two other people have signed it.")
    if act == "withdraw":
        safeguarding.withdraw(ihala(), actor())
        return language.gettext("The new list is taken back. The one in force stands.")
    if safeguarding.decide(ihala(), actor(), approves=act == "approve", reason=note):
        return language.gettext("The new list is in force: every draft must keep it from now on.")
    if act == "refuse":
        return language.gettext("Sent back with your reason.")
    return language.gettext("Signed. Another person still has to sign.")


def _page(note: str = "", typed: str = "") -> str:
    said = safeguarding.overview(ihala(), actor())
    text = typed or (said.in_force.content.decode() if said.in_force else "")
    return render_template("studio/safeguards.html", said=said, text=text, typed=note, zone=zone())


def _sent() -> bytes:
    """What was uploaded, else what was typed; browsers send line ends of their own."""
    uploaded = request.files.get("upload")
    if uploaded is not None and uploaded.filename:
        return bytes(uploaded.read())
    return request.form.get("content", "").replace("\r\n", "\n").encode("utf-8")
