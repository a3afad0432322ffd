"""The tables of Procrastinate, which carries background work on PostgreSQL.

Revision ID: 0002
Revises: 0001
"""

from importlib import import_module

from alembic import op

revision = "0002"
down_revision = "0001"

DROP = """
DROP TABLE IF EXISTS procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers
    CASCADE;
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || one || ' CASCADE';
    END LOOP;
END $$;
DROP TYPE IF EXISTS procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status CASCADE;
"""


def upgrade() -> None:
    """As its pinned version wants them; a newer one brings its own steps, which then become a revision here."""
    if op.get_bind().dialect.name == "postgresql":
        _run(import_module("procrastinate.schema").SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _run(DROP)


def _run(script: str) -> None:
    """Several statements at once, which the driver takes only where nothing is to be put in."""
    cursor = op.get_bind().connection.cursor()
    cursor.execute(script)
    cursor.close()
