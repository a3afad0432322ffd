"""The page behind "hide now": an ordinary calendar month, and nothing of what was open."""

from __future__ import annotations

import calendar

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from web import language
from web.session import ihala, public

blueprint = Blueprint("hiding", __name__)


@blueprint.get("/calendar")
@public
def hidden() -> ResponseReturnValue:
    today = ihala().clock.now().date()
    weeks = calendar.Calendar(firstweekday=calendar.SUNDAY).monthdayscalendar(today.year, today.month)
    return render_template(
        "layout/neutral.html",
        month_name=language.month(today),
        weekdays=language.weekdays(),
        weeks=weeks,
        today=today.day,
        back_url=url_for("inbox.home"),
    )
