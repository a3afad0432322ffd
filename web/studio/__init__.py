"""The studio's pages, one module for each part of a release: its files, difference, play, stories, coverage,
decision, cases."""

from flask import Blueprint

from web.studio import coverage, decision, difference, files, playing, releases, standing, stories

PARTS = (releases, files, difference, playing, stories, coverage, decision, standing)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
