"""The studio's pages, one module for each part of a release: its files, difference, play, stories, decision, cases."""

from flask import Blueprint

from web.studio import decision, difference, files, forms, playing, releases, standing, stories

PARTS = (releases, files, forms, difference, playing, stories, decision, standing)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
for part in PARTS:
    blueprint.register_blueprint(part.blueprint)
