"""For machines that watch: does it live, can it serve, what are its figures; and one line in the log per request."""

from __future__ import annotations

import hmac
import time
from ipaddress import ip_address
from typing import Any

import structlog
from flask import Blueprint, Flask, abort, g, got_request_exception, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engine import logs, monitoring
from web.session import ihala, public

blueprint = Blueprint("monitoring", __name__)
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Whoever comes through a proxy on this machine is not of this machine."""
_log = structlog.get_logger("ihala.web")


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """The process lives."""
    return jsonify(alive=True)


@blueprint.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """Whether people can be served now: database, tables and key are there."""
    missing = monitoring.what_is_missing(ihala())
    return jsonify(ready=not missing, missing=missing), 503 if missing else 200


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """The figures, for whoever has the token; in the demonstration for this machine too. Else nothing is here."""
    if not _may_watch():
        abort(404)
    return Response(monitoring.exposition(ihala()), mimetype="text/plain; version=0.0.4")


def _may_watch() -> bool:
    settings = ihala().settings
    token = settings.metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if settings.production or any(name in request.headers for name in FORWARDED):
        return False
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback


def prepare(app: Flask) -> None:
    """Write one line for each request: the name of the page, never its address, which may name a case."""
    app.logger.disabled = True  # it writes what errors say
    app.before_request(_begin)
    app.after_request(_line)
    got_request_exception.connect(_failed, app)


def _begin() -> None:
    g.began = time.monotonic()


def _line(response: Response) -> Response:
    ms = round((time.monotonic() - g.get("began", time.monotonic())) * 1000)
    route = request.endpoint or "none"
    _log.info("request", route=route, method=request.method, status=response.status_code, ms=ms)
    return response


def _failed(app: Flask, exception: BaseException, **_: Any) -> None:
    _log.error("request_failed", route=request.endpoint, kind=type(exception).__name__, at=logs.place(exception))
