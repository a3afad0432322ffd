"""The studio's pages, one module for each part of a release: its files, difference, play, stories, decision, cases."""

from flask import Blueprint

from web.studio import decision, difference, files, playing, reading, releases, standing, stories, unsaved

PARTS = (releases, files, difference, playing, stories, decision, standing, unsaved, reading)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
