"""Changing one entry of `mechanism.toml` from a page: saved as the file it stands in, or said at its question."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from engine import Problem
from engine.studio import drafts, safeguards
from engine.studio.organisation.document import SETTINGS, Edit, edited
from web.session import actor, ihala
from web.studio.files import saved


def changed(release_id: str, edit: Edit, then: str) -> ResponseReturnValue:
    """Make the change in the newest state of the file and save it; where somebody saved since, both are shown.

    Raises `Unfit` where the change cannot stand, `SettingsUnreadable`, `NotFound`.
    """
    found = drafts.read_file(ihala(), actor(), release_id, SETTINGS)
    return saved(release_id, SETTINGS, edited(found.content, edit), then)


def revision(release_id: str) -> int:
    """The revision that a page shows."""
    return drafts.read_file(ihala(), actor(), release_id, SETTINGS).revision


def problems(one: drafts.ReleaseRow) -> list[Problem]:
    """What is wrong with the settings of a draft."""
    if one.status != "draft":
        return []
    found = safeguards.problems(ihala(), drafts.files(ihala(), actor(), one.id))
    return [problem for problem in found if problem.file == SETTINGS]
