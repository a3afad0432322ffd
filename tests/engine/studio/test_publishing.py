"""From draft to release: proved, proposed by one, signed by another, in force for new cases only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.access import Actor, NotAllowed, NotFound
from engine.cases import open_case
from engine.notices import notices
from engine.persistence import case_rows, item_rows
from engine.releases import current_release
from engine.studio import drafts, publishing
from engine.studio.publishing import NoteMissing, NotReady, OwnProposal
from engine.studio.stories import play_some, stories
from tests.engine.studio.conftest import DIAGRAM, Studio

NOTE = "Reviews take two days."


def propose(studio: Studio) -> str:
    draft_id = studio.proven()
    publishing.propose(studio.ihala, studio.owner, draft_id, NOTE)
    return draft_id


def publish(studio: Studio) -> str:
    draft_id = propose(studio)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=True)
    return draft_id


def in_force(studio: Studio) -> int:
    with studio.ihala.database.reading() as tx:
        return current_release(studio.ihala, tx).number


def test_a_draft_with_unplayed_stories_is_not_proposed(studio: Studio) -> None:
    with pytest.raises(NotReady, match="stories still to be played: 1"):
        publishing.propose(studio.ihala, studio.owner, studio.changed(), NOTE)


def test_a_draft_with_problems_is_not_proposed(studio: Studio) -> None:
    with pytest.raises(NotReady, match="problems to mend: 1"):
        publishing.propose(studio.ihala, studio.owner, studio.changed(">P1D<", ">soon<"), NOTE)


def test_a_draft_with_a_failing_story_is_not_proposed(studio: Studio) -> None:
    draft_id = studio.draft()
    story = "referral/scenarios/reported_and_reviewed.yaml"
    studio.save(draft_id, story, studio.file(draft_id, story).replace(b"completed", b"running"))
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    with pytest.raises(NotReady, match="stories that go otherwise than told: 1"):
        publishing.propose(studio.ihala, studio.owner, draft_id, NOTE)


def test_a_draft_without_a_change_is_not_proposed(studio: Studio) -> None:
    with pytest.raises(NotReady, match="the same as the release in force"):
        publishing.propose(studio.ihala, studio.owner, studio.draft(), NOTE)


def test_a_proposal_needs_a_note(studio: Studio) -> None:
    with pytest.raises(NoteMissing):
        publishing.propose(studio.ihala, studio.owner, studio.proven(), " ")


def test_stories_are_played_on_the_draft(studio: Studio) -> None:
    draft_id = studio.proven()
    assert [one.went_well for one in stories(studio.ihala, studio.owner, draft_id)] == [True]


def test_a_changed_file_makes_the_stories_unplayed(studio: Studio) -> None:
    draft_id = studio.proven()
    studio.save(draft_id, DIAGRAM, studio.file(draft_id).replace(b">P2D<", b">P3D<"))
    assert [one.is_played for one in stories(studio.ihala, studio.owner, draft_id)] == [False]


def test_a_proposal_is_seen_by_those_who_decide(studio: Studio) -> None:
    draft_id = propose(studio)
    assert publishing.decision(studio.ihala, studio.second, draft_id).may_sign


def test_nobody_signs_their_own_proposal(studio: Studio) -> None:
    with pytest.raises(OwnProposal):
        publishing.decide(studio.ihala, studio.owner, propose(studio), approves=True)


def test_a_stranger_to_the_studio_signs_nothing(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        publishing.decide(studio.ihala, studio.coordinator, propose(studio), approves=True)


def test_a_second_signature_brings_the_release_into_force(studio: Studio) -> None:
    publish(studio)
    assert (in_force(studio), studio.numbers()) == (2, {1: "retired", 2: "published"})


def test_a_new_case_runs_on_the_new_release(studio: Studio) -> None:
    open_case(studio.ihala, studio.responder, "referral")
    published = publish(studio)
    item_id = open_case(studio.ihala, studio.responder, "referral")
    with studio.ihala.database.reading() as tx:
        item = item_rows.read(tx, item_id or "")
        assert item is not None
        case = case_rows.read(tx, item.case_id)
    assert case is not None
    assert case.release_id == published


def test_a_proposal_is_not_changed_any_more(studio: Studio) -> None:
    with pytest.raises(drafts.NotADraft):
        drafts.remove_file(studio.ihala, studio.owner, propose(studio), DIAGRAM)


def test_a_refused_proposal_is_a_draft_again_with_the_reason(studio: Studio) -> None:
    draft_id = propose(studio)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=False, reason="One day is the law.")
    said = publishing.decision(studio.ihala, studio.owner, draft_id).signatures
    assert (studio.numbers()[2], [one.reason for one in said]) == ("draft", ["One day is the law."])


def test_a_refusal_needs_a_reason(studio: Studio) -> None:
    with pytest.raises(NoteMissing):
        publishing.decide(studio.ihala, studio.second, propose(studio), approves=False)


def test_a_refused_draft_can_be_proposed_again(studio: Studio) -> None:
    draft_id = propose(studio)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=False, reason="Say why.")
    publishing.propose(studio.ihala, studio.owner, draft_id, "The committee asked for it.")
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True)


def test_a_proposal_can_be_taken_back(studio: Studio) -> None:
    draft_id = propose(studio)
    publishing.withdraw(studio.ihala, studio.owner, draft_id)
    assert studio.numbers()[2] == "draft"


def test_what_was_taken_back_is_not_signed(studio: Studio) -> None:
    draft_id = propose(studio)
    publishing.withdraw(studio.ihala, studio.owner, draft_id)
    with pytest.raises(NotFound):
        publishing.decide(studio.ihala, studio.second, draft_id, approves=True)


def test_rolling_back_proposes_the_earlier_release_again(studio: Studio) -> None:
    publish(studio)
    back = publishing.roll_back(studio.ihala, studio.owner, studio.base_id, "Two days were too long.")
    publishing.decide(studio.ihala, studio.second, back, approves=True)
    assert studio.file(back) == studio.file(studio.base_id)
    assert studio.numbers() == {1: "retired", 2: "retired", 3: "published"}


def back_to_one_signature(studio: Studio) -> str:
    """A proposed return from two signatures, which are in force, to one."""
    draft_id = studio.draft()
    settings = studio.file(draft_id, "mechanism.toml").replace(b"signatures = 1", b"signatures = 2")
    studio.save(draft_id, "mechanism.toml", settings)
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    publishing.propose(studio.ihala, studio.owner, draft_id, NOTE)
    publishing.decide(studio.ihala, studio.second, draft_id, approves=True)
    return publishing.roll_back(studio.ihala, studio.owner, studio.base_id, "One is enough.")


def test_a_draft_cannot_lower_the_number_of_signatures_for_itself(studio: Studio) -> None:
    back = back_to_one_signature(studio)
    assert not publishing.decide(studio.ihala, studio.second, back, approves=True)


def test_signing_twice_counts_once(studio: Studio) -> None:
    back = back_to_one_signature(studio)
    publishing.decide(studio.ihala, studio.second, back, approves=True)
    with pytest.raises(publishing.SignedAlready):
        publishing.decide(studio.ihala, studio.second, back, approves=True)


def test_the_role_decides_and_not_the_name(studio: Studio) -> None:
    somebody = replace(studio.second, memberships=())
    with pytest.raises(NotAllowed):
        publishing.decide(studio.ihala, somebody, propose(studio), approves=True)


def words(studio: Studio, who: Actor) -> list[str]:
    return [one.text.en for one in notices(studio.ihala, who)]


def test_those_who_decide_are_told_of_a_proposal(studio: Studio) -> None:
    propose(studio)
    assert words(studio, studio.second) == ["A new release of the mechanism waits for your decision."]


def test_whoever_proposed_is_not_told_of_it(studio: Studio) -> None:
    propose(studio)
    assert words(studio, studio.owner) == []


def test_whoever_proposed_is_told_of_the_decision(studio: Studio) -> None:
    publish(studio)
    assert words(studio, studio.owner) == ["A decision was made on a release that you proposed."]


def test_staff_are_not_told_of_releases(studio: Studio) -> None:
    propose(studio)
    assert words(studio, studio.coordinator) == []
