"""Whatever is drawn and done, a saved instance is the instance; a damaged one is refused, never taken for another."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.execution import DamagedSnapshot, Instance
from engine.execution.history import History
from tests.engine.execution.random_diagrams import Author
from tests.engine.execution.stage import Stage

SEEDS = st.integers(10_000, 20_000)
"""Beyond those of the differential tests."""
PLACES = st.integers(0, 1_000_000)
EXAMPLES = 25


def played(seed: int, steps: int) -> Stage:
    """An instance of a random diagram after some steps in a random order."""
    author, dice = Author(seed), random.Random(seed)
    stage = Stage(reloads=False).start(author.draw(), variables=author.variables)
    for _ in range(steps):
        timers = sorted({timer.element.id for timer in stage.instance.timers})
        if timers and dice.random() < 0.25:
            stage.fire(dice.choice(timers))
        elif stage.open:
            stage.complete(dice.choice(stage.open), n=dice.randint(0, 9), text="كلمة", list=[1, None, {"a": True}])
    return stage


def restored(stage: Stage, state: bytes) -> Instance:
    return stage.mechanism().restore(state, stage.around)


def seen(one: Instance) -> str:
    """Everything of an instance that can be seen from outside."""
    where = sorted(one.positions(), key=repr)
    return repr((one.state, one.tasks, one.timers, one.catches, where, dict(one.variables)))


@given(SEEDS, st.integers(0, 12))
@settings(max_examples=EXAMPLES)
def test_what_is_saved_is_read_as_the_same(seed: int, steps: int) -> None:
    stage = played(seed, steps)
    assert seen(restored(stage, stage.instance.dump())) == seen(stage.instance)


@given(SEEDS, st.integers(0, 12))
@settings(max_examples=EXAMPLES)
def test_saving_what_was_read_gives_the_same_bytes(seed: int, steps: int) -> None:
    stage = played(seed, steps)
    state = stage.instance.dump()
    assert restored(stage, state).dump() == state


@given(SEEDS, st.integers(0, 6))
@settings(max_examples=EXAMPLES)
def test_what_was_read_goes_on_as_what_was_saved(seed: int, steps: int) -> None:
    live, again = played(seed, steps), played(seed, steps)
    again.reload()
    for stage in (live, again):
        for _ in range(8):
            if stage.open:
                stage.complete(stage.open[0])
    assert (live.trace, live.instance.state) == (again.trace, again.instance.state)


@given(SEEDS, PLACES, st.integers(0, 7))
@settings(max_examples=EXAMPLES * 2)
def test_a_changed_byte_is_found(seed: int, place: int, bit: int) -> None:
    stage = played(seed, 4)
    state = bytearray(stage.instance.dump())
    state[place % len(state)] ^= 1 << bit
    assert found_damaged(stage, bytes(state)) or seen(restored(stage, bytes(state))) == seen(stage.instance)


@given(SEEDS, PLACES)
@settings(max_examples=EXAMPLES * 2)
def test_a_cut_off_state_is_found(seed: int, place: int) -> None:
    stage = played(seed, 4)
    state = stage.instance.dump()
    assert found_damaged(stage, state[: place % len(state)])


CHANGES: list[Callable[[random.Random, Any], Any]] = [
    lambda dice, value: None,
    lambda dice, value: "",
    lambda dice, value: -1,
    lambda dice, value: [],
    lambda dice, value: {},
    lambda dice, value: value[1:] if isinstance(value, list) else value,
    lambda dice, value: value[::-1] if isinstance(value, list) else value,
    lambda dice, value: dict(list(value.items())[1:]) if isinstance(value, dict) else value,
]


def changed(content: Any, dice: random.Random) -> Any:
    """The content with one of its parts, however deep, replaced by something else."""
    if isinstance(content, dict) and content and dice.random() < 0.8:
        name = dice.choice(list(content))
        return {**content, name: changed(content[name], dice)}
    if isinstance(content, list) and content and dice.random() < 0.8:
        place = dice.randrange(len(content))
        return [*content[:place], changed(content[place], dice), *content[place + 1 :]]
    return dice.choice(CHANGES)(dice, content)


@given(SEEDS, st.integers(0, 10_000))
@settings(max_examples=EXAMPLES * 2)
def test_a_state_of_another_shape_never_ends_in_another_error(seed: int, chance: int) -> None:
    """Such a state is sealed in the database, so nobody makes one; an error of the engine itself might."""
    stage = played(seed, 4)
    state = stage.instance.dump()
    end = 5 + int.from_bytes(state[1:5], "big")
    content = orjson.loads(zstandard.ZstdDecompressor().decompress(state[5:end]))
    main = zstandard.ZstdCompressor().compress(orjson.dumps(changed(content, random.Random(chance))))
    found_damaged(stage, state[:1] + len(main).to_bytes(4, "big") + main + state[end:])


def found_damaged(stage: Stage, state: bytes) -> bool:
    """Whether the state is refused; any other error is a failure of the test."""
    try:
        restored(stage, state).history.acts()
    except DamagedSnapshot:
        return True
    return False


def with_long_history() -> Stage:
    """An instance of which two pieces of history are sealed."""
    stage = played(10_001, 0)
    for number in range(70):
        stage.instance.signal("nobody", {})
        stage.instance.edit("", {"n": number})
    return stage


def test_a_changed_byte_of_the_history_is_found() -> None:
    stage = with_long_history()
    state = bytearray(stage.instance.dump())
    state[-3] ^= 1
    assert found_damaged(stage, bytes(state))


def test_a_history_of_which_a_piece_is_missing_is_found() -> None:
    """Corrections go through the history again: one that is shorter would lead elsewhere."""
    stage = with_long_history()
    state, sealed = stage.instance.dump(), stage.instance.history.sealed
    first = 4 + int.from_bytes(sealed[:4], "big")
    main = state.removesuffix(sealed)
    assert all(found_damaged(stage, main + part) for part in (b"", sealed[:first], sealed[first:] + sealed[:first]))


@pytest.mark.parametrize("latest", [-1, [1], [[]]])
def test_a_history_of_another_shape_is_found(latest: Any) -> None:
    with pytest.raises(DamagedSnapshot, match="a whole history"):
        History(b"", latest).acts()


def test_the_words_say_what_was_expected_and_who_can_mend_it() -> None:
    with pytest.raises(DamagedSnapshot, match=r"expected a snapshot of format 1, found 63.*from a backup"):
        restored(played(10_001, 0), b"cut")
