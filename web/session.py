"""Who is signed in. Every page wants somebody, but for those that say they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engine import Actor, Ihala, accounts, releases
from web import language, returning

COOKIE = "ihala_session"
COUNTS = "inbox.counts"
_View = TypeVar("_View", bound=Callable[..., ResponseReturnValue])


def public(view: _View) -> _View:
    """Mark a page that needs nobody signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def ihala() -> Ihala:
    return cast(Ihala, current_app.extensions["ihala"])


def actor() -> Actor:
    """Who is signed in; only pages that are not public may ask."""
    return cast(Actor, g.actor)


def token() -> str:
    return request.cookies.get(COOKIE, "")


def begin(response: Response, new_token: str) -> Response:
    """Give the browser its session."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, new_token, httponly=True, samesite="Lax", secure=secure)
    return response


def end(response: Response) -> Response:
    """Take the session away, and what the browser may have kept of the pages."""
    response.delete_cookie(COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def prepare(app: Flask) -> None:
    """Ask for a sign-in before every page that is not public."""

    @app.before_request
    def require_somebody() -> ResponseReturnValue | None:
        is_act = request.endpoint != COUNTS  # an inbox that lies open does not keep its session alive
        g.actor = accounts.actor_of(ihala(), token(), is_act=is_act) if token() else None
        if g.actor is not None:
            language.speak(g.actor.language)
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static" or is_public(view):
            return None
        if g.actor is None:
            return returning.sign_in_first()
        if g.actor.must_change_password and request.blueprint != "signin":
            return redirect(url_for("signin.change_password"))
        return None


def is_public(view: Callable[..., object]) -> bool:
    return getattr(view, "is_public", False)


def zone() -> ZoneInfo:
    """The mechanism's time zone: people read and write times in it."""
    with ihala().database.reading() as transaction:
        return releases.current_release(ihala(), transaction).mechanism.time_zone
