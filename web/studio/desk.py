"""The migration desk: cases of earlier releases in groups, tried and moved to the release in force, and taken back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal, Text
from engine.execution.migration.plan import Plan
from engine.forms.digits import western
from engine.studio import drafts
from engine.studio.desk import choices, groups, report, runs
from engine.studio.desk.runs import Wish
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("desk", __name__, url_prefix="/desk")
TARGET = "target-"
MANY = 10**9


class NoNumber(Refusal):
    sentence = Text(
        "Say how many cases as a whole number, such as 10; found “{found}”.",
        "يُرجى كتابة عدد الملفات رقمًا صحيحًا، مثل 10؛ الموجود «{found}».",
    )


@blueprint.get("")
def shown() -> ResponseReturnValue:
    """Where cases of earlier releases stand, and what was tried and moved."""
    found = groups.groups(ihala(), actor())
    present = next((one for one in drafts.releases(ihala(), actor()) if one.status == "published"), None)
    done = report.reports(ihala(), actor())
    return render_template("studio/desk.html", groups=found, present=present, runs=done, zone=zone())


@blueprint.post("/<any(trial, move):act>")
def begin(act: str) -> ResponseReturnValue:
    """Try the move of a group, or do it."""
    start = runs.begin_trial if act == "trial" else runs.begin_move
    try:
        run_id = start(ihala(), actor(), Wish(request.form.get("group", ""), _plan(), _limit()))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return redirect(url_for(".shown"))
    return redirect(url_for(".run", run_id=run_id))


@blueprint.get("/runs/<run_id>")
def run(run_id: str) -> ResponseReturnValue:
    """How far a run is, and what came of it; of a trial with what can be chosen."""
    one = report.report(ihala(), actor(), run_id)
    standing = next((group for group in groups.groups(ihala(), actor()) if one.is_about(group)), None)
    offered = choices.choices(ihala(), actor(), run_id) if one.kind == "trial" else []
    return render_template("studio/desk_run.html", run=one, group=standing, offered=offered, zone=zone())


@blueprint.post("/runs/<run_id>/undo")
def undo(run_id: str) -> ResponseReturnValue:
    """Take a move back, of every case that nobody has touched since."""
    try:
        undo_id = runs.begin_undo(ihala(), actor(), run_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        return redirect(url_for(".run", run_id=run_id))
    return redirect(url_for(".run", run_id=undo_id))


def _plan() -> Plan:
    """What was chosen on the page of a trial; nothing on the desk itself."""
    chosen = {key.removeprefix(TARGET): value for key, value in request.form.items() if key.startswith(TARGET)}
    also = tuple(one for one in request.form.getlist("also") if one)
    return Plan({key: value for key, value in chosen.items() if value}, also, request.form.get("from_now") == "yes")


def _limit() -> int | None:
    """At most so many cases, in any digits; all of them where nothing was typed."""
    typed = western(request.form.get("limit", "").strip())
    if not typed:
        return None
    if not typed.isdecimal() or not 0 < int(typed) < MANY:
        raise NoNumber(found=typed[:20])
    return int(typed)
