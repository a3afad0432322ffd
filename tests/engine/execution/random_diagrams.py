"""Random block-structured diagrams that SpiffWorkflow's own engine and ours read alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from tests.engine.execution.diagrams import (
    boundary,
    diagram,
    end,
    flow,
    gateway,
    many,
    path,
    script,
    start,
    sub,
    text,
    timer,
    user,
)


@dataclass(frozen=True)
class Block:
    """A piece of a diagram with one way in and one way out."""

    first: str
    last: str
    parts: tuple[str, ...]


@dataclass
class Author:
    """Draws one diagram from a seed. Conditions are plain names and comparisons, which Python and FEEL share."""

    seed: int
    numbers: int = 0
    loops: int = 0
    variables: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def draw(self) -> bytes:
        block = self.several(2)
        return diagram("p", start(), end(), *block.parts, path("s", block.first), path(block.last, "e"))

    def several(self, depth: int) -> Block:
        blocks = [self.block(depth) for _ in range(self.dice.randint(1, 3))]
        joins = [path(one.last, two.first) for one, two in pairwise(blocks)]
        return Block(blocks[0].first, blocks[-1].last, (*(part for one in blocks for part in one.parts), *joins))

    def block(self, depth: int) -> Block:
        kinds: list[Callable[[int], Block]] = [self.task, self.timed, self.repeated]
        if depth:
            kinds += [self.choice, self.loop, self.embedded, self.timed_scope] * 2
        if depth and not self.loops:
            kinds += [self.parallel, self.inclusive] * 2
        return self.dice.choice(kinds)(depth - 1)

    def name(self, kind: str) -> str:
        self.numbers += 1
        return f"{kind}{self.numbers}"

    def condition(self) -> str:
        name = self.name("c")
        self.variables[name] = self.dice.random() < 0.5
        return name

    def task(self, depth: int) -> Block:
        name = self.name("task")
        return Block(name, name, (user(name),))

    def repeated(self, depth: int) -> Block:
        name = self.name("each")
        loop = many(text("loopCardinality", str(self.dice.randint(1, 3))), sequential=self.dice.random() < 0.5)
        return Block(name, name, (user(name, loop),))

    def split(self, kind: str, branches: list[Block], conditions: list[str]) -> Block:
        """A gateway, branches under these conditions (the last is the default where there are any), its join."""
        fork, join = self.name(f"{kind}_split"), self.name(f"{kind}_join")
        default = f"{fork}-{branches[-1].first}" if any(conditions) else ""
        parts = [gateway(kind, fork, default), gateway(kind, join)]
        for branch, condition in zip(branches, conditions, strict=True):
            parts += [*branch.parts, flow(fork, branch.first, condition), path(branch.last, join)]
        return Block(fork, join, tuple(parts))

    def choice(self, depth: int) -> Block:
        return self.split("exclusive", [self.several(depth), self.several(depth)], [self.condition(), ""])

    def parallel(self, depth: int) -> Block:
        branches = [self.several(depth) for _ in range(self.dice.randint(2, 3))]
        return self.split("parallel", branches, [""] * len(branches))

    def inclusive(self, depth: int) -> Block:
        """Branches of tasks only: SpiffWorkflow's inclusive join does not wait for a sub-process or loop that runs."""
        branches = [self.task(depth) for _ in range(3)]
        return self.split("inclusive", branches, [self.condition(), self.condition(), ""])

    def loop(self, depth: int) -> Block:
        """No joins inside: in a second round SpiffWorkflow's count the tokens of the first."""
        self.loops += 1
        body, rounds = self.several(depth), self.name("n")
        self.loops -= 1
        merge, count, again = self.name("merge"), self.name("count"), self.name("again")
        self.variables[rounds] = 0
        parts = (
            gateway("exclusive", merge),
            script(count, f"{rounds} = {rounds} + 1"),
            gateway("exclusive", again, f"{again}-{merge}"),
            gateway("exclusive", f"{again}_out"),
            path(merge, body.first),
            path(body.last, count, again, merge),
            flow(again, f"{again}_out", f"{rounds} >= {self.dice.randint(1, 3)}"),
        )
        return Block(merge, f"{again}_out", (*parts, *body.parts))

    def embedded(self, depth: int) -> Block:
        name, body = self.name("sub"), self.several(depth)
        ends = (start(f"{name}_s"), end(f"{name}_e"), path(f"{name}_s", body.first), path(body.last, f"{name}_e"))
        return Block(name, name, (sub(name, *ends, *body.parts),))

    def timed(self, depth: int) -> Block:
        return self.with_timer(self.task(depth))

    def timed_scope(self, depth: int) -> Block:
        return self.with_timer(self.embedded(depth))

    def with_timer(self, activity: Block) -> Block:
        """A clock that stops the activity and goes on instead of it, or runs beside it to an end of its own."""
        late, handle, after = self.name("late"), self.name("handle"), self.name("after")
        stops = self.dice.random() < 0.5
        parts = [boundary(late, activity.first, timer('"P1D"'), stops), user(handle), gateway("exclusive", after)]
        parts += [path(activity.last, after), path(late, handle, after if stops else f"{handle}_e")]
        if not stops:
            parts.append(end(f"{handle}_e"))
        return Block(activity.first, after, (*activity.parts, *parts))
