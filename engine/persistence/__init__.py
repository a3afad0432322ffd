"""Tables and transactions; the only importer of SQLAlchemy. Nothing but a `Database` commits."""

from sqlalchemy.engine import Connection as Transaction
from sqlalchemy.engine import Row

from engine.persistence.database import Database
from engine.persistence.migrating import is_migrated, migrate

__all__ = ["Database", "Row", "Transaction", "is_migrated", "migrate"]
