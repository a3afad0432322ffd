"""Tables and transactions; the only importer of SQLAlchemy. Nothing but a `Database` commits."""

from engine.persistence.database import Database
from engine.persistence.migrating import is_migrated, migrate

__all__ = ["Database", "is_migrated", "migrate"]
