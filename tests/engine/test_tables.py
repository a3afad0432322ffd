"""The tables: what the migrations make is what the code expects, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.application import NotMigrated, open_ihala
from engine.persistence import Database, DatabaseError, draft_rows, is_migrated, migrate, notice_rows
from engine.persistence.tables import metadata
from engine.persistence.tables.people import organisation
from engine.persistence.tables.releases import mechanism_release
from engine.persistence.tables.work import notice
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


def test_an_email_that_waited_in_an_older_version_waits_still(database_url: str) -> None:
    migrate(database_url, "base")
    migrate(database_url, "0004")
    database = Database(database_url)
    with database.writing() as tx:
        tx.execute(sa.text(AN_ACCOUNT))
        tx.execute(sa.text(AN_OLD_EMAIL))
    migrate(database_url)
    with database.reading() as tx:
        waiting = notice_rows.to_mail(tx, datetime(2026, 3, 2, tzinfo=UTC), 10)
    database.close()
    assert [(one.id, one.kind, one.email, one.mail_attempts) for one in waiting] == [("one", "new", "a@example.org", 3)]


def test_stories_that_kept_nothing_of_what_they_took_are_to_be_played_again(database_url: str) -> None:
    migrate(database_url, "base")
    migrate(database_url, "0009")
    database = Database(database_url)
    with database.writing() as tx:
        tx.execute(sa.text(A_RELEASE))
        tx.execute(sa.text(A_PLAYED_STORY))
    migrate(database_url)
    with database.reading() as tx:
        assert draft_rows.stories(tx, "r", "d") == []
        assert tx.execute(sa.select(mechanism_release.c.uncovered)).scalar() == 0
    database.close()


A_RELEASE = """
INSERT INTO mechanism_release (id, number, digest, status, note, created_at) VALUES ('r', 1, 'd', 'draft', '',
'2026-03-01 08:00:00.000000')
"""
A_PLAYED_STORY = """
INSERT INTO release_story (release_id, path, digest, at) VALUES ('r', 'a/scenarios/b.yaml', 'd',
'2026-03-01 08:00:00.000000')
"""
AN_ACCOUNT = """
INSERT INTO account (id, sign_in_name, name, email, language, password_hash, must_change_password, is_demonstration,
created_at) VALUES ('a', 'a', 'A', 'a@example.org', 'ar', '', FALSE, FALSE, '2026-03-01 08:00:00.000000')
"""
AN_OLD_EMAIL = """
INSERT INTO outbox (id, kind, account_id, content, at, next_at, attempts, failure) VALUES ('one', 'email', 'a',
'{"notice"\\:"new","case_number"\\:7}', '2026-03-01 08:00:00.000000', '2026-03-01 08:00:00.000000', 3, 'OSError')
"""


def test_an_installation_whose_tables_are_old_does_not_open(database_url: str) -> None:
    migrate(database_url, "base")
    with pytest.raises(NotMigrated):
        open_ihala(Settings(database=database_url))


def test_a_moment_comes_back_aware_and_to_the_microsecond(database_url: str) -> None:
    database, moment = Database(database_url), datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)
    with database.writing() as tx:
        tx.execute(sa.insert(notice).values(id="one", account_id="x", kind="new", at=moment))
    with database.reading() as tx:
        assert tx.execute(sa.select(notice.c.at)).scalar() == moment
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database_url: str) -> None:
    database = Database(database_url)
    row = {"id": "one", "kind": "police", "name_en": "One", "name_ar": "واحد"}
    with pytest.raises(DatabaseError), database.writing() as tx:
        tx.execute(sa.insert(organisation), [row, row])
    with database.reading() as tx:
        assert tx.execute(sa.select(organisation.c.id)).all() == []
    database.close()
