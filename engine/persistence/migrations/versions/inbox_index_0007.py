"""The index of inboxes holds the assignee too: what nobody has claimed is counted without looking at the rows.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = ["organisation_id", "role", "status", "sorts_at", "id"]


def upgrade() -> None:
    _make([*COLUMNS, "assignee_id"])


def downgrade() -> None:
    _make(COLUMNS)


def _make(columns: list[str]) -> None:
    waiting = sa.text("done_at IS NULL")
    op.drop_index("ix_work_item_inbox", "work_item")
    op.create_index("ix_work_item_inbox", "work_item", columns, sqlite_where=waiting, postgresql_where=waiting)
