"""Notices: what one should know, without a word of a case but its number."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import engine.notices as told
from web.session import actor, ihala, zone

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("")
def notices() -> ResponseReturnValue:
    rows = told.notices(ihala(), actor(), after=request.args.get("after"))
    return render_template("notices/notices.html", rows=rows, zone=zone())


@blueprint.post("/read")
def mark_read() -> ResponseReturnValue:
    told.mark_read(ihala(), actor(), request.form.getlist("notice"))
    return redirect(url_for(".notices"))
