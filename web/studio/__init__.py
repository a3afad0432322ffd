"""The studio: a module for each part of a release (files, difference, play, stories, coverage, decision, cases), the
safeguards, and the desk."""

from flask import Blueprint

from web.studio import (
    coverage,
    decision,
    desk,
    difference,
    files,
    forms,
    playing,
    releases,
    safeguards,
    standing,
    stories,
)

PARTS = (releases, safeguards, files, forms, difference, playing, stories, coverage, decision, standing, desk)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
