"""`./run bench [PART ...] [--full] [--json [FILE]]`: ratios within one run, each part with a table and its meaning."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import growth, inbox, referral, steps, timers, web
from tests.bench.measuring import Part, machine
from tests.bench.steps import Bench
from tests.bench.stores import Store, stores, versions


class Run:
    """One run on one machine, over both databases. `scale`: `small` for tests, `usual`, or `full`."""

    def __init__(self, kinds: list[Store], scale: str, cases: int) -> None:
        self.kinds, self.scale, self.cases = kinds, scale, cases

    @cached_property
    def benches(self) -> dict[str, Bench]:
        return {store.kind: Bench(store, self.cases) for store in self.kinds}

    def of(self, small: int, usual: int, full: int) -> int:
        return {"small": small, "usual": usual, "full": full}[self.scale]


PARTS: dict[str, Callable[[Run], Part]] = {
    "steps": lambda run: steps.steps(run.benches, run.of(1, 5, 5)),
    "cold": lambda run: steps.cold(run.benches, run.of(1, 5, 5)),
    "statements": lambda run: steps.statements(run.benches),
    "growth": lambda run: growth.growth(run.kinds, most=run.of(20, 2000, 2000)),
    "inbox": lambda run: inbox.inboxes(
        run.kinds, opened=run.of(600, 50_000, 1_000_000), finished=run.of(600, 200_000, 10_000_000)
    ),
    "timers": lambda run: timers.timers(run.kinds, due=run.of(5, 1_000, 10_000), pending=run.of(10, 10_000, 1_000_000)),
    "web": lambda run: web.web(run.kinds, rounds=run.of(2, 25, 100)),
    "referral": lambda run: referral.referral(run.kinds, rounds=run.of(1, 3, 5)),
}


def main(arguments: list[str]) -> int:
    given = _read(arguments)
    with TemporaryDirectory(prefix="ihala-bench-") as folder, stores(Path(folder)) as kinds:
        for store in kinds:
            store.folder.mkdir()
        run = Run(kinds, "full" if given.full else "usual", given.cases)
        found = dict(measured(run, given.parts or PARTS, quiet=given.json == "-"))
        figures = {"machine": {**machine(), **{one.kind: versions(one) for one in kinds}}, **found}
    if given.json:
        text = json.dumps(figures, indent=2)
        if given.json == "-":
            print(text)
        else:
            Path(given.json).write_text(text + "\n", encoding="utf-8")
    return 0


def measured(run: Run, parts: Iterable[str], *, quiet: bool) -> Iterator[tuple[str, dict[str, object]]]:
    """Each part's figures, its table printed as soon as it is there."""
    for name in parts:
        part = PARTS[name](run)
        if not quiet:
            print(part.table(), flush=True)
        yield name, part.figures


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all where none is named")
    parser.add_argument("--cases", type=int, default=4, help="cases of the product in each round of steps (4)")
    parser.add_argument("--full", action="store_true", help="the sizes of a whole country: takes much longer")
    parser.add_argument("--json", nargs="?", const="-", metavar="FILE", help="the figures as JSON, to a file or here")
    given = parser.parse_args(arguments)
    if unknown := [one for one in given.parts if one not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}; expected some of {', '.join(PARTS)}")
    return given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
