"""What stories take of a draft: the union of what each kept, forgotten with the files, waived by whoever signs."""

from __future__ import annotations

import pytest

from engine.access import NotAllowed, NotFound
from engine.persistence import journal_rows
from engine.studio import coverage, drafts, publishing, stories
from engine.studio.publishing import NotReady, WaiverNeeded
from tests.engine.studio.conftest import DIAGRAM, Studio

STORY = "referral/scenarios/reported_and_reviewed.yaml"
LATE = "referral/scenarios/reviewed_late.yaml"
NOTE, BECAUSE, WAIVED = "Three days.", "The story is being written.", "It is due this week."
LATE_FLOWS = {"late_to_remind", "remind_to_told"}


def gap(studio: Studio) -> str:
    """A draft whose reminder comes later than its story waits, with that story played."""
    draft_id = studio.changed(new=">P3D<")
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    return draft_id


def referral(studio: Studio, draft_id: str) -> coverage.ProcessCoverage:
    return coverage.coverage(studio.ihala, studio.owner, draft_id).process("referral")


def add_late_story(studio: Studio, draft_id: str) -> None:
    """One that waits until the reminder, and no longer."""
    told = studio.file(draft_id, STORY).replace(b"P2D", b"P4D").split(b"- do: review")[0]
    drafts.add_file(studio.ihala, studio.owner, draft_id, LATE, told)


def proposed(studio: Studio) -> str:
    draft_id = gap(studio)
    publishing.propose(studio.ihala, studio.owner, draft_id, NOTE, BECAUSE)
    return draft_id


def waived(studio: Studio) -> str:
    draft_id = proposed(studio)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=True, waiver=WAIVED)
    return draft_id


def events(studio: Studio) -> list[str]:
    with studio.ihala.database.reading() as tx:
        return [entry.event for entry in journal_rows.entries(tx, "releases")]


def test_what_a_story_takes_is_kept_with_how_it_went(studio: Studio) -> None:
    row = stories.stories(studio.ihala, studio.owner, studio.proven())[0]
    assert (row.count("elements"), row.count("flows"), row.count("rows")) == (7, 5, 0)


def test_what_no_story_takes_is_told_by_kind(studio: Studio) -> None:
    found = referral(studio, gap(studio))
    assert (set(found.flows.never), set(found.clocks.never), set(found.steps.never)) == (
        LATE_FLOWS,
        {"late"},
        {"remind", "told"},
    )


def test_several_stories_together_take_what_each_does(studio: Studio) -> None:
    draft_id = studio.changed(new=">P3D<")
    add_late_story(studio, draft_id)
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    assert referral(studio, draft_id).never == 0


def test_a_story_says_what_it_takes_alone(studio: Studio) -> None:
    draft_id = studio.changed(new=">P3D<")
    add_late_story(studio, draft_id)
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    takes = stories.story(studio.ihala, studio.owner, draft_id, LATE).takes.process("referral")
    assert set(takes.flows.never) == {"review_to_done"}


def test_a_changed_file_makes_what_was_taken_forgotten(studio: Studio) -> None:
    draft_id = studio.proven()
    studio.save(draft_id, DIAGRAM, studio.file(draft_id).replace(b">P2D<", b">P3D<"))
    found = coverage.coverage(studio.ihala, studio.owner, draft_id)
    assert (found.played, found.total - found.never) == (0, 0)


def test_a_story_that_goes_otherwise_names_its_step(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, STORY, studio.file(draft_id, STORY).replace(b"completed", b"running"))
    stories.play_again(studio.ihala, studio.owner, draft_id, STORY)
    found = stories.story(studio.ihala, studio.owner, draft_id, STORY)
    assert (found.row.step, found.steps[3].sentence.ar) == (4, "المتوقع: حالة الإجراء: \u2068جارية\u2069")


def test_a_story_that_cannot_be_read_is_told_in_words(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, STORY, studio.file(draft_id, STORY).replace(b"    state: completed", b"  - state"))
    stories.play_again(studio.ihala, studio.owner, draft_id, STORY)
    found = stories.story(studio.ihala, studio.owner, draft_id, STORY)
    assert ("is no scenario" in found.row.problem.en, found.row.step, found.steps) == (True, None, [])


def test_playing_again_plays_one_story_only(studio: Studio) -> None:
    draft_id = studio.draft()
    add_late_story(studio, draft_id)
    stories.play_again(studio.ihala, studio.owner, draft_id, LATE)
    found = {row.path: row.is_played for row in stories.stories(studio.ihala, studio.owner, draft_id)}
    assert found == {LATE: True, STORY: False}


def test_what_is_no_story_is_not_played(studio: Studio) -> None:
    with pytest.raises(NotFound):
        stories.play_again(studio.ihala, studio.owner, studio.draft(), DIAGRAM)


