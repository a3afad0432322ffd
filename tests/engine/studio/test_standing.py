"""Where cases stand: figures by step for whoever draws the mechanism, and cases for those alone who see them anyway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from engine import teams, worklist
from engine.access import Actor, NotAllowed, NotFound
from engine.cases import case_list, open_case
from engine.clock import MovableClock
from engine.persistence.tables.work import incident
from engine.releases import current_release
from engine.studio.periods import NOW, Period, PeriodUnfit, between, last
from engine.studio.small_numbers import Figure
from engine.studio.standing import StepFigures, cases_at, standing
from engine.tasks import complete_task
from tests.engine.studio.conftest import Studio

REPORT = {"source": "hotline", "story": "Planted words"}
FEW = Figure(1, is_few=True)


def reported(studio: Studio, many: int = 1) -> None:
    for _ in range(many):
        item_id = open_case(studio.ihala, studio.responder, "referral")
        complete_task(studio.ihala, studio.responder, item_id or "", REPORT)


def later(studio: Studio, **span: float) -> None:
    clock = studio.ihala.clock
    assert isinstance(clock, MovableClock)
    clock.move_to(clock.now() + timedelta(**span))


def last_week(studio: Studio) -> Period:
    return last(7, studio.ihala.clock.now())


def steps(studio: Studio, actor: Actor | None = None, period: Period = NOW) -> dict[str, StepFigures]:
    found = standing(studio.ihala, actor or studio.owner, studio.base_id, "referral", period)
    return {step.element: step for step in found.steps}


def both(studio: Studio) -> Actor:
    """A process owner who also coordinates cases."""
    return replace(studio.coordinator, memberships=(*studio.owner.memberships, *studio.coordinator.memberships))


# Now ----------------------------------------------------------------------------------------------------------------
def test_what_waits_is_counted_by_step(studio: Studio) -> None:
    reported(studio, 2)
    open_case(studio.ihala, studio.responder, "referral")
    assert {name: one.waiting.number for name, one in steps(studio).items()} == {"review": 2, "take_referral": 1}


def test_the_cases_that_run_are_counted(studio: Studio) -> None:
    reported(studio, 2)
    assert standing(studio.ihala, studio.owner, studio.base_id).count == 2


def test_the_step_with_most_comes_first(studio: Studio) -> None:
    reported(studio, 2)
    open_case(studio.ihala, studio.responder, "referral")
    assert list(steps(studio)) == ["review", "take_referral"]


def test_what_is_late_is_counted_apart(studio: Studio) -> None:
    reported(studio)
    later(studio, days=2)
    assert steps(studio)["review"].overdue.number == 1


def test_ages_are_those_of_the_oldest_and_the_middle_one(studio: Studio) -> None:
    for _ in range(3):
        reported(studio)
        later(studio, hours=10)
    review = steps(studio)["review"]
    assert (review.oldest, review.middle) == (timedelta(hours=30), timedelta(hours=20))


def test_a_step_at_which_only_something_stopped_is_shown(studio: Studio) -> None:
    _stop(studio, "remind")
    assert steps(studio)["remind"].incidents.number == 1


def test_all_releases_are_counted_together(studio: Studio) -> None:
    reported(studio)
    found = standing(studio.ihala, studio.owner, None)
    assert (found.count, [one.waiting for one in found.processes]) == (1, [Figure(1)])


def test_a_release_counts_its_own_cases_only(studio: Studio) -> None:
    reported(studio)
    assert standing(studio.ihala, studio.owner, studio.draft()).processes == ()


# In a period --------------------------------------------------------------------------------------------------------
def test_what_passed_is_counted_with_the_time_it_took(studio: Studio) -> None:
    _passed(studio, 5)
    taken = steps(studio, period=last_week(studio))["take_referral"]
    assert (taken.passed, taken.late, taken.took) == (Figure(5), Figure(0), timedelta(hours=3))


def test_what_passed_before_the_period_is_not_counted(studio: Studio) -> None:
    _passed(studio, 5)
    later(studio, days=8)
    assert "take_referral" not in steps(studio, period=last_week(studio))


def test_what_stood_once_is_shown_as_it_stood(studio: Studio) -> None:
    for _ in range(5):
        open_case(studio.ihala, studio.responder, "referral")
    now = studio.ihala.clock.now()
    later(studio, days=2)
    past = Period(now - timedelta(days=1), now + timedelta(days=1))
    _finish_all(studio)
    assert (steps(studio, period=past)["take_referral"].waiting, steps(studio).get("take_referral")) == (
        Figure(5),
        None,
    )


def test_incidents_of_the_period_are_those_that_arose_in_it(studio: Studio) -> None:
    for _ in range(5):
        _stop(studio, "remind")
    later(studio, days=8)
    assert "remind" not in steps(studio, period=last_week(studio))


@pytest.mark.parametrize(("first", "end"), [("2026-02-02", "2026-02-01"), ("soon", "2026-02-01"), ("2030-01-01",) * 2])
def test_dates_that_are_no_period_are_refused(studio: Studio, first: str, end: str) -> None:
    with pytest.raises(PeriodUnfit):
        between(first, end, _zone(studio), studio.ihala.clock.now())


def test_days_are_those_of_the_mechanism(studio: Studio) -> None:
    period = between("2026-02-01", "2026-02-01", _zone(studio), studio.ihala.clock.now())
    assert [one and one.isoformat() for one in (period.since, period.until)] == [
        "2026-02-01T00:00:00+02:00",
        "2026-02-02T00:00:00+02:00",
    ]


# Small numbers ------------------------------------------------------------------------------------------------------
def test_whoever_sees_no_case_is_not_told_a_small_number_of_a_period(studio: Studio) -> None:
    _passed(studio, 4)
    taken = steps(studio, period=last_week(studio))["take_referral"]
    assert (taken.passed, taken.took) == (FEW, None)


def test_whoever_answers_for_cases_is_told_it(studio: Studio) -> None:
    _passed(studio, 4)
    taken = steps(studio, both(studio), last_week(studio))["take_referral"]
    assert (taken.passed, taken.took) == (Figure(4), timedelta(hours=3))


def test_ages_of_a_few_that_stood_once_are_not_told(studio: Studio) -> None:
    reported(studio)
    now = studio.ihala.clock.now()
    later(studio, days=4)
    review = steps(studio, period=Period(now - timedelta(days=1), now + timedelta(days=1)))["review"]
    assert (review.waiting, review.oldest, review.middle) == (FEW, None, None)


def test_no_sum_gives_a_small_number_of_the_past_away(studio: Studio) -> None:
    reported(studio, 6)
    now = studio.ihala.clock.now()
    later(studio, days=4)
    period = Period(now - timedelta(days=1), now + timedelta(days=1))
    assert [one.waiting for one in standing(studio.ihala, studio.owner, None, "", period).processes] == [None]


# Who may see what ---------------------------------------------------------------------------------------------------
def test_a_draft_has_no_cases(studio: Studio) -> None:
    assert standing(studio.ihala, studio.owner, studio.draft()).count == 0


@pytest.mark.parametrize("release", ["base", "all"])
def test_whoever_serves_cases_does_not_see_the_figures(studio: Studio, release: str) -> None:
    with pytest.raises(NotAllowed):
        standing(studio.ihala, studio.coordinator, studio.base_id if release == "base" else None)


def test_whoever_serves_cases_does_not_see_a_step_of_the_studio(studio: Studio) -> None:
    reported(studio)
    with pytest.raises(NotAllowed):
        cases_at(studio.ihala, studio.coordinator, None, "referral", "review")


def test_no_word_of_a_case_is_among_the_figures(studio: Studio) -> None:
    reported(studio)
    assert "Planted" not in repr(standing(studio.ihala, studio.owner, studio.base_id))


def test_a_process_owner_finds_no_case_at_a_step(studio: Studio) -> None:
    reported(studio)
    found = cases_at(studio.ihala, studio.owner, studio.base_id, "referral", "review")
    assert (found.rows, found.sees_cases, found.figures and found.figures.waiting) == ([], False, Figure(1))


def test_whoever_serves_the_cases_finds_them_at_the_step(studio: Studio) -> None:
    reported(studio, 2)
    found = cases_at(studio.ihala, both(studio), studio.base_id, "referral", "review")
    assert {row.case_id for row in found.rows} == {row.id for row in case_list(studio.ihala, both(studio)).rows}


def test_whoever_left_a_case_does_not_find_it(studio: Studio) -> None:
    reported(studio)
    (row,) = worklist.inbox(studio.ihala, studio.coordinator, "team").rows
    first = replace(studio.responder, memberships=(*studio.owner.memberships, *studio.responder.memberships))
    seen = [one.case_id for one in cases_at(studio.ihala, first, None, "referral", "review").rows]
    teams.reassign(studio.ihala, studio.coordinator, row.case_id, "first_responder", "other_line", "Nearer")
    left = cases_at(studio.ihala, first, None, "referral", "review").rows
    assert (seen, left) == ([row.case_id], [])


def test_a_role_with_its_own_part_finds_its_own_tasks_alone(studio: Studio) -> None:
    """In the team of the case, but at this step another one works: it does not learn where the case stands."""
    reported(studio)
    (seat,) = studio.responder.memberships
    aide = replace(studio.responder, memberships=(*studio.owner.memberships, seat))
    with _seeing_own(studio):
        assert cases_at(studio.ihala, aide, None, "referral", "review").rows == []


def test_the_list_goes_on_where_a_page_ends(studio: Studio) -> None:
    reported(studio, 3)
    first = cases_at(studio.ihala, both(studio), None, "referral", "review", limit=2)
    second = cases_at(studio.ihala, both(studio), None, "referral", "review", first.next, limit=2)
    assert (len(first.rows), len(second.rows), len({row.case_id for row in [*first.rows, *second.rows]})) == (2, 1, 3)


def test_a_step_that_does_not_exist_is_not_found(studio: Studio) -> None:
    with pytest.raises(NotFound):
        cases_at(studio.ihala, studio.owner, studio.base_id, "referral", "nothing")


# ---------------------------------------------------------------------------------------------------------------------
def _passed(studio: Studio, many: int) -> None:
    """So many referrals taken, each three hours after it was opened."""
    items = [open_case(studio.ihala, studio.responder, "referral") for _ in range(many)]
    later(studio, hours=3)
    for item_id in items:
        complete_task(studio.ihala, studio.responder, item_id or "", REPORT)


def _finish_all(studio: Studio) -> None:
    for row in worklist.inbox(studio.ihala, studio.responder, "team").rows:
        complete_task(studio.ihala, studio.responder, row.id, REPORT)


def _stop(studio: Studio, element: str) -> None:
    """A case with an open incident at the element."""
    item_id = open_case(studio.ihala, studio.responder, "referral")
    rows = worklist.inbox(studio.ihala, studio.responder, "team").rows
    case_id, now = next(row.case_id for row in rows if row.id == item_id), studio.ihala.clock.now()
    about = {"id": f"stop-{item_id}", "case_id": case_id, "element": element, "act": "fire"}
    with studio.ihala.database.writing() as tx:
        tx.execute(sa.insert(incident).values(**about, text_en="-", text_ar="-", at=now, last_at=now))


def _zone(studio: Studio) -> ZoneInfo:
    with studio.ihala.database.reading() as tx:
        return current_release(studio.ihala, tx).mechanism.time_zone


@contextmanager
def _seeing_own(studio: Studio) -> Iterator[None]:
    """First responders see their own part of a case only, as service providers do."""
    with studio.ihala.database.reading() as tx:
        release = current_release(studio.ihala, tx)
    role = replace(release.charter.roles["first_responder"], sees="own")
    charter = replace(release.charter, roles={**release.charter.roles, "first_responder": role})
    studio.ihala.releases[release.id] = replace(release, charter=charter)
    yield
    studio.ihala.releases[release.id] = release
