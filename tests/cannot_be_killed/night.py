"""Pairs of cases whose every act can be counted: one waits for a clock, a bed and a task, then rings the other.

Clerks and workers are processes of their own, so that they can be killed; what a clerk was told is done it writes down
at once, outside the database.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from typing import Any

import sqlalchemy as sa

from engine import journal
from engine.application import Ihala, open_ihala
from engine.cases import open_case
from engine.clock import Clock
from engine.errors import Refusal
from engine.jobs import work
from engine.persistence import DatabaseError, journal_rows, place_rows
from engine.persistence.tables.cases import case
from engine.persistence.tables.cases import journal as journal_table
from engine.persistence.tables.places import bed
from engine.persistence.tables.work import delivery, incident, timer, waiting_catch, work_item
from engine.settings import Settings
from engine.tasks import complete_task
from engine.worklist import inbox
from tests.engine.application.office import Office, files, office
from tests.engine.execution.diagrams import (
    catch,
    declare,
    diagram,
    end,
    event,
    extensions,
    path,
    service,
    start,
    throw,
    user,
)
from tests.engine.execution.diagrams import (
    timer as clock,
)

FORM = {
    "schemaVersion": 16,
    "type": "default",
    "components": [
        {
            "type": "number",
            "key": "pair",
            "label": "Pair",
            "properties": {"label_ar": "الزوج", "classification": "operational"},
            "validate": {"required": True},
        }
    ],
}
PATIENCE_SECONDS = 60


def night() -> dict[str, bytes]:
    declared, ours = declare("message", "bell"), {"ihala_role": '"responder"'}
    ringing = diagram(
        "help",
        start(),
        user("take", **ours),
        catch("pause", clock("PT1S")),
        service("book", "reserve_bed", extensions(inputs={"shelter": '"hospital_near"', "hours": "9999"})),
        user("finish", **ours),
        throw("ring", event("message", "bell"), ihala_reach="mechanism", ihala_correlation="take.pair"),
        end(),
        path("s", "take", "pause", "book", "finish", "ring", "e"),
        declared=declared,
    )
    hearing = diagram(
        "listener",
        start(),
        user("stand", **ours),
        catch("hear", event("message", "bell"), ihala_reach="mechanism", ihala_correlation="stand.pair"),
        user("answer", **ours),
        end(),
        path("s", "stand", "hear", "answer", "e"),
        declared=declared,
    )
    charter = files()["mechanism.toml"].replace(b"starts = {", b'starts = { listener = ["responder"],')
    forms = {f"{name}.form": json.dumps({**FORM, "id": name}).encode() for name in ("take", "stand")}
    return {"mechanism.toml": charter, "help.bpmn": ringing, "listener.bpmn": hearing, **forms}


class JumpingClock(Clock):
    """The machine's clock, put forward or back by the seconds that stand in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=float(self._file.read_text() or 0))


@dataclass(frozen=True)
class Place:
    """Where a process finds the installation and what it needs to work there."""

    settings: Settings
    pairs: dict[str, int]

    @property
    def offset(self) -> Path:
        return self.settings.data_folder / "offset"

    @property
    def told(self) -> Path:
        return self.settings.data_folder / "told"

    def open(self) -> Ihala:
        return open_ihala(self.settings, JumpingClock(self.offset))


def clerk(place: Place, people: dict[str, Any]) -> None:
    """Does whatever waits, in any order, and notes each task whose completion was acknowledged."""
    ihala, told = None, os.open(place.told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while True:
        try:
            ihala = ihala or place.open()
            rows = inbox(ihala, people["responder"], "team").rows
            if not rows:
                time.sleep(0.02)
                continue
            row = random.choice(rows)
            answers = {"pair": place.pairs[row.case_id]} if row.element in ("take", "stand") else {}
            complete_task(ihala, people["responder"], row.id, answers)
            os.write(told, f"{row.id}\n".encode())
        except (Refusal, DatabaseError):
            time.sleep(random.random() / 20)


def worker(place: Place, people: dict[str, Any]) -> None:
    while True:
        with suppress(DatabaseError):
            work(place.open(), Event())


class Night:
    """An installation at work, and what became of it."""

    def __init__(self, url: str, folder: Path, pairs: int) -> None:
        self.at: Office = office(url, folder, night())
        with self.at.ihala.database.writing() as tx:
            place_rows.insert_shelter(tx, "hospital_near", True, {}, pairs + 2)
        numbers: dict[str, int] = {}
        for number in range(pairs):
            for process in ("help", "listener"):
                item_id = open_case(self.at.ihala, self.at.responder, process)
                numbers[self._case_of(item_id or "")] = number
        self.pairs, self.place = pairs, Place(self.at.ihala.settings, numbers)
        self.place.offset.write_text("0")
        self.place.told.write_text("")
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._running: list[tuple[Any, BaseProcess]] = []

    def send(self, job: Any) -> None:
        process = self._context.Process(target=job, args=(self.place, self.at.people))
        process.start()
        self._running.append((job, process))

    def kill_one(self) -> None:
        """Kill one at random, whatever it is at, and put another in its place."""
        job, process = self._running.pop(random.randrange(len(self._running)))
        process.kill()
        process.join()
        self.send(job)

    def end(self) -> None:
        for _, process in self._running:
            process.kill()
            process.join()
        self._running.clear()

    def close(self) -> None:
        self.end()
        self.at.ihala.close()

    def is_over(self) -> bool:
        with suppress(DatabaseError):
            return self._count(case, case.c.status == "open") == 0
        return False

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.is_over() and time.monotonic() < until:
            time.sleep(0.1)

    def outcome(self) -> dict[str, object]:
        """Everything that could have been lost or doubled."""
        with self.at.ihala.database.reading() as tx:
            told = set(self.place.told.read_text().split())
            done = set(tx.execute(sa.select(work_item.c.id).where(work_item.c.status == "done")).scalars())
            happened = sa.select(journal_table.c.event, journal_table.c.element, journal_table.c.stream)
            counted = ("task_completed", "clock_fired", "message_received")
            acts = Counter((row.event, row.element, row.stream) for row in tx.execute(happened) if row.event in counted)
            vault = self.at.ihala.vault
            broken = [one for one in journal_rows.streams(tx) if journal.verify(tx, vault, one) is not None]
            beds = list(tx.execute(sa.select(bed.c.case_id).where(bed.c.status == "reserved")).scalars())
        left = {one.name: self._count(one) for one in (timer, waiting_catch, delivery, incident)}
        return {
            "told but not done": told - done,
            "acts done twice": [act for act, times in acts.items() if times > 1],
            "acts done": len(acts),
            "beds held": (len(beds), len(set(beds))),
            "broken chains": broken,
            "left over": {name: many for name, many in left.items() if many},
        }

    def expected(self) -> dict[str, object]:
        """Four tasks, one clock and one message for each pair."""
        return {
            "told but not done": set(),
            "acts done twice": [],
            "acts done": 6 * self.pairs,
            "beds held": (self.pairs, self.pairs),
            "broken chains": [],
            "left over": {},
        }

    def _case_of(self, item_id: str) -> str:
        with self.at.ihala.database.reading() as tx:
            return str(tx.execute(sa.select(work_item.c.case_id).where(work_item.c.id == item_id)).scalar_one())

    def _count(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        with self.at.ihala.database.reading() as tx:
            return int(tx.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar_one())
