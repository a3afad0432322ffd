"""Holidays announced for a date: nothing is done before it is said how many running deadlines it concerns."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal, Text, holidays
from engine.holidays import Choice, CountChanged, Effect, Holiday
from web import language
from web.session import actor, ihala, zone

blueprint = Blueprint("holidays", __name__, url_prefix="/holidays")
UNKNOWN_DAY = date.min
"""What is no date: the engine says which it expects."""


@blueprint.get("")
def every() -> ResponseReturnValue:
    """Every announced holiday, and a form for a new one."""
    return _page()


@blueprint.post("")
def announce() -> ResponseReturnValue:
    """First what it would do to running deadlines is shown, with the choice; then it is done."""
    form = request.form
    name = Text(form.get("en", ""), form.get("ar", ""))
    wish = Holiday(_day(form.get("day", "")), name, form.get("reason", ""), form.get("source", ""))
    try:
        if not form.get("choice"):
            return _asked(holidays.effect_of_announcing(ihala(), actor(), wish), url_for(".announce"), wish.day)
        done = holidays.announce(ihala(), actor(), wish, _choice())
    except (NotAllowed, NotFound):
        raise
    except CountChanged as refusal:
        flash(language.words(refusal.text), "error")
        return _asked(holidays.effect_of_announcing(ihala(), actor(), wish), url_for(".announce"), wish.day), 409
    except Refusal as refusal:
        return _page(refusal), 422
    return _done(language.gettext("Announced."), done)


@blueprint.post("/<day>/end")
def take_back(day: str) -> ResponseReturnValue:
    """Take an announced holiday back, in the same two steps."""
    found, address = _day(day), url_for(".take_back", day=day)
    try:
        if not request.form.get("choice"):
            return _asked(holidays.effect_of_taking_back(ihala(), actor(), found), address, found)
        done = holidays.take_back(ihala(), actor(), found, _choice())
    except CountChanged as refusal:
        flash(language.words(refusal.text), "error")
        return _asked(holidays.effect_of_taking_back(ihala(), actor(), found), address, found), 409
    return _done(language.gettext("Taken back."), done)


def _done(said: str, done: Effect) -> ResponseReturnValue:
    moved = language.ngettext(
        "%(num)s running deadline was moved.", "%(num)s running deadlines were moved.", done.deadlines
    )
    flash(f"{said} {moved}", "success")
    return redirect(url_for(".every"))


def _page(refusal: Refusal | None = None) -> str:
    rows = holidays.holidays(ihala(), actor())
    return render_template("holidays/holidays.html", rows=rows, refusal=refusal, typed=request.form, zone=zone())


def _asked(effect: Effect, address: str, day: date) -> str:
    kept = {name: request.form.get(name, "") for name in ("day", "en", "ar", "reason", "source")}
    return render_template("holidays/choice.html", effect=effect, address=address, day=day, kept=kept)


def _choice() -> Choice:
    counted = request.form.get("counted", "")
    return Choice(request.form["choice"] == "move", int(counted) if counted.isdecimal() and len(counted) < 10 else -1)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return UNKNOWN_DAY
