"""The inbox: what waits for me and my team, what is overdue, what I have done."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Counts, Filters, InboxView, Page, Priority, cases, worklist
from web.session import actor, ihala, zone

blueprint = Blueprint("inbox", __name__)
FILTERED = ("case", "priority", "organisation", "process")
VIEWS: tuple[InboxView, ...] = ("mine", "team", "overdue", "open", "done")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """One's own tasks first; where there are none, those of the team."""
    counts = worklist.counts(ihala(), actor())
    return redirect(url_for("inbox.inbox", view="mine" if counts.mine else "team"))


@blueprint.get("/inbox/<any(mine, team, overdue, open, done):view>")
def inbox(view: str) -> ResponseReturnValue:
    chosen = cast(InboxView, view)
    page = worklist.inbox(ihala(), actor(), chosen, after=request.args.get("after"), filters=_filters())
    found = worklist.counts(ihala(), actor())
    return render_template(
        "inbox/inbox.html",
        view=chosen,
        views=VIEWS,
        page=page,
        counts=found,
        shown=figures(found),
        has_seats=len(actor().memberships) > 1,
        choices=_choices(page),
        filters=_filters(),
        asked={key: value for key, value in request.args.items() if key in FILTERED and value},
        may_start=bool(cases.may_start(ihala(), actor())),
        now=ihala().clock.now(),
        zone=zone(),
    )


@blueprint.get("/inbox/counts")
def counts() -> ResponseReturnValue:
    """The counts of the views, asked for again while the page stays open; nothing where they still hold."""
    found = worklist.counts(ihala(), actor())
    if request.args.get("shown") == figures(found):
        return "", 204
    view = request.args.get("view") if request.args.get("view") in VIEWS else "team"
    asked = {key: value for key, value in request.args.items() if key not in ("view", "shown") and value}
    return render_template(
        "inbox/counts.html", counts=found, views=VIEWS, view=view, asked=asked, shown=figures(found), is_news=True
    )


def figures(found: Counts) -> str:
    """The counts in a few characters, to tell whether any has changed."""
    return f"{found.mine}-{found.team}-{found.overdue}-{found.open}"


def _filters() -> Filters:
    number = request.args.get("case", "")
    priority = request.args.get("priority", "")
    return Filters(
        process_id=request.args.get("process", ""),
        priority=cast(Priority, priority) if priority in ("immediate", "high", "normal") else "",
        organisation_id=request.args.get("organisation", ""),
        case_number=int(number) if number.isdecimal() and len(number) < 10 else None,
    )


def _choices(page: Page) -> dict[str, dict[str, object]]:
    """What the filters offer: the actor's organisations; more than one only."""
    organisations = {one.organisation_id: one.organisation for one in actor().memberships}
    return {"organisations": dict(organisations) if len(organisations) > 1 else {}}
