"""Durable tasks: the product beside N, the floor and the stock engine, in interleaved rounds; hot, cold, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import make_url

from engine.persistence import Database
from tests.bench import drawing, stock
from tests.bench.floor import Call, Recording, replay
from tests.bench.measuring import Part, spread
from tests.bench.naive import Naive
from tests.bench.ours import PEOPLE_A_ROLE, Bureau, bureau
from tests.bench.stores import Store

Timed = Callable[[], list[float]]


class Bench:
    """The referral on one kind of database, every variant in turn."""

    def __init__(self, store: Store, cases: int) -> None:
        self._store, self._cases = store, cases
        self._specs = stock.specs(store.place())
        self._base = store.fresh()
        with self._bureau(self._base):
            pass
        self.recording = self._record()

    def variants(self) -> dict[str, Timed]:
        return {"product": self.product, "naive": self.naive, "floor": self.floor, "stock": self.stock}

    def product(self, live: int = 200) -> list[float]:
        url = self._store.copy(self._base)
        with self._bureau(url, live) as office:
            took = [one for _ in range(self._cases) for one in _through(office)]
        self._store.drop(url)
        return took

    def cold(self) -> list[float]:
        """No instance stays in memory: each task restores its case from the snapshot."""
        return self.product(live=0)

    def naive(self) -> list[float]:
        """One case is enough: each of its tasks takes as long as many of the product's."""
        url = self._store.fresh()
        database, took = Database(url), []
        cases = self.naive_cases(database)
        case_id = cases.open()
        while waiting := cases.waiting(case_id):
            begun = perf_counter()
            cases.complete(waiting[0])
            took.append(perf_counter() - begun)
        database.close()
        self._store.drop(url)
        return took

    def naive_cases(self, database: Database) -> Naive:
        drawings = drawing.referral()
        people = {one.role: [f"{one.role}_{number}" for number in range(PEOPLE_A_ROLE)] for one in drawings}
        engine = database.engine.execution_options(ihala_writes=True)  # BEGIN IMMEDIATE on SQLite, as the product
        return Naive(engine, self._specs, {one.id: one.role for one in drawings}, people)

    def floor(self) -> list[float]:
        url = self._store.copy(self._base)
        database = Database(url)
        took = replay(database, self.recording, "complete")
        database.close()
        self._store.drop(url)
        return took

    def stock(self) -> list[float]:
        took = []
        for _ in range(self._cases):
            instance, begun = stock.begin(self._specs), perf_counter()
            for _ in stock.run(instance):
                took.append(perf_counter() - begun)
                begun = perf_counter()
        return took

    def naive_statements(self) -> Call:
        """What N does for its fifth task."""
        url = self._store.fresh()
        database, recording = Database(url), Recording()
        cases = self.naive_cases(database)
        case_id = cases.open()
        with recording.of(database.engine):
            for _ in range(5):
                item_id = cases.waiting(case_id)[0]
                recording.begin("complete")
                cases.complete(item_id)
                done = recording.calls[-1]
                recording.begin("look")
        database.close()
        self._store.drop(url)
        return done

    def _record(self) -> Recording:
        recording, url = Recording(), self._store.copy(self._base)
        with self._bureau(url) as office, recording.of(office.ihala.database.engine):
            for _ in range(self._cases):
                recording.begin("open")
                for _ in _through(office, recording):
                    pass
        self._store.drop(url)
        return recording

    @contextmanager
    def _bureau(self, url: str, live: int = 200) -> Iterator[Bureau]:
        folder = self._store.folder / (make_url(url).database or "").rpartition("/")[2]
        folder.mkdir(exist_ok=True)
        office = bureau(url, folder, live)
        try:
            yield office
        finally:
            office.ihala.close()


def _through(office: Bureau, recording: Recording | None = None) -> Iterator[float]:
    """A case from its first task to its last; how long each took."""
    case_id = office.open()
    while waiting := office.waiting(case_id):
        if recording:
            recording.begin("complete")
        begun = perf_counter()
        office.complete(*waiting[0])
        took = perf_counter() - begun
        if recording:
            recording.begin("look")
        yield took


def steps(benches: dict[str, Bench], rounds: int) -> Part:
    """How many durable tasks a second, and how far from N, the floor and the engine in memory."""
    part = Part(
        "steps",
        f"Time of one durable task in the referral of {drawing.size(drawing.referral())} elements, {rounds} "
        "interleaved rounds.\n"
        "N: the engine's own serializer with an ORM; floor: the same rows committed, and nothing else done.",
        ["database", "variant", "ms a task", "least", "most", "tasks a second"],
    )
    for kind, bench in benches.items():
        medians: dict[str, list[float]] = {name: [] for name in bench.variants()}
        for _ in range(rounds):
            for name, timed in bench.variants().items():
                medians[name].append(median(timed()))
        found = {name: spread(one) for name, one in medians.items()}
        for name, one in found.items():
            part.rows.append([kind, name, one["median_ms"], one["least_ms"], one["most_ms"], 1000 / one["median_ms"]])
        ours = found["product"]["median_ms"]
        part.figures[f"{kind}_x_naive"] = found["naive"]["median_ms"] / ours
        part.figures[f"{kind}_x_floor"] = ours / found["floor"]["median_ms"]
        part.figures[kind] = found
        part.rows.append([kind, "N : product", part.figures[f"{kind}_x_naive"], "", "", ""])
        part.rows.append([kind, "product : floor", part.figures[f"{kind}_x_floor"], "", "", ""])
    return part


def cold(benches: dict[str, Bench], rounds: int) -> Part:
    part = Part(
        "cold",
        "The same where no instance stays in memory, so that every task restores its case.",
        ["database", "hot ms", "cold ms", "cold : hot"],
    )
    for kind, bench in benches.items():
        hot, without = [], []
        for _ in range(rounds):
            hot.append(median(bench.product()))
            without.append(median(bench.cold()))
        found = {"hot": spread(hot), "cold": spread(without)}
        ratio = found["cold"]["median_ms"] / found["hot"]["median_ms"]
        part.figures[kind] = {**found, "cold_x_hot": ratio}
        part.rows.append([kind, found["hot"]["median_ms"], found["cold"]["median_ms"], ratio])
    return part


def statements(benches: dict[str, Bench]) -> Part:
    part = Part(
        "statements",
        "SQL statements (without BEGIN and COMMIT) and rows written for one completed task.\n"
        "Clocks, several new tasks and joining a team need more than the median.",
        ["database", "variant", "median", "most", "rows, median"],
    )
    for kind, bench in benches.items():
        calls = [one for one in bench.recording.calls if one.kind == "complete"]
        naive = bench.naive_statements()
        found: dict[str, Any] = {
            "median": median(one.statements for one in calls),
            "most": max(one.statements for one in calls),
            "rows": median(one.rows for one in calls),
            "naive": naive.statements,
            "naive_rows": naive.rows,
        }
        part.figures[kind] = found
        part.rows.append([kind, "product", found["median"], found["most"], found["rows"]])
        part.rows.append([kind, "N, its fifth task", naive.statements, "", naive.rows])
    return part
