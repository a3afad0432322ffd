"""Signing in again after a time-out: back to the same page, with everything that was typed."""

from __future__ import annotations

import base64
import json
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Ihala, Refusal

NOT_KEPT = ("csrf_token", "password")
HOURS = 12
"""What was typed is kept sealed in the page for so long."""


def sign_in_first() -> ResponseReturnValue:
    """The sign-in page; what was being sent is kept sealed in it, readable by this installation only."""
    if request.headers.get("HX-Request"):  # a part of a page asks: the whole page goes
        shown = urlsplit(request.headers.get("HX-Current-URL", "")).path
        return "", {"HX-Redirect": url_for("signin.sign_in", next=safe_path(shown))}
    if request.method == "POST":
        return render_template("signin/sign_in.html", kept=_sealed(), next="/", ended=True)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("signin.sign_in", next=wanted if wanted != "/" else None))


def _ihala() -> Ihala:
    return cast(Ihala, current_app.extensions["ihala"])


def _sealed() -> str:
    typed = {key: values for key, values in request.form.lists() if key not in NOT_KEPT}
    kept = {"path": request.path, "typed": typed, "at": _ihala().clock.now().timestamp()}
    return base64.urlsafe_b64encode(_ihala().vault.seal(json.dumps(kept).encode(), "page", "kept")).decode()


def opened(kept: str) -> tuple[str, dict[str, list[str]]] | None:
    """The page's path and what was typed; None where nothing (valid) was kept."""
    if not kept:
        return None
    try:
        found = json.loads(_ihala().vault.open(base64.urlsafe_b64decode(kept), "page", "kept"))
    except (Refusal, ValueError):
        return None
    too_old = _ihala().clock.now().timestamp() - found["at"] > HOURS * 3600
    return None if too_old else (found["path"], found["typed"])


def safe_path(wanted: str | None) -> str:
    """A path of this site, never another's address."""
    is_ours = wanted is not None and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return cast(str, wanted) if is_ours else "/"
