"""All page families, and what the frame of every page shows: menu, who is signed in, notices."""

from __future__ import annotations

from flask import Flask, g, request, url_for

from engine import Actor, worklist
from engine.holidays import may_keep
from engine.studio.people import may_open
from web import (
    administration,
    cases,
    corrections,
    hiding,
    holidays,
    inbox,
    incidents,
    monitoring,
    notices,
    shelters,
    signin,
    starts,
    studio,
    tasks,
    value_changes,
)
from web.language import gettext, words
from web.session import ihala

FAMILIES = (
    signin,
    inbox,
    tasks,
    starts,
    cases,
    corrections,
    shelters,
    notices,
    administration,
    incidents,
    value_changes,
    holidays,
    studio,
    hiding,
    monitoring,
)


PLACES = {
    "incidents": "administration",
    "value_changes": "administration",
    "corrections": "cases",
    "tasks": "inbox",
    "starts": "inbox",
}
"""Page families that stand under the menu entry of another."""


def register(app: Flask) -> None:
    for family in FAMILIES:
        app.register_blueprint(family.blueprint)
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    demonstration: dict[str, object] = {
        "is_demonstration": not ihala().settings.production,
        "home_url": url_for("inbox.home"),
    }
    who: Actor | None = g.get("actor")
    if who is None:
        return demonstration
    counts = worklist.counts(ihala(), who)
    organisations = {one.organisation_id: one.organisation for one in who.memberships}
    return {
        **demonstration,
        "navigation": _menu(who, counts.team, bool(counts.overdue)),
        "account": {"name": who.name, "organisation": words(next(iter(organisations.values()), ""))},
        "notices": {"href": url_for("notices.notices"), "count": counts.notices},
        "sign_out_url": url_for("signin.sign_out"),
        "password_url": url_for("signin.change_password"),
        "holidays_url": url_for("holidays.every") if may_keep(ihala(), who) else "",
        "hide_url": url_for("hiding.hidden"),
    }


def _menu(who: Actor, waiting: int, is_pressing: bool) -> list[dict[str, object]]:
    """What this person can open: no entry leads nowhere."""
    entries = [
        ("inbox", gettext("Inbox"), url_for("inbox.home"), True),
        ("cases", gettext("Cases"), url_for("cases.case_list"), True),
        ("shelters", gettext("Shelters"), url_for("shelters.shelter_list"), shelters.is_for(who)),
        ("studio", gettext("Mechanism"), url_for("studio.releases.every"), may_open(ihala(), who)),
        (
            "administration",
            gettext("Administration"),
            url_for("administration.organisations"),
            who.holds("administrator"),
        ),
    ]
    family = (request.blueprint or "").partition(".")[0]
    return [
        {
            "text": text,
            "href": href,
            "current": name == PLACES.get(family, family),
            "count": waiting if name == "inbox" else None,
            "is_pressing": is_pressing,
        }
        for name, text, href, is_shown in entries
        if is_shown
    ]
