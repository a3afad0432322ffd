"""The tables: what the migrations make is what the code expects, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.application import NotMigrated, open_ihala
from engine.persistence import Database, DatabaseError, is_migrated, migrate
from engine.persistence.tables import metadata
from engine.persistence.tables.people import organisation
from engine.persistence.tables.work import outbox
from engine.settings import Settings


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Not a table that a library keeps for itself."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def test_migrations_make_the_tables_that_the_code_knows(database_url: str) -> None:
    database = Database(database_url)
    with database.reading() as tx:
        context = MigrationContext.configure(tx, opts={"include_name": is_ours})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_migrations_go_down_and_up_again(database_url: str) -> None:
    migrate(database_url, "base")
    migrate(database_url)
    database = Database(database_url)
    assert is_migrated(database)
    database.close()


def test_rows_outlive_a_migration_that_has_nothing_to_do(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as tx:
        tx.execute(sa.insert(organisation).values(id="one", kind="police", name_en="One", name_ar="واحد"))
    migrate(database_url)
    with database.reading() as tx:
        assert tx.execute(sa.select(organisation.c.name_ar)).scalar() == "واحد"
    database.close()


def test_an_installation_whose_tables_are_old_does_not_open(database_url: str) -> None:
    migrate(database_url, "base")
    with pytest.raises(NotMigrated):
        open_ihala(Settings(database=database_url))


def test_a_moment_comes_back_aware_and_to_the_microsecond(database_url: str) -> None:
    database, moment = Database(database_url), datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)
    row = {"id": "one", "kind": "email", "account_id": "x", "content": {}, "at": moment, "next_at": moment}
    with database.writing() as tx:
        tx.execute(sa.insert(outbox).values(**row))
    with database.reading() as tx:
        assert tx.execute(sa.select(outbox.c.at)).scalar() == moment
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database_url: str) -> None:
    database = Database(database_url)
    row = {"id": "one", "kind": "police", "name_en": "One", "name_ar": "واحد"}
    with pytest.raises(DatabaseError), database.writing() as tx:
        tx.execute(sa.insert(organisation), [row, row])
    with database.reading() as tx:
        assert tx.execute(sa.select(organisation.c.id)).all() == []
    database.close()
