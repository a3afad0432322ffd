"""Generated expressions on our FEEL and on feelin, another implementation: the same answers.

Expressions are made of values of fitting kinds: where kinds are mixed, the standard says null and feelin says false. A
`between` whose ends stand the wrong way round holds for nothing in the standard, and for something in feelin 8.2.
"""

from __future__ import annotations

import json
import random
import subprocess
from decimal import Context, Decimal
from pathlib import Path

import pytest

from engine.decisions.feel import evaluate
from installation.environment import TESTING
from installation.node import node

PACKAGES = Path(__file__).resolve().parents[2] / "browser"
EXPRESSIONS = 1_000
WORDS = ("", "a", "Ab", "foobar", "شبكة", "a,b", "x y")
DAYS = ("2026-01-31", "2024-02-29", "1999-12-31")


class Writer:
    """Writes expressions of each kind; deeper ones are made of shallower ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def number(self, depth: int) -> str:
        if not depth:
            return str(self.dice.choice((0, 1, 2, 3, 7, 10, 0.5, 2.25, -4)))
        a, b = self.number(depth - 1), self.number(depth - 1)
        texts, numbers = self.text(depth - 1), self.numbers(depth - 1)
        return self.dice.choice(
            (
                f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"abs({a})", f"floor({a})", f"ceiling({a})",
                f"(if {self.truth(depth - 1)} then {a} else {b})", f"string length({texts})", f"count({numbers})",
                f"sum([{a}, {b}])", f"max({a}, {b})", f"min({a}, {b})", f"{{x: {a}, y: x + {b}}}.y", f"-({a})",
                f"(function(v) v + {a})({b})", f"mean([{a}, {b}])", f"({numbers})[1]", f"modulo({a}, 3)",
            )
        )  # fmt: skip

    def text(self, depth: int) -> str:
        if not depth:
            return json.dumps(self.dice.choice(WORDS), ensure_ascii=False)
        a, b = self.text(depth - 1), self.text(depth - 1)
        return self.dice.choice(
            (
                f"({a} + {b})", f"upper case({a})", f"lower case({a})", f"substring before({a}, {b})",
                f"substring after({a}, {b})", f"string join([{a}, {b}], \"-\")", f"string({self.truth(depth - 1)})",
                f"(if {self.truth(depth - 1)} then {a} else {b})", f"replace({a}, \"a\", \"o\")",
                f"string(date(\"{self.dice.choice(DAYS)}\"))",
            )
        )  # fmt: skip

    def truth(self, depth: int) -> str:
        if not depth:
            return self.dice.choice(("true", "false"))
        a, b = self.number(depth - 1), self.number(depth - 1)
        p, q = self.truth(depth - 1), self.truth(depth - 1)
        s, t = self.text(depth - 1), self.text(depth - 1)
        first, second = (f'date("{self.dice.choice(DAYS)}")' for _ in "ab")
        return self.dice.choice(
            (
                f"({a} < {b})", f"({a} >= {b})", f"({a} = {b})", f"({a} != {b})", f"({p} and {q})", f"({p} or {q})",
                f"not({p})", f"({a} between 0 and 5)", f"({a} in [0..5])", f"({a} in (1, 2, {b}))", f"({s} = {t})",
                f"contains({s}, {t})", f"starts with({s}, {t})", f"({first} < {second})", f"({first} = {second})",
                f"(some v in {self.numbers(depth - 1)} satisfies v > {a})",
                f"(every v in {self.numbers(depth - 1)} satisfies v < {a})",
                f"list contains({self.numbers(depth - 1)}, {a})", f"all([{p}, {q}])", f"any([{p}, {q}])",
            )
        )  # fmt: skip

    def numbers(self, depth: int) -> str:
        if not depth:
            return "[" + ", ".join(self.number(0) for _ in range(self.dice.randint(1, 3))) + "]"
        a, b = self.number(depth - 1), self.numbers(depth - 1)
        return self.dice.choice(
            (
                f"[{a}, {self.number(depth - 1)}]", f"(for v in {b} return v + {a})", f"({b})[item >= {a}]",
                f"append({b}, {a})", f"concatenate({b}, [{a}])", f"reverse({b})", f"distinct values({b})",
                f"sort({b}, function(v, w) v < w)", f"(for i in 1..3 return i * {a})", f"flatten([{b}, [[{a}]]])",
            )
        )  # fmt: skip

    def any(self) -> str:
        return self.dice.choice((self.number, self.text, self.truth, self.numbers))(3)


def rounded(value: object) -> object:
    """Numbers at twelve digits: feelin counts in binary."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float | Decimal):
        return Context(prec=12).plus(Decimal(str(value))).normalize() + 0
    return [rounded(one) for one in value] if isinstance(value, list) else value


def test_a_second_implementation_says_the_same() -> None:
    if not (PACKAGES / "node_modules" / "feelin").exists():
        pytest.skip("feelin is not installed: `./run test` brings it")
    writer = Writer(2026)
    expressions = [writer.any() for _ in range(EXPRESSIONS)]
    asked = [str(node(TESTING).program), str(Path(__file__).with_name("second_opinion.mjs")), str(PACKAGES)]
    answer = subprocess.run(
        asked, input=json.dumps(expressions), capture_output=True, text=True, check=True, timeout=120
    )
    theirs = json.loads(answer.stdout)
    differing = [
        (text, ours, said)
        for text, said in zip(expressions, theirs, strict=True)
        if rounded(ours := evaluate(text, {})) != rounded(said.get("value", said))
    ]
    assert differing == []
