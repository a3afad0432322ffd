"""Beginning something new: a search first, so that nobody is referred twice, then the first task."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, Text, cases, matching
from web.session import actor, ihala

blueprint = Blueprint("starts", __name__, url_prefix="/new")


@blueprint.get("")
def starts() -> ResponseReturnValue:
    """What one may begin, each with its search."""
    return render_template("starts/starts.html", starts=cases.may_start(ihala(), actor()))


@blueprint.post("/search")
def search() -> ResponseReturnValue:
    """Search before create: the answer is always the same; a match becomes a task for the coordinator alone."""
    _may_start_something()
    query = {key: request.form.get(key, "").strip() for key in ("name", "known_as", "document", "phone")}
    matching.search_before_create(ihala(), actor(), query)
    return render_template("starts/searched.html", starts=cases.may_start(ihala(), actor()))


@blueprint.post("/<process_id>")
def begin(process_id: str) -> ResponseReturnValue:
    item_id = cases.open_case(ihala(), actor(), process_id)
    if item_id is None:
        return redirect(url_for("inbox.home"))
    return redirect(url_for("tasks.task", item_id=item_id))


def _may_start_something() -> None:
    if not cases.may_start(ihala(), actor()):
        raise NotAllowed(expected=Text("those who may open a case", "من يجوز لهم فتح ملف"))
