"""Cases: the list of those one serves, and each with its steps, diagram, timeline, record, team and clocks."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import CaseView, DiagramView, NotFound, Text, case_page, cases, consents, correction_page, teams
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
PARTS = ("overview", "diagram", "timeline", "record", "team", "reads")


@blueprint.get("")
def case_list() -> ResponseReturnValue:
    status = "closed" if request.args.get("status") == "closed" else "open"
    page = cases.case_list(ihala(), actor(), status=status, after=request.args.get("after"))
    return render_template("cases/list.html", page=page, status=status, now=ihala().clock.now(), zone=zone())


@blueprint.get("/<case_id>")
@blueprint.get("/<case_id>/<any(diagram, timeline, record, team, reads):part>")
def case(case_id: str, part: str = "overview") -> ResponseReturnValue:
    """One part of the case; the read is journalled before anything is shown."""
    view = case_page.case_view(ihala(), actor(), case_id)
    wanted = request.args.get("process", "")
    diagram = _chosen(view.diagrams, wanted)
    return render_template(
        f"cases/{part}.html",
        view=view,
        part=part,
        diagram=diagram,
        correctable=correction_page.correctable(ihala(), actor(), case_id) if part == "record" else (),
        candidates=_candidates(view) if part == "team" else {},
        now=ihala().clock.now(),
        zone=zone(),
    )


@blueprint.get("/<case_id>/diagrams/<process_id>.bpmn")
def diagram_file(case_id: str, process_id: str) -> ResponseReturnValue:
    """The diagram as its author drew it, for the viewer in the page."""
    view = case_page.case_view(ihala(), actor(), case_id)
    for one in view.diagrams:
        if one.process_id == process_id:
            return Response(one.xml, mimetype="application/xml")
    raise NotFound


@blueprint.post("/<case_id>/consents/<purpose>/withdrawal")
def withdraw(case_id: str, purpose: str) -> ResponseReturnValue:
    consents.withdraw_consent(ihala(), actor(), case_id, purpose, request.form.get("reason", "").strip())
    flash(language.gettext("The withdrawal is recorded. Tasks that rested on this consent are cancelled."))
    return redirect(url_for(".case", case_id=case_id, part="team"))


@blueprint.post("/<case_id>/team")
def reassign(case_id: str) -> ResponseReturnValue:
    role, organisation = request.form.get("role", ""), request.form.get("organisation", "")
    teams.reassign(ihala(), actor(), case_id, role, organisation, request.form.get("reason", "").strip())
    flash(language.gettext("The team has changed."))
    if actor().holds(role):  # the case may no longer be one's own to see
        return redirect(url_for(".case_list"))
    return redirect(url_for(".case", case_id=case_id, part="team"))


def _candidates(view: CaseView) -> dict[str, list[tuple[str, Text]]]:
    """For each role of the team the other organisations that could take it."""
    if not view.may_reassign or view.status != "open":
        return {}
    found = {one.role: teams.candidates(ihala(), actor(), view.id, one.role) for one in view.team}
    present = {(one.role, one.organisation_id) for one in view.team}
    return {role: [one for one in rows if (role, one[0]) not in present] for role, rows in found.items()}


@blueprint.post("/<case_id>/happenings/<happening_id>")
def report(case_id: str, happening_id: str) -> ResponseReturnValue:
    """Something that may happen at any moment has happened."""
    followed = cases.report_happening(ihala(), actor(), case_id, happening_id)
    for sentence in followed.sentences:
        flash(language.words(sentence))
    return redirect(url_for(".case", case_id=case_id))


def _chosen(diagrams: list[DiagramView], wanted: str) -> DiagramView | None:
    """The diagram asked for, else the innermost in which something waits: outer ones are too large to read."""
    asked = next((one for one in diagrams if one.process_id == wanted), None)
    waiting = [one for one in diagrams if one.active]
    return asked or next(reversed(waiting or diagrams), None)
