"""Logs at their most talkative, over a whole task: no name, answer, place, token or password stands in any of them."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog.testing

from engine.accounts import DEMONSTRATION_PASSWORD
from engine.jobs.tick import tick
from tests.web.conftest import RESPONDER, installed, send, token_of

STORY, DRAFT, SEARCHED = "Planted account", "Planted draft", "Zubayda Planted"


class _Kept(logging.Handler):
    """Every record with all that hangs on it, as a formatter for machines would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()} {record.__dict__!r}")


@pytest.fixture(scope="module")
def logged(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """What was logged while somebody signed in and did a task, and what must not stand in it."""
    kept, root = _Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    folder = tmp_path_factory.mktemp("logs")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'ihala.sqlite3')}"
    try:
        with installed(url, folder) as site, structlog.testing.capture_logs() as events:
            client = site.signed_in(RESPONDER)
            session = client.get_cookie("ihala_session")
            secrets = {"story": STORY, "draft": DRAFT, "searched": SEARCHED, "password": DEMONSTRATION_PASSWORD}
            secrets |= {"session": session.value if session else "", "forged": token_of(client, "/notices")}
            send(client, "/new/search", {"name": SEARCHED}, form_at="/new")
            task = site.referral(client).split("?")[0]
            following = send(client, task, {"source": "police"}).location.rpartition("=")[2]
            send(client, task, {"story": DRAFT, "page": following, "do": "save"})
            send(client, task, {"story": STORY, "page": following})
            send(client, f"{task}/complete", {}, form_at=task)
            tick(site.ihala)
            logging.getLogger("tests").warning("the end")
        yield "\n".join([*kept.lines, *map(repr, events)]), secrets
    finally:
        root.setLevel(level)
        root.removeHandler(kept)


@pytest.mark.parametrize("what", ["story", "draft", "searched", "password", "session", "forged"])
def test_no_log_holds_it(logged: tuple[str, dict[str, str]], what: str) -> None:
    text, secrets = logged
    assert secrets[what] not in text


@pytest.mark.parametrize("what", ["story", "draft", "searched", "password", "session", "forged"])
def test_there_was_something_to_hide(logged: tuple[str, dict[str, str]], what: str) -> None:
    assert len(logged[1][what]) > 5


def test_what_was_logged_was_kept(logged: tuple[str, dict[str, str]]) -> None:
    assert "the end" in logged[0]


def test_the_database_logs_no_statement_even_where_everything_is_logged(logged: tuple[str, dict[str, str]]) -> None:
    assert "INSERT INTO" not in logged[0]
