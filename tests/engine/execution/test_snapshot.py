"""Saved instances: small, complete, and no dearer after two thousand rounds."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from engine.decisions.values import YearsMonths
from engine.execution import DamagedSnapshot
from engine.execution.snapshot import read
from tests.engine.execution.diagrams import (
    boundary,
    call,
    diagram,
    end,
    event,
    flow,
    gateway,
    many,
    path,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.engine.execution.stage import Stage

REVIEW = (
    user("review"),
    boundary("late", "review", timer("P30D"), stops=False),
    script("count", "rounds = rounds + 1"),
    gateway("exclusive", "again", "again-m"),
    user("chase"),
)
ROUNDS = diagram(
    "p", start(), gateway("exclusive", "m"), *REVIEW, end(),
    path("s", "m", "review", "count", "again", "m"), path("late", "chase"), flow("again", "e", "review.closed"),
)  # fmt: skip
NESTED = diagram(
    "p", start(), gateway("exclusive", "m"), sub("stage", start("is"), *REVIEW[:3], user("chase"), end("ie"),
    path("is", "review", "count", "ie"), path("late", "chase")), gateway("exclusive", "again", "again-m"), end(),
    path("s", "m", "stage", "again", "m"), flow("again", "e", "stage.review.closed"),
)  # fmt: skip
both_shapes = pytest.mark.parametrize("drawn", [ROUNDS, NESTED], ids=["loop", "loop around a sub-process"])


def review(drawn: bytes, rounds: int) -> Stage:
    """An instance after so many reviews, at irregular moments, with answers that differ."""
    stage, dice = Stage(reloads=False).start(drawn, variables={"rounds": 0}), random.Random(rounds)
    for _ in range(rounds):
        stage.around.clock.move_to(stage.around.now() + timedelta(seconds=dice.random() * 9e5))
        stage.complete("review", closed=False, risk=dice.choice(("low", "high")), count=dice.randint(0, 99))
    return stage


@both_shapes
def test_two_thousand_rounds_of_review_do_not_stall(drawn: bytes) -> None:
    assert review(drawn, 2_000).instance.variables["rounds"] == Decimal(2_000)


@both_shapes
def test_a_snapshot_grows_by_few_bytes_a_round(drawn: bytes) -> None:
    sizes = [len(review(drawn, rounds).instance.dump()) for rounds in (10, 1_010)]
    assert sizes[1] - sizes[0] < 1_000 * 40


@both_shapes
def test_saving_does_no_more_work_after_two_thousand_rounds(drawn: bytes) -> None:
    def calls(rounds: int) -> int:
        return _calls(review(drawn, rounds).instance.dump)

    assert calls(2_000) <= 1.1 * calls(16)  # 16 acts are left unsealed after 2,000 rounds as well


@both_shapes
def test_a_step_does_no_more_work_after_two_thousand_rounds(drawn: bytes) -> None:
    def calls(rounds: int) -> int:
        stage = review(drawn, rounds)
        return _calls(lambda: stage.complete("review", closed=False))

    assert calls(2_000) <= 1.1 * calls(10)


def _calls(act: Callable[[], object]) -> int:
    """How many Python functions an act calls: a measure of work that no other load on the machine disturbs."""
    count = 0

    def counting(frame: FrameType, what: str, argument: Any) -> None:
        nonlocal count
        count += what == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def test_a_snapshot_holds_no_finished_task() -> None:
    content = read(review(ROUNDS, 50).instance.dump())
    assert len(content["top"]["tokens"]) == 2  # the open task and its clock


def test_values_of_every_kind_come_back() -> None:
    values = {
        "number": Decimal("1.50"),
        "day": date(2026, 1, 1),
        "moment": datetime(2026, 1, 1, 12, tzinfo=UTC),
        "hour": time(9, 30),
        "length": timedelta(hours=5),
        "months": YearsMonths(14),
        "list": [Decimal(1), None, {"nested": True, "$odd": "x"}],
    }
    stage = Stage(reloads=True).start(diagram("p", start(), user("u"), path("s", "u")), variables=values)
    assert stage.instance.variables == values


def test_a_saved_state_is_the_same_saved_again() -> None:
    stage = Stage(reloads=False).start(NESTED, variables={"rounds": 0})
    assert stage.reload().instance.dump() == stage.instance.dump()


def test_a_finished_instance_can_be_opened() -> None:
    stage = Stage(reloads=True).start(diagram("p", start(), user("u"), end(), path("s", "u", "e"))).complete("u", n=1)
    assert (stage.instance.state, stage.instance.variables) == ("completed", {"u": {"n": Decimal(1)}})


def test_bytes_of_another_kind_are_refused() -> None:
    stage = Stage(reloads=False).start(ROUNDS, variables={"rounds": 0})
    with pytest.raises(DamagedSnapshot, match="format"):
        stage.mechanism().restore(b"\x09nonsense", stage.around)


def test_deep_nesting_and_open_loops_come_back() -> None:
    each = many(ihala_collection="[1, 2, 3]", ihala_item="n")
    innermost = sub("three", start("s3"), user("u", each), path("s3", "u"))
    middle = sub("two", each, start("s2"), innermost, path("s2", "three"))
    drawn = diagram("p", start(), call("c", "q"), end(), path("s", "c", "e"))
    called = diagram("q", start(), sub("one", start("s1"), middle, path("s1", "two")), path("s", "one"))
    stage = Stage(reloads=True).start(drawn, called)
    while stage.open:
        stage.complete("u")
    assert (stage.instance.state, stage.trace.count("u")) == ("completed", 9)


def test_four_hundred_tasks_in_a_row_are_read_and_run() -> None:
    names = [f"x{number}" for number in range(400)]
    parts = (start(), *(script(name, "n = n + 1") for name in names), end("e", event("terminate")))
    stage = Stage(reloads=True).start(diagram("p", *parts, path("s", *names, "e")), variables={"n": 0})
    assert stage.instance.variables["n"] == Decimal(400)
