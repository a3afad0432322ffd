"""The studio's pages, a module for each part of a release: files, difference, play, stories, decision, cases, paper."""

from flask import Blueprint

from web.studio import decision, difference, files, playing, printing, releases, standing, stories

PARTS = (releases, files, difference, playing, stories, decision, standing, printing)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
