"""The migration desk: cases in groups, tried, moved in the background, and taken back; nothing of a person is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from engine.access import NotAllowed
from engine.case_page import case_view
from engine.cases import open_case
from engine.clock import MovableClock
from engine.execution.migration.plan import Plan
from engine.jobs.tick import tick
from engine.persistence.tables.cases import case, draft
from engine.persistence.tables.work import timer, work_item
from engine.studio import drafts, publishing
from engine.studio.desk import runs
from engine.studio.desk.groups import Group, groups
from engine.studio.desk.report import Report, report
from engine.studio.desk.runs import NothingThere, Wish
from engine.studio.stories import play_some
from engine.tasks import claim, complete_task, save_draft
from tests.engine.studio.conftest import DIAGRAM, FORM, Studio

REPORT = {"source": "hotline", "story": "Planted words"}


def reported(studio: Studio) -> str:
    """The review that waits in a case that was just reported."""
    item_id = open_case(studio.ihala, studio.responder, "referral")
    complete_task(studio.ihala, studio.responder, item_id or "", REPORT)
    return _items(studio)[-1]


def _items(studio: Studio) -> list[str]:
    with studio.ihala.database.reading() as tx:
        query = sa.select(work_item.c.id).where(work_item.c.element == "review", work_item.c.done_at.is_(None))
        return list(tx.execute(query.order_by(work_item.c.opened_at)).scalars())


def publish(studio: Studio, *changes: tuple[str, str], path: str = DIAGRAM) -> str:
    draft_id = studio.draft()
    content = studio.file(draft_id, path).decode()
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    studio.save(draft_id, path, content.encode())
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    publishing.propose(studio.ihala, studio.owner, draft_id, "A change.", waiver="Later.")
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True, waiver="Later.")
    return draft_id


def releases_of(studio: Studio) -> set[str]:
    with studio.ihala.database.reading() as tx:
        return set(tx.execute(sa.select(case.c.release_id)).scalars())


def only(studio: Studio) -> Group:
    (group,) = groups(studio.ihala, studio.owner)
    return group


def worked(studio: Studio) -> None:
    while tick(studio.ihala).moved:
        pass


def tried(studio: Studio, plan: Plan | None = None) -> Report:
    run_id = runs.begin_trial(studio.ihala, studio.owner, Wish(only(studio).key, plan or Plan()))
    worked(studio)
    return report(studio.ihala, studio.owner, run_id)


def moved(studio: Studio, plan: Plan | None = None, limit: int | None = None) -> str:
    run_id = runs.begin_move(studio.ihala, studio.owner, Wish(only(studio).key, plan or Plan(), limit))
    worked(studio)
    return run_id


def row(studio: Studio, item_id: str) -> sa.Row[tuple[object, ...]]:
    with studio.ihala.database.reading() as tx:
        found = tx.execute(sa.select(work_item).where(work_item.c.id == item_id)).first()
    assert found is not None
    return found


LATER = (">P1D<", ">P2D<")


def test_a_mended_word_strands_no_case(studio: Studio) -> None:
    reported(studio)
    after = publish(studio, ("Review the referral", "Look at the referral"))
    assert groups(studio.ihala, studio.owner) == []
    assert releases_of(studio) == {after}


def test_cases_stand_in_groups_by_release_and_step(studio: Studio) -> None:
    reported(studio)
    reported(studio)
    open_case(studio.ihala, studio.responder, "referral")
    publish(studio, LATER)
    found = groups(studio.ihala, studio.owner)
    assert [([step.en for step in one.steps], len(one.case_ids)) for one in found] == [
        (["Review the referral"], 2),
        (["Take the referral"], 1),
    ]


def test_a_trial_changes_nothing_and_says_what_would(studio: Studio) -> None:
    item = reported(studio)
    before = row(studio, item)
    publish(studio, LATER)
    found = tried(studio)
    assert found.counts == {"moves": 1}
    assert [line.text.en for line in found.findings] == [
        "The deadline 'Not reviewed in a day' has another length; it counts from the same day."
    ]
    assert row(studio, item) == before
    assert releases_of(studio) == {studio.base_id}


def test_a_moved_case_keeps_its_task_holder_and_draft_and_the_clock_is_longer(studio: Studio) -> None:
    item = reported(studio)
    claim(studio.ihala, studio.coordinator, item)
    save_draft(studio.ihala, studio.coordinator, item, {"note": ["half"]})
    was = row(studio, item)
    after = publish(studio, LATER)
    moved(studio)
    now = row(studio, item)
    assert now.due_at == was.due_at + timedelta(days=1)  # type: ignore[operator]
    assert (now.assignee_id, now.status, now.opened_at) == (was.assignee_id, was.status, was.opened_at)
    with studio.ihala.database.reading() as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(draft)).scalar() == 1
        assert tx.execute(sa.select(timer.c.due_at)).scalar() == now.due_at
    assert releases_of(studio) == {after}
    complete_task(studio.ihala, studio.coordinator, item, {"ok": "yes"})


def test_a_removed_step_needs_a_choice_and_the_work_goes_on_with_it(studio: Studio) -> None:
    item = reported(studio)
    claim(studio.ihala, studio.coordinator, item)
    save_draft(studio.ihala, studio.coordinator, item, {"note": ["half"]})
    renamed(studio)
    (line,) = tried(studio).hindrances
    assert (line.element, line.is_choice, line.cases) == ("review", True, 1)
    found = tried(studio, Plan({"review": "check"}))
    assert found.counts == {"loses": 1}
    assert found.holders == (studio.coordinator.name,)
    moved(studio, Plan({"review": "check"}))
    (now,) = open_items(studio)
    assert (now.element, now.assignee_id) == ("check", studio.coordinator.account_id)
    assert row(studio, item).status == "cancelled"
    with studio.ihala.database.reading() as tx:
        drafts = {one.work_item_id for one in tx.execute(sa.select(draft))}
    assert now.id in drafts


def renamed(studio: Studio) -> str:
    draft_id = studio.draft()
    studio.save(
        draft_id, DIAGRAM, studio.file(draft_id).replace(b'"review"', b'"check"').replace(b">review<", b">check<")
    )
    form = studio.file(draft_id, "referral/review.form").replace(b'"id":"review"', b'"id":"check"')
    drafts.remove_file(studio.ihala, studio.owner, draft_id, "referral/review.form")
    drafts.add_file(studio.ihala, studio.owner, draft_id, "referral/check.form", form)
    path = "referral/scenarios/reported_and_reviewed.yaml"
    studio.save(draft_id, path, studio.file(draft_id, path).replace(b"do: review", b"do: check"))
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    publishing.propose(studio.ihala, studio.owner, draft_id, "Another name.")
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True)
    return draft_id


def open_items(studio: Studio) -> list[sa.Row[tuple[object, ...]]]:
    with studio.ihala.database.reading() as tx:
        return list(tx.execute(sa.select(work_item).where(work_item.c.done_at.is_(None))))


def test_a_move_is_taken_back_with_all_that_belongs_to_it(studio: Studio) -> None:
    item = reported(studio)
    claim(studio.ihala, studio.coordinator, item)
    save_draft(studio.ihala, studio.coordinator, item, {"note": ["half"]})
    was = row(studio, item)
    renamed(studio)
    run_id = moved(studio, Plan({"review": "check"}))
    runs.begin_undo(studio.ihala, studio.owner, run_id)
    worked(studio)
    assert row(studio, item) == was
    assert releases_of(studio) == {studio.base_id}
    assert report(studio.ihala, studio.owner, run_id).counts == {"undone": 1}
    complete_task(studio.ihala, studio.coordinator, item, {"ok": "yes"})


def test_a_case_that_was_touched_since_is_not_taken_back(studio: Studio) -> None:
    item = reported(studio)
    after = publish(studio, LATER)
    run_id = moved(studio)
    complete_task(studio.ihala, studio.coordinator, item, {"ok": "yes"})
    undo = runs.begin_undo(studio.ihala, studio.owner, run_id)
    worked(studio)
    assert report(studio.ihala, studio.owner, undo).counts == {"touched": 1}
    assert releases_of(studio) == {after}


def test_only_so_many_are_moved_the_oldest_first(studio: Studio) -> None:
    reported(studio)
    reported(studio)
    publish(studio, LATER)
    moved(studio, limit=1)
    assert len(only(studio).case_ids) == 1


def test_a_case_that_goes_on_between_trial_and_move_is_left_alone(studio: Studio) -> None:
    item = reported(studio)
    publish(studio, LATER)
    run_id = runs.begin_move(studio.ihala, studio.owner, Wish(only(studio).key))
    complete_task(studio.ihala, studio.coordinator, item, {"ok": "yes"})
    worked(studio)
    assert report(studio.ihala, studio.owner, run_id).counts == {"touched": 1}


def test_what_becomes_overdue_is_said(studio: Studio) -> None:
    publish(studio, LATER)
    reported(studio)
    clock = studio.ihala.clock
    assert isinstance(clock, MovableClock)
    clock.move_to(clock.now() + timedelta(days=1, hours=12))
    draft_id = drafts.start(studio.ihala, studio.owner, studio.base_id, "Back to one day")
    publishing.propose(studio.ihala, studio.owner, draft_id, "One day.")
    publishing.decide(studio.ihala, studio.second, draft_id, approves=True)
    assert [line.text.en for line in tried(studio).findings if line.is_loss] == [
        "'Review the referral' becomes overdue at once."
    ]


def test_a_group_that_is_gone_is_said(studio: Studio) -> None:
    with pytest.raises(NothingThere):
        runs.begin_move(studio.ihala, studio.owner, Wish("0" * 16))


def test_whoever_serves_cases_does_not_reach_the_desk(studio: Studio) -> None:
    for reach in (groups, lambda ihala, actor: runs.begin_trial(ihala, actor, Wish("x"))):
        with pytest.raises(NotAllowed):
            reach(studio.ihala, studio.coordinator)


def test_no_word_of_a_case_is_in_a_report(studio: Studio) -> None:
    reported(studio)
    publish(studio, LATER)
    assert "Planted" not in repr(tried(studio))
    assert "Planted" not in repr(report(studio.ihala, studio.owner, moved(studio)))


def test_earlier_answers_are_read_under_the_release_they_were_given(studio: Studio) -> None:
    reported(studio)
    (case_id,) = {str(one.case_id) for one in open_items(studio)}
    asked_before(studio)
    before = case_view(studio.ihala, studio.responder, case_id).record
    assert [(one.element, one.answers[0].label.en) for one in before] == [("take_referral", "Who reports?")]
    moved(studio)
    assert case_view(studio.ihala, studio.responder, case_id).record == before


def asked_before(studio: Studio) -> str:
    """A release that asks another question in the first task, and gives more time for the second."""
    draft_id = studio.changed()
    form = studio.file(draft_id, FORM).replace(b"Who reports?", b"Who told us?").replace(b'"source"', b'"origin"')
    studio.save(draft_id, FORM, form)
    path = "referral/scenarios/reported_and_reviewed.yaml"
    studio.save(draft_id, path, studio.file(draft_id, path).replace(b"source:", b"origin:"))
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    publishing.propose(studio.ihala, studio.owner, draft_id, "Another question.")
    assert publishing.decide(studio.ihala, studio.second, draft_id, approves=True)
    return draft_id


def test_the_history_of_a_moved_case_calls_steps_by_their_names(studio: Studio) -> None:
    item = reported(studio)
    claim(studio.ihala, studio.coordinator, item)
    renamed(studio)
    moved(studio, Plan({"review": "check"}))
    (now,) = open_items(studio)
    view = case_view(studio.ihala, studio.coordinator, str(now.case_id))
    said = [one.text.en for one in view.timeline]
    assert "'Review the referral' was claimed." in said
    assert "The case goes on with another release." in said
