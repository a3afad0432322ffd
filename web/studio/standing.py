"""Where cases stand, of one release or of all: heat on the diagrams, the same as a table, and a step with its cases."""

from __future__ import annotations

from collections.abc import Set

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.studio import drafts, standing
from engine.studio.periods import LAST_DAYS, NOW, Period, PeriodUnfit, between, last
from engine.studio.standing import Standing
from web import language
from web.session import actor, ihala, zone
from web.studio.heat import SHOWS, SORTS, Heat, heat, in_order

ASKED = ("process", "period", "from", "to", "heat", "sort")
"""What the address of the page may ask for."""

blueprint = Blueprint("standing", __name__)


@blueprint.get("/cases")
@blueprint.get("/<release_id>/cases")
def shown(release_id: str | None = None) -> ResponseReturnValue:
    """Where the cases of a release stand, or those of all releases together."""
    one = drafts.one(ihala(), actor(), release_id) if release_id else None
    period, status = _period()
    found = standing.standing(ihala(), actor(), release_id, request.args.get("process", ""), period)
    shows = _chosen("heat", SHOWS.keys() - ({"passed"} if period.since is None else set()))
    sort = _chosen("sort", SORTS.keys() | {"name"})
    asked = {name: value for name in ASKED if (value := request.args.get(name))}
    hot = heat(found.steps, shows)
    page = render_template(
        "studio/cases.html",
        one=one,
        part="cases",
        found=found,
        period=period,
        days=LAST_DAYS,
        shows=shows,
        sort=sort,
        asked=asked,
        steps=in_order(found.steps, sort),
        legend=hot.legend,
        marks=_drawn(release_id, found, hot),
        zone=zone(),
    )
    return page, status


@blueprint.get("/cases/<process_id>/<element>")
@blueprint.get("/<release_id>/cases/<process_id>/<element>")
def step(process_id: str, element: str, release_id: str | None = None) -> ResponseReturnValue:
    """One step: its figures, and the cases there that this account sees anyway."""
    one = drafts.one(ihala(), actor(), release_id) if release_id else None
    after = request.args.get("after")
    found = standing.cases_at(ihala(), actor(), release_id, process_id, element, after)
    about = {"process_id": process_id, "element": element, "now": ihala().clock.now(), "zone": zone()}
    return render_template("studio/step_cases.html", one=one, found=found, **about)


def _period() -> tuple[Period, int]:
    """What the address asks for, and the status to answer with; dates that do not fit are said, and now is shown."""
    asked, now = request.args.get("period", "now"), ihala().clock.now()
    if asked in {str(days) for days in LAST_DAYS}:
        return last(int(asked), now), 200
    if asked != "dates":
        return NOW, 200
    try:
        return between(request.args.get("from", ""), request.args.get("to", ""), zone(), now), 200
    except PeriodUnfit as refusal:
        flash(language.words(refusal.text), "error")
        return NOW, 422


def _chosen(name: str, known: Set[str]) -> str:
    asked = request.args.get(name, "")
    return asked if asked in known else "waiting"


def _drawn(release_id: str | None, found: Standing, hot: Heat) -> dict[str, dict[str, object]]:
    """What the diagram writes on its steps, and where a click leads."""
    if found.chosen is None:
        return {}
    process_id = found.chosen.process_id
    return {
        element: {
            "text": mark.text,
            "level": mark.level,
            "href": url_for(".step", release_id=release_id, process_id=process_id, element=element),
        }
        for element, mark in hot.marks.items()
    }
