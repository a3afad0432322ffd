"""One step of a case is done wholly or not at all, and a live instance is never older than its case."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from engine import steps
from engine.application import open_ihala
from engine.case_page import case_view
from engine.completing import StaleItem
from engine.errors import Refusal
from engine.incidents import incidents
from engine.jobs.tick import tick
from engine.notices import notices
from engine.persistence import Database, clock_rows
from engine.persistence.tables.releases import release_file
from engine.retrying import retry
from engine.steps import StepUndone
from engine.tasks import complete_task
from engine.timers import fire_due
from engine.worklist import inbox
from tests.engine.application.office import Office, later


def second_process(at: Office) -> Office:
    """The same installation as another process sees it."""
    return Office(open_ihala(at.ihala.settings, at.clock), at.clock, at.people)


def test_a_step_that_fails_leaves_the_inbox_as_it_was(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = at.open()
    monkeypatch.setattr(steps, "save", lambda *_: 1 / 0)
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, item_id, {"agrees": "yes"})
    assert at.tasks_of(at.responder) == {"take": item_id}


def test_a_step_that_fails_leaves_an_incident(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = at.open()
    monkeypatch.setattr(steps, "save", lambda *_: 1 / 0)
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, item_id, {"agrees": "yes"})
    assert [(one.act, one.attempts) for one in incidents(at.ihala, at.operator)] == [("complete", 1)]


def test_what_failed_can_be_tried_again_with_the_same_answers(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = at.open()
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        with pytest.raises(StepUndone):
            complete_task(at.ihala, at.responder, item_id, {"agrees": "yes"})
    retry(at.ihala, at.operator, incidents(at.ihala, at.operator)[0].id)
    assert "check" in at.tasks_of(at.colleague)


def test_a_retry_that_succeeds_resolves_the_incident(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = at.open()
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        with pytest.raises(StepUndone):
            complete_task(at.ihala, at.responder, item_id, {"agrees": "yes"})
    retry(at.ihala, at.operator, incidents(at.ihala, at.operator)[0].id)
    assert incidents(at.ihala, at.operator) == []


def test_another_process_goes_on_where_this_one_stopped(at: Office) -> None:
    case_id = at.take()
    other = second_process(at)
    complete_task(other.ihala, other.colleague, other.tasks_of(other.colleague)["check"], {})
    other.ihala.close()
    complete_task(at.ihala, at.coordinator, at.tasks_of(at.coordinator)["ask"], {})
    complete_task(at.ihala, at.doctor, at.tasks_of(at.doctor)["treat"], {})
    assert case_view(at.ihala, at.coordinator, case_id).status == "open"


def test_two_people_who_complete_the_same_task_at_once_count_once(at: Office) -> None:
    at.take()
    item_id, refused = at.tasks_of(at.colleague)["check"], []
    together = Barrier(2)

    def complete() -> None:
        together.wait()
        try:
            complete_task(at.ihala, at.colleague, item_id, {})
        except StaleItem as refusal:
            refused.append(refusal)

    both = [Thread(target=complete) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(refused) == 1


def test_a_clock_that_is_due_fires_once_with_two_workers(at: Office) -> None:
    at.open()
    at.clock.move_to(later(2))
    fired, together = [], Barrier(2)

    def work() -> None:
        together.wait()
        fired.append(fire_due(at.ihala))

    both = [Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(fired) == 1


def test_a_clock_does_not_fire_before_its_time(at: Office) -> None:
    at.open()
    at.clock.move_to(later(1.99))
    assert fire_due(at.ihala) == 0


def test_a_clock_goes_with_its_task(at: Office) -> None:
    at.take()
    with at.ihala.database.reading() as tx:
        assert clock_rows.next_due(tx) is None


def test_a_clock_that_fires_tells_the_role_it_names(at: Office) -> None:
    at.open()
    at.clock.move_to(later(2))
    fire_due(at.ihala)
    assert [one.kind for one in notices(at.ihala, at.coordinator)] == ["overdue"]


def test_a_clock_that_fails_waits_for_an_operator(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    at.open()
    at.clock.move_to(later(2))
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        fire_due(at.ihala)
    assert fire_due(at.ihala) == 0


def test_a_clock_that_failed_fires_when_it_is_tried_again(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    at.open()
    at.clock.move_to(later(2))
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        fire_due(at.ihala)
    retry(at.ihala, at.operator, incidents(at.ihala, at.operator)[0].id)
    assert [one.kind for one in notices(at.ihala, at.coordinator)] == ["overdue"]


def test_the_holder_of_an_overdue_task_is_told_once(at: Office) -> None:
    at.open()
    at.clock.move_to(later(3))
    tick(at.ihala)
    tick(at.ihala)
    assert [one.kind for one in notices(at.ihala, at.responder)] == ["overdue"]


def test_a_live_instance_of_another_revision_is_never_used(at: Office) -> None:
    at.take()
    other = second_process(at)
    item_id = other.tasks_of(other.colleague)["check"]
    complete_task(other.ihala, other.colleague, item_id, {})
    other.ihala.close()
    with pytest.raises(StaleItem):
        complete_task(at.ihala, at.colleague, item_id, {})


def test_every_refusal_speaks_both_languages() -> None:
    kinds: list[type[Refusal]] = [Refusal, *Refusal.__subclasses__()]
    assert [one.__name__ for one in kinds if not (one.sentence.en and one.sentence.ar)] == []


def test_the_inbox_of_an_overdue_task_says_so(at: Office) -> None:
    at.open()
    at.clock.move_to(later(3))
    assert inbox(at.ihala, at.responder, "overdue").rows[0].is_overdue


def test_a_database_file_belongs_to_its_owner_alone(at: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("private") / "new.sqlite"
    Database(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o077 == 0


def test_a_case_runs_the_text_that_was_stored_with_its_release(at: Office) -> None:
    with at.ihala.database.writing() as tx:
        stored = sa.select(release_file.c.executed).where(release_file.c.path == "help.bpmn")
        renamed = tx.execute(stored).scalar_one().replace(b'name="Take"', b'name="Take as stored"')
        tx.execute(sa.update(release_file).where(release_file.c.path == "help.bpmn").values(executed=renamed))
    other = second_process(at)
    other.open()
    assert [row.name.en for row in inbox(other.ihala, at.responder).rows] == ["Take as stored"]
    other.ihala.close()
