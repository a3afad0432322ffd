"""The studio: a module for each part of a release (files, difference, play, stories, coverage, decision, paper,
cases), the safeguards, and the desk."""

from flask import Blueprint

from web.studio import (
    coverage,
    decision,
    desk,
    difference,
    files,
    forms,
    playing,
    printing,
    releases,
    safeguards,
    standing,
    stories,
)

PARTS = (releases, safeguards, files, forms, difference, playing, stories, coverage, decision, printing, standing, desk)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
