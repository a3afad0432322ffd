"""The studio's pages, one module for each part of a release: its files, difference, play, stories and their
changing, coverage, decision, cases."""

from flask import Blueprint

from web.studio import coverage, decision, difference, files, playing, releases, retelling, standing, stories

PARTS = (releases, files, difference, playing, stories, retelling, coverage, decision, standing)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
