"""Who sent a referral learns what became of it: which roles each answer, arrival and decision tells, by a story."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine.execution import load
from engine.rehearsal.scenario import read
from engine.rehearsal.stories import directory_in, tell
from engine.rehearsal.world import Notice
from engine.releases import read_folder

FILES = read_folder(Path(__file__).parents[2] / "workflows")
COORDINATOR = ["case_coordinator"]
ON_DUTY = ["duty_officer", "case_coordinator"]

# story, kind of the notice, the element that writes it, the roles it tells, in order and as often as it is written
TOLD = [
    ("shelter/accepted_at_once", "accepted", "tell_accepted", ["case_coordinator", "first_responder"]),
    ("shelter/accepted_at_once", "refused", "tell_refused", []),
    ("shelter/accepted_at_once", "done", "tell_done", COORDINATOR),
    ("shelter/silent_for_a_working_day", "refused", "tell_refused", COORDINATOR),
    (
        "shelter/three_refuse_or_stay_silent",
        "accepted",
        "tell_accepted",
        ["case_coordinator", "duty_officer", "first_responder"],
    ),
    ("shelter/three_refuse_or_stay_silent", "refused", "tell_refused", ["case_coordinator", "duty_officer"] * 3),
    (
        "shelter/transfer",
        "accepted",
        "tell_accepted",
        ["case_coordinator", "duty_officer", "first_responder", "case_coordinator"],
    ),
    ("services/rejected_to_the_next", "accepted", "tell_accepted", COORDINATOR),
    ("services/rejected_to_the_next", "refused", "tell_refused", COORDINATOR),
    ("services/rejected_to_the_next", "done", "tell_done", COORDINATOR),
    ("services/silent_for_three_working_days", "refused", "tell_refused", COORDINATOR),
    ("services/service_gap", "done", "tell_done", []),
    ("services/service_that_did_not_suit", "done", "tell_done", COORDINATOR),
    ("services/emergency_care", "accepted", "tell_accepted", [*ON_DUTY, "first_responder"]),
    ("services/emergency_care_declined", "accepted", "tell_accepted", ON_DUTY),
    ("services/emergency_care_silent_hospital", "refused", "tell_refused", ON_DUTY),
    ("services/emergency_care", "done", "tell_done", ON_DUTY),
    ("identification/adult_woman_identified", "decision", "tell_positive", ["first_responder", "case_coordinator"]),
    ("identification/negative_decision", "decision", "tell_not_positive", ["first_responder", "case_coordinator"]),
    ("identification/support_only", "decision", "tell_positive", ["first_responder"]),
]


@cache
def notices_of(story: str) -> tuple[Notice, ...]:
    """What is told in a story, which goes as told."""
    folder, name = story.split("/")
    file = f"{folder}/scenarios/{name}.yaml"
    told = tell(read(file, FILES[file]), load(FILES), directory_in(FILES))
    assert told.problem is None
    return tuple(told.rehearsal.world.notices)


@pytest.mark.parametrize(("story", "kind", "element", "roles"), TOLD)
def test_a_notice_tells_the_roles_that_sent_the_referral(story: str, kind: str, element: str, roles: list[str]) -> None:
    told = [one for one in notices_of(story) if one.kind == kind and one.element == element]
    assert [one.role for one in told] == roles
