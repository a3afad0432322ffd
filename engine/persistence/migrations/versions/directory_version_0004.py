"""Every change of who is active where, or of the holidays, counts the directory's version up: caches ask for it.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WATCHED = {"organisation": "", "account": " OF email, language, disabled_at", "membership": "", "holiday": ""}
"""Tables, and which of their columns count in an update; all where nothing is said."""

COUNT_UP = "UPDATE directory_version SET version = version + 1"


def upgrade() -> None:
    op.create_table(
        "directory_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO directory_version (id, version) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION directory_changed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {COUNT_UP}; RETURN NULL; END $$"
        )
        for table, columns in WATCHED.items():
            events = f"INSERT OR DELETE OR UPDATE{columns}"
            op.execute(
                f"CREATE TRIGGER directory_changed AFTER {events} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION directory_changed()"
            )
    else:
        for name, event, table in _sqlite_triggers():
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {COUNT_UP}; END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in WATCHED:
            op.execute(f"DROP TRIGGER directory_changed ON {table}")
        op.execute("DROP FUNCTION directory_changed()")
    else:
        for name, _, _ in _sqlite_triggers():
            op.execute(f"DROP TRIGGER {name}")
    op.drop_table("directory_version")


def _sqlite_triggers() -> list[tuple[str, str, str]]:
    return [
        (f"directory_{table}_{kind.lower()}", kind + (columns if kind == "UPDATE" else ""), table)
        for table, columns in WATCHED.items()
        for kind in ("INSERT", "UPDATE", "DELETE")
    ]
