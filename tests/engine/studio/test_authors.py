"""Who works on a draft: invited by its maker, on equal terms with the files, and never one of those who sign it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine import journal
from engine.access import Actor, NotAllowed, NotFound
from engine.notices import notices
from engine.persistence import journal_rows
from engine.releases import install
from engine.studio import authors, drafts, publishing
from engine.studio.authors import NobodyChosen
from engine.studio.drafts import ChangedMeanwhile, NotADraft
from engine.studio.publishing import OwnProposal
from engine.studio.stories import play_some
from tests.engine.studio.conftest import DIAGRAM, Studio
from tests.web.conftest import MECHANISM


def shared(studio: Studio) -> str:
    """A draft of the owner to which the second owner is invited."""
    draft_id = studio.proven()
    authors.invite(studio.ihala, studio.owner, draft_id, studio.second.account_id)
    return draft_id


def save(studio: Studio, actor: Actor, draft_id: str, old: bytes, new: bytes, revision: int | None = None) -> None:
    one = drafts.read_file(studio.ihala, actor, draft_id, DIAGRAM)
    content = one.content.replace(old, new)
    drafts.save_file(studio.ihala, actor, draft_id, DIAGRAM, content, one.revision if revision is None else revision)


def propose(studio: Studio, actor: Actor, draft_id: str) -> None:
    play_some(studio.ihala, actor, draft_id, seconds=60)
    publishing.propose(studio.ihala, actor, draft_id, "Two days.", waiver="Later.")


def events(studio: Studio) -> list[tuple[str, str]]:
    with studio.ihala.database.reading() as tx:
        return [(row.event, row.element) for row in journal_rows.entries(tx, "releases")]


def test_whoever_is_invited_sees_and_changes_the_draft(studio: Studio) -> None:
    draft_id = shared(studio)
    save(studio, studio.second, draft_id, b">P2D<", b">P3D<")
    assert b">P3D<" in studio.file(draft_id)


def test_the_list_names_who_works_on_a_draft(studio: Studio) -> None:
    draft_id = shared(studio)
    one = drafts.one(studio.ihala, studio.owner, draft_id)
    assert (one.authors, one.maker) == ((studio.second.name,), studio.owner.name)


def test_whoever_is_invited_is_told(studio: Studio) -> None:
    shared(studio)
    assert "invited to work on a draft" in notices(studio.ihala, studio.second)[0].text.en


def test_an_invitation_is_journalled_with_the_account(studio: Studio) -> None:
    shared(studio)
    assert ("author_invited", f"2 {studio.second.account_id}") in events(studio)


def test_nobody_who_draws_no_diagrams_is_invited(studio: Studio) -> None:
    with pytest.raises(NobodyChosen):
        authors.invite(studio.ihala, studio.owner, studio.draft(), studio.coordinator.account_id)


def test_nobody_is_invited_twice(studio: Studio) -> None:
    draft_id = shared(studio)
    with pytest.raises(NobodyChosen):
        authors.invite(studio.ihala, studio.owner, draft_id, studio.second.account_id)


def test_the_maker_is_not_invited(studio: Studio) -> None:
    with pytest.raises(NobodyChosen):
        authors.invite(studio.ihala, studio.owner, studio.draft(), studio.owner.account_id)


def test_a_stranger_does_not_invite_themselves(studio: Studio) -> None:
    with pytest.raises(NotFound):
        authors.invite(studio.ihala, studio.second, studio.draft(), studio.second.account_id)


ACTS: dict[str, Callable[[Studio, str], None]] = {
    "throws it away": lambda studio, draft_id: drafts.discard(studio.ihala, studio.second, draft_id),
    "invites": lambda s, draft_id: authors.invite(s.ihala, s.second, draft_id, s.owner.account_id),
    "takes back": lambda s, draft_id: authors.take_back(s.ihala, s.second, draft_id, s.second.account_id),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_the_maker_of_a_draft(studio: Studio, act: str) -> None:
    draft_id = shared(studio)
    with pytest.raises(NotAllowed, match="whoever made the draft"):
        ACTS[act](studio, draft_id)


def test_an_invitation_that_is_taken_back_lets_nobody_in(studio: Studio) -> None:
    draft_id = shared(studio)
    authors.take_back(studio.ihala, studio.owner, draft_id, studio.second.account_id)
    with pytest.raises(NotFound):
        drafts.files(studio.ihala, studio.second, draft_id)


def test_whoever_is_no_process_owner_any_more_sees_the_draft_no_longer(studio: Studio) -> None:
    draft_id = shared(studio)
    with pytest.raises(NotAllowed):
        drafts.files(studio.ihala, replace(studio.second, memberships=()), draft_id)


def test_saving_onto_a_co_authors_change_shows_it(studio: Studio) -> None:
    draft_id = shared(studio)
    save(studio, studio.second, draft_id, b">P2D<", b">P3D<")
    with pytest.raises(ChangedMeanwhile, match=studio.second.name):
        save(studio, studio.owner, draft_id, b">P3D<", b">P4D<", revision=1)


def test_a_file_is_not_removed_over_a_co_authors_change(studio: Studio) -> None:
    draft_id = shared(studio)
    save(studio, studio.second, draft_id, b">P2D<", b">P3D<")
    with pytest.raises(ChangedMeanwhile):
        drafts.remove_file(studio.ihala, studio.owner, draft_id, DIAGRAM, 1)


def test_a_co_author_may_propose_and_take_it_back(studio: Studio) -> None:
    draft_id = shared(studio)
    propose(studio, studio.second, draft_id)
    publishing.withdraw(studio.ihala, studio.second, draft_id)
    assert studio.numbers()[2] == "draft"


def test_nobody_is_invited_to_a_proposal(studio: Studio) -> None:
    draft_id = studio.proven()
    propose(studio, studio.owner, draft_id)
    with pytest.raises(NotADraft):
        authors.invite(studio.ihala, studio.owner, draft_id, studio.second.account_id)


def refused_to_sign(studio: Studio, draft_id: str, actor: Actor | None = None) -> bool:
    with pytest.raises(OwnProposal):
        publishing.decide(studio.ihala, actor or studio.second, draft_id, approves=True, waiver="Later.")
    return True


def test_a_co_author_does_not_sign(studio: Studio) -> None:
    draft_id = shared(studio)
    propose(studio, studio.owner, draft_id)
    assert refused_to_sign(studio, draft_id)


def test_a_co_author_is_not_offered_to_sign(studio: Studio) -> None:
    draft_id = shared(studio)
    propose(studio, studio.owner, draft_id)
    assert not publishing.decision(studio.ihala, studio.second, draft_id).may_sign


def test_the_maker_does_not_sign_what_a_co_author_proposed(studio: Studio) -> None:
    draft_id = shared(studio)
    propose(studio, studio.second, draft_id)
    assert refused_to_sign(studio, draft_id, studio.owner)


def test_whoever_changed_it_does_not_sign_after_the_invitation_was_taken_back(studio: Studio) -> None:
    draft_id = shared(studio)
    save(studio, studio.second, draft_id, b">P2D<", b">P3D<")
    authors.take_back(studio.ihala, studio.owner, draft_id, studio.second.account_id)
    propose(studio, studio.owner, draft_id)
    assert refused_to_sign(studio, draft_id)


def test_whoever_was_invited_and_changed_nothing_may_sign_after_it_was_taken_back(studio: Studio) -> None:
    draft_id = shared(studio)
    authors.take_back(studio.ihala, studio.owner, draft_id, studio.second.account_id)
    propose(studio, studio.owner, draft_id)
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True, waiver="Later.")


def test_a_draft_of_a_draft_is_not_signed_by_whoever_wrote_the_first(studio: Studio) -> None:
    first = shared(studio)
    copy = drafts.start(studio.ihala, studio.second, first, "A copy")
    propose(studio, studio.second, copy)
    assert refused_to_sign(studio, copy, studio.owner)


def test_whoever_wrote_the_first_does_not_see_the_draft_of_a_draft(studio: Studio) -> None:
    copy = drafts.start(studio.ihala, studio.second, shared(studio), "A copy")
    with pytest.raises(NotFound):
        drafts.files(studio.ihala, studio.owner, copy)


def test_nothing_is_carried_over_from_a_release_that_was_signed(studio: Studio) -> None:
    copy = drafts.start(studio.ihala, studio.second, studio.base_id, "Two days")
    save(studio, studio.second, copy, b">P1D<", b">P2D<")
    propose(studio, studio.second, copy)
    assert publishing.decide(studio.ihala, studio.owner, copy, approves=True, waiver="Later.")


def test_the_journal_holds_after_all_this(studio: Studio) -> None:
    draft_id = shared(studio)
    authors.take_back(studio.ihala, studio.owner, draft_id, studio.second.account_id)
    with studio.ihala.database.reading() as tx:
        assert journal.verify(tx, studio.ihala.vault, "releases") is None


def test_whoever_changed_a_draft_that_came_from_a_folder_does_not_sign_it(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "workflows"
    shutil.copytree(MECHANISM, folder)
    diagram = folder / DIAGRAM
    diagram.write_bytes(diagram.read_bytes().replace(b">P1D<", b">P2D<"))
    install(studio.ihala, folder)
    draft_id = next(row.id for row in drafts.releases(studio.ihala, studio.owner) if row.status == "draft")
    save(studio, studio.second, draft_id, b">P2D<", b">P3D<")
    propose(studio, studio.owner, draft_id)
    assert refused_to_sign(studio, draft_id)
