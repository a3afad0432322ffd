"""`./run bench [PART ...] [--json [FILE]]`: ratios within one run, each part with a table and what it means."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import steps
from tests.bench.measuring import Part, machine
from tests.bench.steps import Bench
from tests.bench.stores import Store, stores, versions

PARTS: dict[str, Callable[[dict[str, Bench]], Part]] = {
    "steps": steps.steps,
    "cold": steps.cold,
    "statements": steps.statements,
}


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which parts; all where none is named")
    parser.add_argument("--cases", type=int, default=4, help="cases of the product in each round of steps (4)")
    parser.add_argument("--json", nargs="?", const="-", metavar="FILE", help="the figures as JSON, to a file or here")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="ihala-bench-") as folder, stores(Path(folder)) as kinds:
        found = dict(run(given.parts or PARTS, kinds, given.cases, quiet=given.json == "-"))
        figures = {"machine": {**machine(), "postgresql": versions(kinds[1])}, **found}
    if given.json:
        text = json.dumps(figures, indent=2)
        if given.json == "-":
            print(text)
        else:
            Path(given.json).write_text(text + "\n", encoding="utf-8")
    return 0


def run(parts: Iterable[str], kinds: list[Store], cases: int, *, quiet: bool) -> Iterable[tuple[str, object]]:
    for store in kinds:
        store.folder.mkdir()
    benches = {store.kind: Bench(store, cases) for store in kinds}
    for name in parts:
        part = PARTS[name](benches)
        if not quiet:
            print(part.table(), flush=True)
        yield name, part.figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
