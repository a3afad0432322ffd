"""Drafts: apart from everything that runs, one's own, and never saved over somebody else's change unseen."""

from __future__ import annotations

import pytest

from engine import journal
from engine.access import NotAllowed, NotFound
from engine.persistence import journal_rows
from engine.studio import drafts
from engine.studio.drafts import ChangedMeanwhile, FileExists, TitleMissing
from engine.studio.file_limits import FileTooLarge, PathUnfit
from tests.engine.studio.conftest import DIAGRAM, Studio


def test_a_draft_has_the_files_of_its_release(studio: Studio) -> None:
    draft_id = studio.draft()
    assert drafts.files(studio.ihala, studio.owner, draft_id) == drafts.files(
        studio.ihala, studio.owner, studio.base_id
    )


def test_a_draft_stands_in_the_list_beside_the_release(studio: Studio) -> None:
    studio.draft()
    assert studio.numbers() == {1: "published", 2: "draft"}


def test_a_change_of_a_draft_touches_no_release(studio: Studio) -> None:
    before = studio.file(studio.base_id)
    studio.changed()
    assert studio.file(studio.base_id) == before


def test_another_process_owner_does_not_see_the_draft(studio: Studio) -> None:
    draft_id = studio.draft()
    with pytest.raises(NotFound):
        drafts.files(studio.ihala, studio.second, draft_id)


def test_whoever_is_no_process_owner_sees_no_release(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        drafts.releases(studio.ihala, studio.coordinator)


def test_a_draft_needs_a_title(studio: Studio) -> None:
    with pytest.raises(TitleMissing):
        studio.draft("  ")


def test_a_file_is_saved_onto_the_revision_it_was_opened_at(studio: Studio) -> None:
    draft_id = studio.draft()
    opened = drafts.read_file(studio.ihala, studio.owner, draft_id, DIAGRAM)
    drafts.save_file(studio.ihala, studio.owner, draft_id, DIAGRAM, opened.content + b" ", opened.revision)
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        drafts.save_file(studio.ihala, studio.owner, draft_id, DIAGRAM, opened.content + b"\n", opened.revision)
    assert (meanwhile.value.theirs, meanwhile.value.revision) == (opened.content + b" ", 1)


def test_saving_the_same_again_changes_nothing(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, DIAGRAM, studio.file(draft_id))
    assert not any(row.is_changed for row in drafts.file_list(studio.ihala, studio.owner, draft_id))


def test_a_file_may_be_added_and_removed(studio: Studio) -> None:
    draft_id = studio.draft()
    drafts.add_file(studio.ihala, studio.owner, draft_id, "referral/note.md", b"words")
    drafts.remove_file(studio.ihala, studio.owner, draft_id, "referral/note.md")
    assert "referral/note.md" not in drafts.files(studio.ihala, studio.owner, draft_id)


def test_a_file_is_not_added_twice(studio: Studio) -> None:
    with pytest.raises(FileExists):
        drafts.add_file(studio.ihala, studio.owner, studio.draft(), DIAGRAM, b"<x/>")


@pytest.mark.parametrize(
    "path", ["../x.bpmn", "/etc/x.bpmn", "a/../x.form", "x.py", "x.bpmn/y", "a b.bpmn", "", "x.BPMN"]
)
def test_a_name_that_is_no_file_of_a_mechanism_is_refused(studio: Studio, path: str) -> None:
    with pytest.raises(PathUnfit):
        drafts.add_file(studio.ihala, studio.owner, studio.draft(), path, b"")


def test_a_huge_file_is_refused(studio: Studio) -> None:
    with pytest.raises(FileTooLarge):
        drafts.add_file(studio.ihala, studio.owner, studio.draft(), "x.md", b"x" * 2_000_001)


def test_a_draft_can_be_thrown_away(studio: Studio) -> None:
    drafts.discard(studio.ihala, studio.owner, studio.changed())
    assert studio.numbers() == {1: "published"}


def test_the_number_of_a_discarded_draft_is_not_given_again(studio: Studio) -> None:
    drafts.discard(studio.ihala, studio.owner, studio.draft())
    studio.draft()
    assert studio.numbers() == {1: "published", 3: "draft"}


def test_a_discarded_draft_is_not_found(studio: Studio) -> None:
    draft_id = studio.draft()
    drafts.discard(studio.ihala, studio.owner, draft_id)
    with pytest.raises(NotFound):
        drafts.files(studio.ihala, studio.owner, draft_id)


def test_a_published_release_is_never_changed(studio: Studio) -> None:
    with pytest.raises(drafts.NotADraft):
        drafts.add_file(studio.ihala, studio.owner, studio.base_id, "x.md", b"")


def test_what_is_wrong_is_said_at_its_element(studio: Studio) -> None:
    draft_id = studio.changed(">P1D<", ">soon<")
    said = drafts.problems(drafts.files(studio.ihala, studio.owner, draft_id))
    assert [(one.element, one.severity) for one in said if one.severity != "advice"] == [("late", "cannot_run")]


def test_the_journal_of_releases_tells_who_did_what(studio: Studio) -> None:
    studio.changed()
    with studio.ihala.database.reading() as tx:
        rows = journal_rows.entries(tx, "releases")
        assert journal.verify(tx, studio.ihala.vault, "releases") is None
    assert [(row.event, row.actor_id) for row in rows][-2:] == [
        ("draft_started", studio.owner.account_id),
        ("draft_changed", studio.owner.account_id),
    ]
