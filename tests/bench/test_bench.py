"""The benchmark itself: every part runs and gives its figures. How quick anything is, no test says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import drawing
from tests.bench.__main__ import PARTS, Run, main
from tests.bench.stores import stores

KINDS = ("sqlite", "postgresql")
FIGURES = {
    "steps": {f"{kind}_x_{other}" for kind in KINDS for other in ("naive", "floor")},
    **{part: set(KINDS) for part in PARTS if part != "steps"},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with stores(tmp_path_factory.mktemp("bench")) as kinds:
        for store in kinds:
            store.folder.mkdir()
        yield Run(kinds, "small", cases=1)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_gives_its_figures(run: Run, name: str) -> None:
    assert PARTS[name](run).figures.keys() >= FIGURES[name]


def test_the_referral_that_is_measured_has_81_elements() -> None:
    assert drawing.size(drawing.referral()) == 81


def test_a_part_that_is_not_known_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["stepps"])


def test_the_figures_can_be_kept_as_json(tmp_path: Path) -> None:
    main(["statements", "--cases", "1", "--json", str(tmp_path / "figures.json")])
    assert json.loads((tmp_path / "figures.json").read_text())["machine"]["cores"] > 0
