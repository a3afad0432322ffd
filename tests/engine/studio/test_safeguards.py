"""Safeguards: apart from every draft, changed by two signatures, and no release comes into force that breaks one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import journal
from engine.access import Actor, NotAllowed
from engine.execution import SafeguardsUnreadable
from engine.notices import notices
from engine.persistence import journal_rows, safeguard_rows
from engine.studio import drafts, publishing, safeguarding, safeguards
from engine.studio.file_limits import SafeguardsLocked
from engine.studio.publishing import NoteMissing, NotReady
from engine.studio.safeguarding import ListSigned, NothingProposed, OwnList, ProposedAlready, SameList
from engine.studio.safeguards import SafeguardBroken
from tests.engine.studio.conftest import DIAGRAM, Studio, actor_named
from tests.safeguards import BYPASS, LIST, THIRD_OWNER, WITHOUT_ROLE, hire_third_owner, settle

REASON = "The law names the role."
NEW = LIST.replace("“", "").replace("Every referral is reviewed", "Each referral is reviewed")
STRICTER = LIST.replace("role = '\"case_coordinator\"'", "role = '\"first_responder\"'")


@dataclass(frozen=True)
class Guarded:
    """The studio of a mechanism with safeguards, and a third process owner."""

    studio: Studio
    third: Actor

    def propose(self, content: str = NEW, actor: Actor | None = None) -> None:
        safeguarding.propose(self.studio.ihala, actor or self.studio.owner, content.encode(), REASON)

    def sign(self, actor: Actor, *, approves: bool = True, reason: str = "") -> bool:
        return safeguarding.decide(self.studio.ihala, actor, approves=approves, reason=reason)

    def changed(self, content: str = NEW) -> None:
        """A new list in force."""
        self.propose(content)
        self.sign(self.studio.second)
        self.sign(self.third)

    def seen(self, actor: Actor | None = None) -> safeguarding.Overview:
        return safeguarding.overview(self.studio.ihala, actor or self.studio.owner)

    def version(self) -> int:
        found = self.seen().in_force
        assert found is not None
        return found.number

    def bypassed(self) -> str:
        """A draft in which the review is stepped over."""
        return self.studio.changed(*BYPASS)

    def proposed(self) -> str:
        """A release that waits for its signature."""
        draft_id = self.studio.proven()
        publishing.propose(self.studio.ihala, self.studio.owner, draft_id, "Two days.")
        return draft_id


@pytest.fixture
def guarded(studio: Studio, tmp_path: Path) -> Guarded:
    settle(studio.ihala, tmp_path)
    hire_third_owner(studio.ihala)
    return Guarded(studio, actor_named(studio.ihala, THIRD_OWNER))


def test_the_first_list_comes_with_the_installation(guarded: Guarded) -> None:
    assert guarded.version() == 1


def test_the_list_is_no_part_of_a_release(guarded: Guarded) -> None:
    assert "safeguards.toml" not in drafts.files(guarded.studio.ihala, guarded.studio.owner, guarded.studio.base_id)


def test_a_changed_folder_changes_no_list(guarded: Guarded, tmp_path: Path) -> None:
    said = settle(guarded.studio.ihala, tmp_path, WITHOUT_ROLE)
    assert ("differs from version 1, which stays in force" in said, guarded.version()) == (True, 1)


def test_a_folder_with_an_unreadable_list_is_refused(guarded: Guarded, tmp_path: Path) -> None:
    with pytest.raises(SafeguardsUnreadable, match="expected one"):
        settle(guarded.studio.ihala, tmp_path, "")


@pytest.mark.parametrize("path", ["safeguards.toml", "referral/safeguards.toml"])
def test_a_draft_cannot_hold_the_list(guarded: Guarded, path: str) -> None:
    with pytest.raises(SafeguardsLocked, match="no part of a draft"):
        drafts.add_file(guarded.studio.ihala, guarded.studio.owner, guarded.studio.draft(), path, WITHOUT_ROLE.encode())


def test_a_list_among_the_files_counts_for_nothing(guarded: Guarded) -> None:
    files = drafts.files(guarded.studio.ihala, guarded.studio.owner, guarded.bypassed())
    weaker = LIST.replace('passing = { id = "review" }', 'passing = { id = "take_referral" }')
    found = safeguards.problems(guarded.studio.ihala, {**files, "safeguards.toml": weaker.encode()})
    assert [problem.element for problem in found if problem.code == "safeguard"] == ["done"]


def test_a_break_is_among_the_problems_of_the_draft(guarded: Guarded) -> None:
    files = drafts.files(guarded.studio.ihala, guarded.studio.owner, guarded.bypassed())
    (found,) = [one for one in safeguards.problems(guarded.studio.ihala, files) if one.code == "safeguard"]
    assert (found.file, found.element, found.severity) == (DIAGRAM, "done", "not_publishable")


def test_a_draft_that_breaks_a_safeguard_is_not_proposed(guarded: Guarded) -> None:
    with pytest.raises(NotReady, match="places where it breaks a safeguard: 1"):
        publishing.propose(guarded.studio.ihala, guarded.studio.owner, guarded.bypassed(), "Faster.")


def test_an_earlier_release_that_breaks_a_newer_safeguard_is_not_brought_back(guarded: Guarded) -> None:
    draft_id = guarded.proposed()
    publishing.decide(guarded.studio.ihala, guarded.studio.second, draft_id, approves=True)
    guarded.changed(STRICTER)
    with pytest.raises(NotReady, match="places where it breaks a safeguard: 1"):
        publishing.roll_back(guarded.studio.ihala, guarded.studio.owner, guarded.studio.base_id, "Too long.")


def test_what_was_proposed_before_a_safeguard_came_cannot_be_signed(guarded: Guarded) -> None:
    draft_id = guarded.proposed()
    guarded.changed(STRICTER)
    with pytest.raises(SafeguardBroken):
        publishing.decide(guarded.studio.ihala, guarded.studio.second, draft_id, approves=True)


def test_it_can_still_be_sent_back(guarded: Guarded) -> None:
    draft_id = guarded.proposed()
    guarded.changed(STRICTER)
    publishing.decide(guarded.studio.ihala, guarded.studio.second, draft_id, approves=False, reason="Mend it.")
    assert guarded.studio.numbers()[2] == "draft"


def test_one_signature_is_not_enough(guarded: Guarded) -> None:
    guarded.propose()
    assert (guarded.sign(guarded.studio.second), guarded.version()) == (False, 1)


def test_two_signatures_bring_a_list_into_force(guarded: Guarded) -> None:
    guarded.changed()
    assert [(one.number, one.status) for one in guarded.seen().history] == [(2, "in_force"), (1, "retired")]


def test_whoever_proposed_a_list_does_not_sign_it(guarded: Guarded) -> None:
    guarded.propose()
    with pytest.raises(OwnList):
        guarded.sign(guarded.studio.owner)


def test_nobody_signs_twice(guarded: Guarded) -> None:
    guarded.propose()
    guarded.sign(guarded.studio.second)
    with pytest.raises(ListSigned):
        guarded.sign(guarded.studio.second)


def test_whoever_may_sign_no_release_signs_no_list(guarded: Guarded) -> None:
    guarded.propose()
    with pytest.raises(NotAllowed):
        guarded.sign(guarded.studio.coordinator)


@pytest.mark.parametrize("act", ["overview", "propose"])
def test_whoever_has_no_part_in_releases_has_none_in_safeguards(guarded: Guarded, act: str) -> None:
    with pytest.raises(NotAllowed):
        guarded.seen(guarded.studio.coordinator) if act == "overview" else guarded.propose(
            actor=guarded.studio.coordinator
        )


def test_sending_back_needs_a_reason(guarded: Guarded) -> None:
    guarded.propose()
    with pytest.raises(NoteMissing):
        guarded.sign(guarded.studio.second, approves=False, reason=" ")


def test_a_list_that_was_sent_back_is_over(guarded: Guarded) -> None:
    guarded.propose()
    guarded.sign(guarded.studio.second)
    guarded.sign(guarded.third, approves=False, reason="The role is in the law.")
    assert [(one.number, one.status) for one in guarded.seen().history] == [(2, "refused"), (1, "in_force")]


def test_a_proposal_is_taken_back_by_its_own_proposer_alone(guarded: Guarded) -> None:
    guarded.propose()
    with pytest.raises(NotAllowed):
        safeguarding.withdraw(guarded.studio.ihala, guarded.studio.second)
    safeguarding.withdraw(guarded.studio.ihala, guarded.studio.owner)
    with pytest.raises(NothingProposed):
        guarded.sign(guarded.studio.second)


def test_one_list_is_proposed_at_a_time(guarded: Guarded) -> None:
    guarded.propose()
    with pytest.raises(ProposedAlready):
        guarded.propose(STRICTER, guarded.studio.second)


def test_another_order_or_remark_is_no_new_list(guarded: Guarded) -> None:
    with pytest.raises(SameList):
        guarded.propose(LIST.replace("# What every", "# All that every"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("= [", "Invalid"),
        ("[other]", "expected one"),
        (LIST.replace('id = "second_person"', 'id = "coordinator_reviews"'), "two safeguards have one id"),
        (LIST.replace(', ar = "المراجعة للمنسّق"', ""), "needs name in both languages"),
        (LIST.replace('kind = "declared"', 'kind = "script"'), "must be of one of the kinds"),
        (LIST.replace('has = {', 'had = {'), "lacks a part"),
        (LIST.replace("'\"case_coordinator\"'", "'not('"), "cannot be read"),
        (LIST.replace("'\"case_coordinator\"'", "'other'"), "something else than the value itself"),
        (LIST + LIST[LIST.rindex("[[safeguard.proof]]") :] * 400, "more than 400 proofs"),
        (LIST.replace("reach = { id = \"done\" }", "reach = 7"), "lacks a part"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused_in_words(guarded: Guarded, content: str, reason: str) -> None:
    with pytest.raises(SafeguardsUnreadable, match=reason):
        guarded.propose(content)


def test_a_new_list_needs_a_reason(guarded: Guarded) -> None:
    with pytest.raises(NoteMissing):
        safeguarding.propose(guarded.studio.ihala, guarded.studio.owner, NEW.encode(), " ")


def test_a_proposed_list_says_what_is_different(guarded: Guarded) -> None:
    guarded.propose(WITHOUT_ROLE.replace("Every referral", "Each referral"))
    found = guarded.seen().proposed
    assert found is not None
    assert [one.ar for one in found.changes] == [
        "لم تعد مطلوبة من أي إصدار: «المراجعة للمنسّق».",
        "تغيّرت صياغة «لا ينتهي شيء دون مراجعة».",
    ]


def test_a_proposed_list_says_what_the_release_in_force_would_break(guarded: Guarded) -> None:
    guarded.propose(STRICTER)
    assert [problem.element for problem in guarded.seen().breaks] == ["review"]


def test_those_who_may_sign_are_told(guarded: Guarded) -> None:
    guarded.propose()
    said = [one.text.en for one in notices(guarded.studio.ihala, guarded.studio.second)]
    assert "A new list of safeguards waits for your signature." in said


def test_every_act_is_journalled_in_a_chain(guarded: Guarded) -> None:
    guarded.changed()
    with guarded.studio.ihala.database.reading() as tx:
        events = [row.event for row in journal_rows.entries(tx, "safeguards")]
        assert journal.verify(tx, guarded.studio.ihala.vault, "safeguards") is None
    assert events == [
        "safeguards_in_force",
        "safeguards_proposed",
        "safeguards_signed",
        "safeguards_signed",
        "safeguards_in_force",
    ]


def test_an_installation_without_a_list_keeps_nothing(studio: Studio) -> None:
    with studio.ihala.database.reading() as tx:
        assert safeguard_rows.of_status(tx, "in_force") is None
    assert safeguards.proven(studio.ihala, drafts.files(studio.ihala, studio.owner, studio.base_id)) == []
