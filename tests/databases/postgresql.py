"""PostgreSQL for the tests: the one `IHALA_TEST_POSTGRESQL` names, else one that is started here and thrown away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, make_url

from tests.databases.throwaway import started


@dataclass
class Postgresql:
    """A server on which a role may create databases; each test gets a copy of one migrated template."""

    url: URL
    numbers: Iterator[int] = field(default_factory=count)
    template: str = ""

    def prepare(self, migrate: Callable[[str], object]) -> None:
        """Makes the template, migrated once."""
        self.template = self._name("template")
        self._execute(f'CREATE DATABASE "{self.template}"')
        migrate(self._url_of(self.template))

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a fresh copy of the template, dropped at the end."""
        name = self._name("test")
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}" STRATEGY file_copy')
        try:
            yield self._url_of(name)
        finally:
            self.drop(name)

    def copy(self, of: str) -> str:
        """The URL of a new copy of a database that nobody is connected to; the caller drops it, or the server ends."""
        name = self._name("copy")
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY file_copy')
        return self._url_of(name)

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _name(self, kind: str) -> str:
        return f"ihala_{kind}_{os.getpid()}_{next(self.numbers)}"

    def _url_of(self, database: str) -> str:
        return self.url.set(database=database).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        options: dict[str, Any] = conninfo_to_dict(plain)
        with psycopg.connect(**options, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def postgresql() -> Iterator[Postgresql]:
    given = os.environ.get("IHALA_TEST_POSTGRESQL")
    if given:
        yield Postgresql(make_url(given).set(drivername="postgresql+psycopg"))
        return
    with started() as url:
        yield Postgresql(url)
