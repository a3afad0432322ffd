"""The studio: a module for each part of a release (files, forms, roles and calendar, authors, difference, play,
stories, coverage, decision, paper, cases), the safeguards, and the desk."""

from flask import Blueprint

from engine import Refusal
from web.studio import (
    authors,
    coverage,
    decision,
    desk,
    difference,
    files,
    forms,
    organisation,
    playing,
    printing,
    reading,
    refusing,
    releases,
    retelling,
    roles,
    safeguards,
    standing,
    stories,
    unsaved,
)

DRAWING = (releases, authors, files, unsaved, reading, forms, organisation, roles, safeguards)
PROVING = (difference, playing, stories, retelling, coverage)
DECIDING = (decision, printing, standing, desk)

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.register_error_handler(Refusal, refusing.page)
for part in (*DRAWING, *PROVING, *DECIDING):
    blueprint.register_blueprint(part.blueprint)
