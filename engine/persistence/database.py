"""The connection to SQLite or PostgreSQL, and the two kinds of transaction: one that reads, one that writes."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from engine import measures
from engine.errors import Refusal
from engine.text import Text

BUSY_SECONDS = 30
"""How long a writer of SQLite waits for the one before it."""

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA synchronous=FULL",  # NORMAL can lose the last commits in a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten: a destroyed record leaves no free pages behind
)


_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class InUse(Refusal):
    sentence = Text(
        "Another program has this database open. Stop the pages and every worker, then try again.",
        "يستخدم برنامج آخر قاعدة البيانات هذه. يُرجى إيقاف الصفحات وكل عمال الخلفية ثم إعادة المحاولة.",
    )


class Database:
    """One database. `reading` and `writing` are the only ways in; nothing else commits."""

    def __init__(self, url: str | URL) -> None:
        self.url = _driver_named(make_url(url))
        self.engine = _engine(self.url)
        self._writer = self.engine.execution_options(ihala_writes=True)
        # SQLite has one writer at a time, and lets others look again and again: threads of one process queue up instead
        self._turn: AbstractContextManager[object] = Lock() if self.is_sqlite else nullcontext()
        # PostgreSQL reads each statement at its own moment anyway: without BEGIN and ROLLBACK a page is quicker
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with: on SQLite at one moment, on PostgreSQL each statement at its own."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees the database as it was at one moment, however long it reads."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:  # there every transaction is one
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A transaction that reads while nobody else has the database open. Raises `InUse`."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if self.is_sqlite:
                _shut_sqlite(connection)
            elif connection.exec_driver_sql(_OTHERS).scalar_one():
                raise InUse
            else:
                connection.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits at its end, or leaves nothing behind on any exception."""
        with measures.writing(), self._turn, self._writer.begin() as connection:
            yield connection

    def outside_transactions(self, *statements: str) -> None:
        """Run maintenance that no transaction may hold (VACUUM, a checkpoint)."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        self.engine.dispose()


def _driver_named(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def _engine(url: URL) -> sa.Engine:
    """Neither an error nor a log, at whatever level, ever carries a value that is written or read."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database:
        _make_private(Path(url.database))
    wait = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=wait, hide_parameters=True)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(path: Path) -> None:
    """The file belongs to its owner alone; made here so that it never exists otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_up_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own begins too late
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _shut_sqlite(connection: Connection) -> None:
    """Leaving WAL needs the file to oneself; the next process to open it goes back to WAL."""
    try:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
    except sa.exc.OperationalError:
        raise InUse from None


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("ihala_writes") else "BEGIN")
