"""The real mechanism: a woman's case from the first report to the closed file, as its own story tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter

from engine import tasks
from engine.clock import MovableClock
from engine.demonstration.histories import History
from engine.releases import current_release
from tests.bench.measuring import Part
from tests.bench.stores import Store
from tests.engine.privacy.land import Land, inhabited

STORY = "woman_to_closure"
ROUNDS = 3


def referral(stores: list[Store], *, rounds: int = ROUNDS) -> Part:
    part = Part(
        "referral",
        f"Time of a task in the real national referral: the story {STORY!r}, clocks, beds, consents and all.\n"
        "The stock engine cannot run these diagrams (FEEL, our operations), so N is its figure for the drawn referral.",
        ["database", "tasks", "ms a task", "tasks a second"],
    )
    for store in stores:
        with inhabited(store.fresh(), store.place()) as land:
            took = [one for _ in range(rounds) for one in _told(land)]
        each = median(took)
        part.figures[store.kind] = {"tasks": len(took), "ms": 1000 * each, "per_second": 1 / each}
        part.rows.append([store.kind, len(took), 1000 * each, 1 / each])
    return part


def _told(land: Land) -> list[float]:
    """How long each task of the story took to complete."""
    story = land.stories[STORY]
    clock = MovableClock(story.starts)
    own = replace(land.ihala, clock=clock)
    with own.database.reading() as tx:
        mechanism = current_release(own, tx).mechanism
    history = History(own, clock, mechanism, land.staff, timedelta())
    history.start(next(one for one in land.staff if one.role == "first_responder"), story.process)
    took: list[float] = []
    complete = tasks.complete_task

    def timed(*given: object) -> object:
        begun = perf_counter()
        done = complete(*given)  # type: ignore[arg-type]
        took.append(perf_counter() - begun)
        return done

    tasks.complete_task = timed  # type: ignore[assignment]
    try:
        for step in story.steps:
            history.take(step)
    finally:
        tasks.complete_task = complete
    return took
