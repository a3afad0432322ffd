"""The studio: a module for each part of a release (files, difference, play, stories, decision, cases), and the desk."""

from flask import Blueprint

from engine import Refusal
from web.studio import (
    authors,
    decision,
    desk,
    difference,
    files,
    organisation,
    playing,
    refusing,
    releases,
    roles,
    safeguards,
    standing,
    stories,
)

PARTS = (
    releases,
    safeguards,
    files,
    organisation,
    roles,
    difference,
    playing,
    stories,
    decision,
    standing,
    desk,
    authors,
)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.register_error_handler(Refusal, refusing.page)
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