def test_another_person_sees_no_coverage_of_a_draft(studio: Studio) -> None:
    draft_id = gap(studio)
    with pytest.raises(NotFound):
        coverage.coverage(studio.ihala, studio.second, draft_id)
    with pytest.raises(NotAllowed):
        coverage.coverage(studio.ihala, studio.coordinator, draft_id)


def test_what_no_story_takes_is_not_proposed_silently(studio: Studio) -> None:
    with pytest.raises(NotReady, match="leave out arrows or clocks of what was changed: 3"):
        publishing.propose(studio.ihala, studio.owner, gap(studio), NOTE)


def test_it_is_proposed_with_a_reason(studio: Studio) -> None:
    said = publishing.decision(studio.ihala, studio.second, proposed(studio))
    assert (said.uncovered, said.waiver_request, [one.process.id for one in said.left_out]) == (
        3,
        BECAUSE,
        ["referral"],
    )


def test_it_is_not_signed_without_a_waiver(studio: Studio) -> None:
    draft_id = proposed(studio)
    with pytest.raises(WaiverNeeded, match=": 3"):
        publishing.decide(studio.ihala, studio.second, draft_id, approves=True, waiver=" ")
    assert publishing.decision(studio.ihala, studio.second, draft_id).signatures == ()


def test_it_is_sent_back_without_a_waiver(studio: Studio) -> None:
    draft_id = proposed(studio)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=False, reason="Write the story first.")
    assert studio.numbers()[2] == "draft"


def test_a_waiver_is_kept_with_who_gave_it_and_when(studio: Studio) -> None:
    said = publishing.decision(studio.ihala, studio.owner, waived(studio))
    assert [(one.name, one.waiver, one.at) for one in said.signatures] == [
        (studio.second.name, WAIVED, studio.ihala.clock.now())
    ]
    assert said.uncovered == 3


def test_a_waiver_is_journalled(studio: Studio) -> None:
    waived(studio)
    assert [one for one in events(studio) if "waive" in one] == ["coverage_waiver_asked", "coverage_waived"]


def test_what_stories_take_whole_needs_no_waiver(studio: Studio) -> None:
    draft_id = studio.proven()
    publishing.propose(studio.ihala, studio.owner, draft_id, NOTE, BECAUSE)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=True, waiver=WAIVED)
    said = publishing.decision(studio.ihala, studio.owner, draft_id)
    assert (said.waiver_request, said.signatures[0].waiver) == ("", "")


def test_what_nobody_touched_needs_no_waiver_again(studio: Studio) -> None:
    waived(studio)
    draft_id = drafts.start(studio.ihala, studio.owner, current(studio), "A note")
    drafts.add_file(studio.ihala, studio.owner, draft_id, "referral/notes.md", b"For trainers.")
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    publishing.propose(studio.ihala, studio.owner, draft_id, NOTE)
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True)


def test_a_moved_shape_needs_no_waiver(studio: Studio) -> None:
    waived(studio)
    draft_id = drafts.start(studio.ihala, studio.owner, current(studio), "Tidied up")
    studio.save(draft_id, DIAGRAM, studio.file(draft_id).replace(b'x="267"', b'x="270"'))
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    assert publishing.decision(studio.ihala, studio.owner, draft_id).uncovered == 0


def test_a_changed_form_is_proved_with_its_process(studio: Studio) -> None:
    waived(studio)
    draft_id = drafts.start(studio.ihala, studio.owner, current(studio), "Another question")
    form = studio.file(draft_id, "referral/review.form")
    studio.save(draft_id, "referral/review.form", form.replace(b"Is it complete?", b"Is all of it there?"))
    stories.play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    assert publishing.decision(studio.ihala, studio.owner, draft_id).uncovered == 3


def test_a_removed_story_uncovers_what_it_took(studio: Studio) -> None:
    draft_id = studio.draft()
    drafts.remove_file(studio.ihala, studio.owner, draft_id, STORY)
    with pytest.raises(NotReady, match=": 6"):
        publishing.propose(studio.ihala, studio.owner, draft_id, NOTE)


def test_an_earlier_release_is_brought_back_without_a_waiver(studio: Studio) -> None:
    first = waived(studio)
    again = drafts.start(studio.ihala, studio.owner, studio.base_id, "Two days")
    studio.save(again, DIAGRAM, studio.file(again).replace(b">P1D<", b">P2D<"))
    stories.play_some(studio.ihala, studio.owner, again, seconds=60)
    publishing.propose(studio.ihala, studio.owner, again, NOTE)
    publishing.decide(studio.ihala, studio.second, again, approves=True)
    back = publishing.roll_back(studio.ihala, studio.owner, first, "Three days after all.")
    assert publishing.decide(studio.ihala, studio.second, back, approves=True)


def current(studio: Studio) -> str:
    return next(row.id for row in drafts.releases(studio.ihala, studio.owner) if row.status == "published")
