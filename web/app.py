"""The application: everything it needs is passed in."""

from __future__ import annotations

from flask import Flask

from engine import Ihala
from web import errors, layout, monitoring, pages, security, session


def create_app(ihala: Ihala) -> Flask:
    """The pages of one installation."""
    app = Flask(__name__)
    production = ihala.settings.production
    app.config.update(
        SECRET_KEY=ihala.vault.blind("pages", "cookies").hex(),
        SESSION_COOKIE_NAME="ihala_page",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=production,
        WTF_CSRF_TIME_LIMIT=None,  # a form that was left open over lunch can still be sent
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
    )
    app.extensions["ihala"] = ihala
    monitoring.prepare(app)
    layout.prepare(app)
    session.prepare(app)
    security.prepare(app)
    errors.prepare(app)
    pages.register(app)
    return app
