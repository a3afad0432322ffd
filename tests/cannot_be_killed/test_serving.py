"""Pages and worker as operators start them: killed one by one under load, and stopped gently."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
import sqlalchemy as sa

from engine.accounts import DEMONSTRATION_PASSWORD
from engine.persistence import Database
from engine.persistence.tables.work import work_item
from tests.web.conftest import MECHANISM, RESPONDER, installed

START_SECONDS = 30


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Browser:
    """One person's browser, without JavaScript. Every act raises where it was not answered well."""

    def __init__(self, address: str) -> None:
        self.address, self._opener = address, build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def ask(self, path: str, typed: dict[str, str] | None = None) -> tuple[str, str]:
        """The page and where it leads on."""
        try:
            with self._opener.open(self.address + path, typed and urlencode(typed).encode(), timeout=20) as answer:
                return answer.read().decode(), path
        except HTTPError as answer:
            with answer:
                if answer.code not in (302, 303):
                    raise
                return "", answer.headers["Location"]

    def send(self, path: str, typed: dict[str, str], form_at: str = "") -> str:
        page, _ = self.ask(form_at or path)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return self.ask(path, {**typed, "csrf_token": found.group(1) if found else ""})[1]

    def sign_in(self) -> None:
        self.send("/sign-in", {"sign_in_name": RESPONDER, "password": DEMONSTRATION_PASSWORD})

    def refer(self) -> str:
        """Take a referral; the id of the task, once it is acknowledged."""
        task = self.send("/new/referral", {}, form_at="/new").split("?")[0]
        following = self.send(task, {"source": "police"}).rpartition("=")[2]
        self.send(task, {"story": "Synthetic", "page": following})
        self.send(f"{task}/complete", {}, form_at=task)
        return task.rpartition("/")[2]


class Serving:
    """`ihala serve` with two web processes and a worker, on a small mechanism."""

    def __init__(self, url: str, folder: Path) -> None:
        with installed(url, folder):
            pass
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.host = f"127.0.0.1:{free.getsockname()[1]}"
        own = {"IHALA_DATABASE": url, "IHALA_DATA_FOLDER": str(folder), "IHALA_WORKFLOWS": str(MECHANISM)}
        command = [sys.executable, "-m", "web", "serve", "--address", self.host, "--processes", "2"]
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
        self.url = url
        self.told: list[str] = []
        self._wait()

    def browser(self) -> Browser:
        return Browser(f"http://{self.host}")

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with suppress(OSError, HTTPException):
                self.browser().ask("/ready")
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def children(self, *, workers: bool) -> list[int]:
        """Web processes, or the worker beside them."""
        found = []
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        for pid in [int(word) for thread in threads for word in thread.read_text().split()]:
            with suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if (b"worker" in words) == workers and words[0]:
                    found.append(pid)
        return found

    def work(self, stop: Event) -> None:
        """Take referrals until told to stop, and remember those that were acknowledged."""
        browser, is_in = self.browser(), False
        while not stop.is_set():
            try:
                if not is_in:
                    browser.sign_in()
                    is_in = True
                self.told.append(browser.refer())
            except (OSError, HTTPException):
                time.sleep(0.05)

    def done(self) -> set[str]:
        database = Database(self.url)
        with database.reading() as tx:
            found = set(tx.execute(sa.select(work_item.c.id).where(work_item.c.status == "done")).scalars())
        database.close()
        return found

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


@pytest.fixture
def serving(database_url: str, tmp_path: Path) -> Iterator[Serving]:
    served = Serving(database_url, tmp_path)
    yield served
    if served.process.poll() is None:
        served.end()


def under_load(serving: Serving, kills: int = 0) -> None:
    stop = Event()
    people = [Thread(target=serving.work, args=(stop,)) for _ in range(2)]
    for one in people:
        one.start()
    try:
        for number in range(kills):
            time.sleep(0.6 + random.random())
            for pid in serving.children(workers=number % 3 == 2)[:1]:
                os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + START_SECONDS
        already = len(serving.told)
        while len(serving.told) < already + 3 and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        stop.set()
        for one in people:
            one.join()


def test_killed_web_processes_lose_nothing_acknowledged(serving: Serving) -> None:
    under_load(serving, kills=3)
    assert [one for one in serving.told if one not in serving.done()] == []


def test_pages_are_served_on_after_their_processes_were_killed(serving: Serving) -> None:
    for pid in serving.children(workers=False):
        os.kill(pid, signal.SIGKILL)
    under_load(serving)
    assert len(serving.told) >= 3


def test_a_worker_that_was_killed_is_started_again(serving: Serving) -> None:
    (before,) = serving.children(workers=True)
    os.kill(before, signal.SIGKILL)
    until = time.monotonic() + START_SECONDS
    while (now := serving.children(workers=True)) in ([], [before]) and time.monotonic() < until:
        time.sleep(0.1)
    assert now not in ([], [before])


def test_a_web_process_that_ends_leaves_the_worker_alone(serving: Serving) -> None:
    before = serving.children(workers=True)
    os.kill(serving.children(workers=False)[0], signal.SIGTERM)
    time.sleep(2)
    assert serving.children(workers=True) == before


def test_a_gentle_stop_ends_everything(serving: Serving) -> None:
    every = [*serving.children(workers=True), *serving.children(workers=False)]
    code = serving.end()
    assert (code, [pid for pid in every if Path(f"/proc/{pid}").exists()]) == (0, [])


def test_the_figures_of_all_web_processes_are_summed(serving: Serving) -> None:
    under_load(serving)
    page, _ = serving.browser().ask("/metrics")
    counted = next(line for line in page.splitlines() if line.startswith("ihala_write_seconds_count"))
    assert float(counted.split()[1]) >= 4 * len(serving.told)


def test_the_logs_of_pages_and_worker_name_nobody(serving: Serving) -> None:
    under_load(serving)
    text = serving.log.read_text()
    assert [word for word in ("Synthetic", RESPONDER, *serving.told) if word in text] == []
