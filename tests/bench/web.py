"""The pages through gunicorn on the loopback: inbox, task and completion, by several browsers at once."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from urllib.parse import urlencode

import sqlalchemy as sa

from engine import passwords
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.clock import Clock
from engine.persistence.tables.people import account
from tests.bench import drawing
from tests.bench.growth import ROLE, loop
from tests.bench.measuring import Part, percentile
from tests.bench.ours import bureau
from tests.bench.stores import Store

BROWSERS, ROUNDS = 4, 25
START_SECONDS = 60
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PAGE = re.compile(r'name="page" value="([^"]*)"')
TASK = re.compile(r'href="(/tasks/[0-9a-f-]+)"')


@dataclass
class Browser:
    """Somebody with a session; what each kind of request took."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)

    def get(self, path: str, kind: str = "") -> str:
        return self._ask("GET", path, None, kind)

    def post(self, path: str, values: dict[str, str], kind: str = "") -> str:
        return self._ask("POST", path, values, kind)

    def _ask(self, method: str, path: str, values: dict[str, str] | None, kind: str) -> str:
        begun = perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if values is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(values) if values is not None else None, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = content
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}")
        if kind:
            self.took.setdefault(kind, []).append(perf_counter() - begun)
        return text


def web(stores: list[Store], *, rounds: int = ROUNDS, browsers: int = BROWSERS) -> Part:
    part = Part(
        "web",
        f"Requests through gunicorn with one process, {browsers} browsers at once, each in its own session.",
        ["database", "request", "p50 ms", "p95 ms", "requests a second, all kinds"],
    )
    for store in stores:
        url, folder = store.fresh(), store.place()
        office = bureau(url, folder, made={"case.bpmn": loop()}, roles=[ROLE], tasks=["review"], clock=Clock())
        for _ in range(rounds * browsers + 20):
            office.open()
        with office.ihala.database.writing() as tx:
            hashed = passwords.hashed(DEMONSTRATION_PASSWORD, "demonstration")
            tx.execute(sa.update(account).values(password_hash=hashed, is_demonstration=True))
        office.ihala.close()
        with serving(url, folder) as port:
            people = [Browser(port) for _ in range(browsers)]
            took = _use(people, rounds)
        every = {kind: [one for person in people for one in person.took[kind]] for kind in people[0].took}
        rate = sum(map(len, every.values())) / took
        figures = {}
        for kind, times in every.items():
            figures[kind] = {"p50_ms": 1000 * percentile(times, 0.5), "p95_ms": 1000 * percentile(times, 0.95)}
            part.rows.append([store.kind, kind, *figures[kind].values(), rate])
        part.figures[store.kind] = {**figures, "requests_per_second": rate}
    return part


def _use(people: list[Browser], rounds: int) -> float:
    """Everybody at once; the seconds it took."""
    for one in people:
        token = _token(one.get("/sign-in"))
        given = {"sign_in_name": f"{ROLE}_0", "password": DEMONSTRATION_PASSWORD}  # whoever opened the cases
        one.post("/sign-in", {**given, "csrf_token": token})
    failed: list[Exception] = []
    threads = [
        Thread(target=_work, args=(one, rounds, number, len(people), failed)) for number, one in enumerate(people)
    ]
    begun = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return perf_counter() - begun


def _work(one: Browser, rounds: int, number: int, browsers: int, failed: list[Exception]) -> None:
    """Look at the inbox, open a task of one's own share, complete it."""
    answers = {name: str(value) for name, value in drawing.answers().items() if name != "ok"}
    try:
        for _ in range(rounds):
            found = list(dict.fromkeys(TASK.findall(one.get("/inbox/team", "inbox"))))
            path = found[number * len(found) // browsers]  # a share of its own: nobody is to be quicker
            text = one.get(path, "task")
            given = {**answers, "page": PAGE.findall(text)[0], "csrf_token": _token(text)}
            one.post(path, given, "completion")
    except (OSError, RuntimeError, IndexError, http.client.HTTPException) as error:
        failed.append(error)


def _token(text: str) -> str:
    found = TOKEN.search(text)
    if found is None:
        raise RuntimeError("a page without a form")
    return found[1]


@contextmanager
def serving(url: str, folder: Path) -> Iterator[int]:
    """The product's own command on a free port, without a worker."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    own = {"IHALA_DATABASE": url, "IHALA_DATA_FOLDER": str(folder), "IHALA_WORKFLOWS": str(folder / "workflows")}
    command = [sys.executable, "-P", "-m", "web", "serve", "--address", f"127.0.0.1:{port}", "--no-worker"]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, env={**environ, **own}, stdout=log, stderr=log)
    try:
        _wait(port, process)
        yield port
    except (OSError, RuntimeError, http.client.HTTPException) as error:
        error.add_note((folder / "serve.log").read_text()[-4000:])  # what the pages said meanwhile
        raise
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = perf_counter() + START_SECONDS
    while perf_counter() < until and process.poll() is None:
        try:
            Browser(port).get("/health")
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError("The pages did not start.")
