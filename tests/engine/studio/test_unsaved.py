"""What is drawn and not saved: kept beside the file, for its own person, until it is saved or forgotten."""

from __future__ import annotations

import pytest

from engine.access import NotAllowed, NotFound
from engine.studio import drafts, unsaved
from engine.studio.drafts import ChangedMeanwhile
from engine.studio.file_limits import LARGEST_FILE, FileTooLarge, PathUnfit
from tests.engine.studio.conftest import DIAGRAM, FORM, Studio


def kept(studio: Studio, draft_id: str, path: str = DIAGRAM) -> bytes | None:
    found = unsaved.kept(studio.ihala, studio.owner, draft_id, path)
    return found.content if found else None


def test_what_was_drawn_is_kept_with_when_and_its_revision(studio: Studio) -> None:
    draft_id = studio.draft()
    at = unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    assert unsaved.kept(studio.ihala, studio.owner, draft_id, DIAGRAM) == unsaved.Unsaved(b"<drawn/>", 0, at)


def test_the_file_stays_as_it_was_saved(studio: Studio) -> None:
    draft_id = studio.draft()
    before = studio.file(draft_id)
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    assert studio.file(draft_id) == before


def test_the_latest_takes_the_place_of_the_one_before(studio: Studio) -> None:
    draft_id = studio.draft()
    for drawn in (b"<first/>", b"<second/>"):
        unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, drawn, 0)
    assert kept(studio, draft_id) == b"<second/>"


def test_each_file_has_its_own(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    assert kept(studio, draft_id, FORM) is None


def test_saving_forgets_it(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    studio.save(draft_id, DIAGRAM, studio.file(draft_id) + b" ")
    assert kept(studio, draft_id) is None


def test_saving_what_stands_there_already_forgets_it_too(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    studio.save(draft_id, DIAGRAM, studio.file(draft_id))
    assert kept(studio, draft_id) is None


def test_a_saving_that_met_a_newer_one_keeps_it(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, DIAGRAM, studio.file(draft_id) + b" ")
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    with pytest.raises(ChangedMeanwhile):
        drafts.save_file(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    assert kept(studio, draft_id) == b"<drawn/>"


def test_it_is_forgotten_on_demand(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    unsaved.forget(studio.ihala, studio.owner, draft_id, DIAGRAM)
    assert kept(studio, draft_id) is None


def test_it_goes_with_its_file(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, FORM, b"{}", 0)
    drafts.remove_file(studio.ihala, studio.owner, draft_id, FORM)
    assert kept(studio, draft_id, FORM) is None


def test_a_draft_with_something_unsaved_can_be_thrown_away(studio: Studio) -> None:
    draft_id = studio.draft()
    unsaved.keep(studio.ihala, studio.owner, draft_id, DIAGRAM, b"<drawn/>", 0)
    drafts.discard(studio.ihala, studio.owner, draft_id)
    assert list(studio.numbers()) == [1]


@pytest.mark.parametrize(("path", "refusal"), [("../secret.bpmn", PathUnfit), ("referral/none.bpmn", NotFound)])
def test_only_a_file_of_the_draft_is_kept(studio: Studio, path: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        unsaved.keep(studio.ihala, studio.owner, studio.draft(), path, b"<drawn/>", 0)


def test_nothing_too_large_is_kept(studio: Studio) -> None:
    with pytest.raises(FileTooLarge):
        unsaved.keep(studio.ihala, studio.owner, studio.draft(), DIAGRAM, b" " * (LARGEST_FILE + 1), 0)


def test_another_process_owner_neither_keeps_nor_reads_it(studio: Studio) -> None:
    draft_id = studio.draft()
    with pytest.raises(NotFound):
        unsaved.keep(studio.ihala, studio.second, draft_id, DIAGRAM, b"<drawn/>", 0)
    with pytest.raises(NotFound):
        unsaved.kept(studio.ihala, studio.second, draft_id, DIAGRAM)


def test_staff_who_draw_nothing_keep_nothing(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        unsaved.keep(studio.ihala, studio.responder, studio.draft(), DIAGRAM, b"<drawn/>", 0)
