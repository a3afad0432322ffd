"""Roles and calendar of a release: what there is, where it is used, and what deadlines come to."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Text, holidays
from engine.clock import WEEKDAYS
from engine.forms.digits import western
from engine.studio import drafts
from engine.studio.organisation import deciding, roles, week
from engine.studio.organisation.document import Edit, Unfit
from engine.studio.organisation.week import LONGEST_DEADLINE, Week
from web import language
from web.session import actor, ihala
from web.studio import editing

blueprint = Blueprint("organisation", __name__)
USUAL_DAYS = "7"


@blueprint.get("/<release_id>/organisation")
def shown(release_id: str) -> ResponseReturnValue:
    return _page(release_id)


@blueprint.post("/<release_id>/organisation/week")
def save_week(release_id: str) -> ResponseReturnValue:
    form = request.form
    return _saved(release_id, week.changed_week(form.getlist("working_days"), form.get("closes_at", "")), "week")


@blueprint.post("/<release_id>/organisation/holidays")
def add_holiday(release_id: str) -> ResponseReturnValue:
    """A holiday that returns every year on the same date."""
    form = request.form
    name = Text(form.get("en", ""), form.get("ar", ""))
    edit = week.added_holiday(western(form.get("month", "")), western(form.get("day", "")), name)
    return _saved(release_id, edit, "holidays")


@blueprint.post("/<release_id>/organisation/holidays/<holiday_id>/remove")
def remove_holiday(release_id: str, holiday_id: str) -> ResponseReturnValue:
    return _saved(release_id, week.removed_holiday(holiday_id), "holidays")


@blueprint.post("/<release_id>/organisation/signing")
def save_signing(release_id: str) -> ResponseReturnValue:
    form = request.form
    edit = deciding.changed_signing(ihala(), form.getlist("signed_by"), form.get("signatures", ""))
    return _saved(release_id, edit, "signing")


@blueprint.post("/<release_id>/organisation/fallback")
def save_fallback(release_id: str) -> ResponseReturnValue:
    return _saved(release_id, deciding.changed_fallback(request.form.get("fallback_role", "")), "signing")


def _saved(release_id: str, edit: Edit, anchor: str) -> ResponseReturnValue:
    """Change one entry; what cannot stand is said at its question, with what was typed."""
    try:
        return editing.changed(release_id, edit, url_for(".shown", release_id=release_id, _anchor=anchor))
    except Unfit as unfit:
        return _page(release_id, unfit, anchor), 422


def _page(release_id: str, unfit: Unfit | None = None, where: str = "") -> str:
    one = drafts.one(ihala(), actor(), release_id)
    working = week.week(ihala(), actor(), release_id)
    return render_template(
        "studio/organisation.html",
        one=one,
        part="organisation",
        is_draft=one.status == "draft",
        revision=editing.revision(release_id),
        roles=roles.roles(ihala(), actor(), release_id),
        kinds=roles.kinds(ihala(), actor(), release_id),
        week=working,
        deadline=_deadline(working),
        deciding=deciding.deciding(ihala(), actor(), release_id),
        problems=editing.problems(one),
        weekdays=_weekdays(),
        months=list(enumerate(language.month_names(), 1)),
        may_announce=holidays.may_keep(ihala(), actor()),
        unfit=unfit,
        where=where,
        typed=request.form,
    )


def _deadline(working: Week) -> dict[str, Any]:
    """The deadline that is tried: from the day, so many working days; seven from today where nothing was asked."""
    typed, asked = request.args.get("from", ""), western(request.args.get("days", USUAL_DAYS).strip())
    today = ihala().clock.now().astimezone(working.calendar.zone).date()
    start, days = _day(typed) or today, int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    is_fit = 0 < days <= LONGEST_DEADLINE and (not typed or _day(typed) is not None)
    if not is_fit:
        return {"start": start, "days": asked, "is_fit": False, "most": LONGEST_DEADLINE}
    ends = working.ends(start, days)
    return {
        "start": start,
        "days": days,
        "is_fit": True,
        "ends": ends,
        "skipped": working.holidays_between(start, ends.date()),
    }


def _day(typed: str) -> date | None:
    """The day, in the years that a calendar of work can count."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


def _weekdays() -> list[tuple[str, str]]:
    """The days of the week in the page's language, as weeks are read here: from Sunday on."""
    names = list(zip(WEEKDAYS, language.weekday_names(), strict=True))
    return [names[6], *names[:6]]
