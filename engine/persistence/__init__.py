"""Tables and transactions; the only importer of SQLAlchemy. Nothing but a `Database` commits."""

from sqlalchemy.engine import Connection as Transaction
from sqlalchemy.engine import Row
from sqlalchemy.exc import SQLAlchemyError as DatabaseError

from engine.persistence.database import Database
from engine.persistence.migrating import is_migrated, migrate

__all__ = ["Database", "DatabaseError", "Row", "Transaction", "is_migrated", "migrate"]
