"""Brings a database to the newest tables, and says whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.persistence.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(url: str, to: str = "head") -> None:
    """Bring the tables at `url` to the newest form (or to one revision); what is already there stays."""
    database = Database(url)
    try:
        with database.writing() as connection:
            config = _config()
            config.attributes["connection"] = connection
            if to == "base":
                command.downgrade(config, to)
            else:
                command.upgrade(config, to)
    finally:
        database.close()


def is_migrated(database: Database) -> bool:
    """Whether the tables are the newest this version knows."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _newest()


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
