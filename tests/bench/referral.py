"""The real mechanism: a woman's case from the first report to the closed file, as its own story tells it."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from engine import tasks
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
    _, _, history = land.begin(STORY)
    took: list[float] = []
    complete = tasks.complete_task

    def timed(*given: object) -> object:
        begun = perf_counter()
        done = complete(*given)  # type: ignore[arg-type]
        took.append(perf_counter() - begun)
        return done

    tasks.complete_task = timed  # type: ignore[assignment]
    try:
        for step in land.stories[STORY].steps:
            history.take(step)
    finally:
        tasks.complete_task = complete
    return took
