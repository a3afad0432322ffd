"""Playing a draft by hand: from the beginning each time, a step back is a shorter list, a play becomes a story."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.access import NotAllowed, NotFound
from engine.studio import drafts, playing
from engine.studio.file_limits import PathUnfit
from engine.studio.playing import Play, TooLong, answered, played, save_as_story
from engine.studio.stories import play_some, stories
from engine.text import Text
from tests.engine.studio.conftest import Studio
from tests.web.conftest import NOW

REPORT = answered("take_referral", {"source": "hotline", "story": "Seen at a workshop."})
REVIEW = answered("review", {"ok": "yes"})


def play(studio: Studio, draft_id: str, *steps: dict[str, Any]) -> Play:
    return played(studio.ihala, studio.owner, draft_id, "referral", NOW, steps)


def open_in(one: Play) -> list[str]:
    return [task.element for task in one.tasks]


def test_a_play_begins_at_the_start(studio: Studio) -> None:
    assert open_in(play(studio, studio.draft())) == ["take_referral"]


def test_a_completed_task_leads_on(studio: Studio) -> None:
    assert open_in(play(studio, studio.draft(), REPORT)) == ["review"]


def test_it_is_played_on_the_draft_and_not_on_the_release(studio: Studio) -> None:
    one = play(studio, studio.changed(), REPORT)
    assert one.clocks[0].due_at == NOW + timedelta(days=2)


def test_the_next_clock_is_let_fire(studio: Studio) -> None:
    draft_id = studio.draft()
    due = play(studio, draft_id, REPORT).clocks[0].due_at
    one = play(studio, draft_id, REPORT, {"until": due.isoformat()})
    assert (one.now, "late" in one.one.trace) == (due, True)


def test_it_ends_where_the_process_ends(studio: Studio) -> None:
    assert play(studio, studio.draft(), REPORT, REVIEW).one.state == "completed"


def test_a_step_that_cannot_be_taken_is_named_and_left_out(studio: Studio) -> None:
    one = play(studio, studio.draft(), REPORT, answered("nothing", {}))
    assert (len(one.steps), "open task nothing" in (one.problem or Text("")).en) == (1, True)


def test_answers_that_do_not_fit_are_named(studio: Studio) -> None:
    assert play(studio, studio.draft(), answered("take_referral", {})).problem is not None


def test_a_play_touches_no_case(studio: Studio) -> None:
    play(studio, studio.base_id, REPORT, REVIEW)
    with studio.ihala.database.reading() as tx:
        assert tx.exec_driver_sql('SELECT count(*) FROM "case"').scalar() == 0


def test_a_play_is_saved_as_a_story_that_goes_as_told(studio: Studio) -> None:
    draft_id = studio.draft()
    one = play(studio, draft_id, REPORT)
    path = save_as_story(studio.ihala, studio.owner, draft_id, one, Text("It waits", "تنتظر"), "it_waits")
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    (row,) = [row for row in stories(studio.ihala, studio.owner, draft_id) if row.path == path]
    assert (row.title, row.went_well) == (Text("It waits", "تنتظر"), True)


def test_a_story_is_saved_in_ones_own_draft_only(studio: Studio) -> None:
    one = play(studio, studio.base_id, REPORT)
    with pytest.raises(drafts.NotADraft):
        save_as_story(studio.ihala, studio.owner, studio.base_id, one, Text("x"), "x")


def test_a_name_that_is_no_file_is_refused(studio: Studio) -> None:
    draft_id = studio.draft()
    with pytest.raises(PathUnfit):
        save_as_story(studio.ihala, studio.owner, draft_id, play(studio, draft_id), Text("x"), "../x")


def test_a_play_without_end_is_refused(studio: Studio) -> None:
    with pytest.raises(TooLong):
        play(studio, studio.draft(), *[REPORT] * 401)


def test_another_persons_draft_is_not_played(studio: Studio) -> None:
    with pytest.raises(NotFound):
        played(studio.ihala, studio.second, studio.draft(), "referral", NOW, [])


def test_whoever_is_no_process_owner_plays_nothing(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        playing.processes(studio.ihala, studio.coordinator, studio.base_id)


def test_answers_are_written_as_a_story_writes_them() -> None:
    step = answered("ask", {"n": Decimal(3), "share": Decimal("0.5"), "day": NOW.date(), "none": None, "list": ["a"]})
    assert step == {"do": "ask", "answers": {"n": 3, "share": 0.5, "day": "2026-03-01", "list": ["a"]}}
