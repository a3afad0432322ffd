"""Shelters and free beds, under code names."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine import Actor, shelters
from web.session import actor, ihala

blueprint = Blueprint("shelters", __name__, url_prefix="/shelters")


def is_for(who: Actor) -> bool:
    """Whether the menu offers this page."""
    return shelters.may_see(who)


@blueprint.get("")
def shelter_list() -> ResponseReturnValue:
    return render_template("shelters/list.html", rows=shelters.shelter_list(ihala(), actor()))
