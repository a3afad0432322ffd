"""The worker on PostgreSQL: Procrastinate carries the rounds, the sends and its own upkeep to any number of workers.

What is to be done stands in our rows alone, so a job is only a reason to look: one that is lost or run twice changes
nothing. A stalled job is therefore ended, never retried: the next round finds its rows again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

import psycopg
import structlog
from procrastinate import App, JobContext, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status

from engine import logs
from engine.jobs.mail import is_sending, send_one, waiting_ids
from engine.jobs.rotation import rewrap_keys
from engine.jobs.standing import tell_standing
from engine.jobs.tick import tick
from engine.persistence import DatabaseError

if TYPE_CHECKING:
    from engine.application import Ihala

STALLED_SECONDS = 30.0
"""A worker that says nothing for so long is taken for dead."""
HEARTBEAT_SECONDS = 5.0
UPKEEP_SECONDS = 10.0
AT_ONCE = 4
"""Jobs that one worker does beside each other: a mail server that is slow to answer holds up no clock."""
FAILED_KEPT_HOURS = 72
UNREACHABLE = (DatabaseError, ConnectorException, psycopg.Error)

_log = structlog.get_logger("ihala.worker")


def work(ihala: Ihala, stop: Event) -> None:
    """Work until told to stop; what is under way is finished first. A database that is gone is waited for."""
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # it writes what errors say; `_logged` writes kinds
    while not stop.is_set():
        try:
            rewrap_keys(ihala)
            tell_standing(ihala)
            asyncio.run(_run(ihala, stop))
        except UNREACHABLE as error:
            _log.error("database_unavailable", kind=type(error).__name__)
            stop.wait(ihala.settings.tick_seconds)


async def _run(ihala: Ihala, stop: Event) -> None:
    jobs = Jobs(ihala, stop)
    app = jobs.app()
    async with app.open_async():
        await _end_stalled(app)
        options: dict[str, Any] = {
            "concurrency": AT_ONCE,
            "install_signal_handlers": False,
            "delete_jobs": DeleteJobCondition.SUCCESSFUL,
            "fetch_job_polling_interval": 1.0,
            "update_heartbeat_interval": HEARTBEAT_SECONDS,
            "stalled_worker_timeout": STALLED_SECONDS,
        }
        running = [
            asyncio.create_task(app.run_worker_async(**options)),
            asyncio.create_task(_ask_for(app, "round", ihala.settings.tick_seconds)),
            asyncio.create_task(_ask_for(app, "upkeep", UPKEEP_SECONDS)),
        ]
        try:
            while not (stop.is_set() or any(one.done() for one in running)):
                await asyncio.wait(running, timeout=0.1, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in running:
                one.cancel()
            ended = await asyncio.gather(*running, return_exceptions=True)
            jobs.close()
    for error in ended:
        if isinstance(error, Exception):
            raise error


async def _ask_for(app: App, name: str, seconds: float) -> None:
    """Have it done every so often, whatever the clock of the machine shows; no more than one waits at a time.

    Procrastinate's own periodic jobs count by that clock: put back an hour, they stop for an hour.
    """
    while True:
        with suppress(AlreadyEnqueued):
            await app.configure_task(name, queueing_lock=name).defer_async()
        await asyncio.sleep(seconds)


@dataclass(slots=True)
class Jobs:
    """What the workers do, and the second application through which a round hands out sends."""

    ihala: Ihala
    stop: Event
    outgoing: App = field(init=False)
    _round: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.outgoing = App(connector=SyncPsycopgConnector(conninfo=_address(self.ihala), min_size=1, max_size=2))
        self.outgoing.open()

    def close(self) -> None:
        self.outgoing.close()

    def app(self) -> App:
        """The application of one worker. No job holds a lock while it runs."""
        app = App(connector=PsycopgConnector(conninfo=_address(self.ihala), min_size=1, max_size=AT_ONCE, timeout=10))
        app.task(name="round")(self.round)
        app.task(name="upkeep", pass_context=True)(upkeep)
        app.task(name="send")(self.send)
        return app

    def round(self) -> None:
        """Rounds while they find something. One at a time in a process: a second would find the same."""
        if not self._round.acquire(blocking=False):
            return
        try:
            _logged("round", self._rounds)
        finally:
            self._round.release()

    def _rounds(self) -> dict[str, object]:
        fired = delivered = sent = overdue = 0
        while not self.stop.is_set():
            done = tick(self.ihala, self.hand_out)
            fired, delivered = fired + done.fired, delivered + done.delivered
            sent, overdue = sent + done.sent, overdue + done.overdue
            if not (done.fired or done.delivered):
                break
        return {"fired": fired, "delivered": delivered, "handed_out": sent, "overdue": overdue}

    def hand_out(self, ihala: Ihala) -> int:
        """A job for each message that is due; one that waits already is not doubled."""
        if not is_sending(ihala):
            return 0
        return sum(self._hand_out(notice_id) for notice_id in waiting_ids(ihala))

    def _hand_out(self, notice_id: str) -> int:
        job = self.outgoing.configure_task("send", queueing_lock=f"send:{notice_id}")
        try:
            job.defer(notice_id=notice_id)
        except AlreadyEnqueued:
            return 0
        return 1

    def send(self, notice_id: str) -> None:
        _logged("send", lambda: {"notice": notice_id, "sent": send_one(self.ihala, notice_id)})


async def upkeep(context: JobContext) -> None:
    """End what dead workers left, drop what failed long ago."""
    await _end_stalled(context.app)
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _end_stalled(app: App) -> None:
    """Never back to waiting: another with its queueing lock may wait there, and two cannot."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        _log.warning("stalled_job_ended", job=job.task_name, id=job.id)


def _logged(name: str, job: Callable[[], dict[str, object]]) -> None:
    """Do the job and write one line of it: counts and ids; of an error its kind and place, never what it says."""
    began = time.monotonic()
    try:
        done = job()
    except Exception as error:
        _log.error("job_failed", job=name, kind=type(error).__name__, at=logs.place(error))
        raise
    _log.info("job", job=name, ms=round((time.monotonic() - began) * 1000), **done)


def _address(ihala: Ihala) -> str:
    return ihala.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
