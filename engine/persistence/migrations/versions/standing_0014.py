"""Two indexes for the figures of the studio: what stands at each step of a process, and what passed it in a period.

Revision ID: 0014
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    _make("ix_work_item_standing", "done_at IS NULL", ["process_id", "element", "opened_at", "id"])
    _make("ix_work_item_passed", "done_at IS NOT NULL", ["process_id", "done_at"])


def downgrade() -> None:
    op.drop_index("ix_work_item_passed", "work_item")
    op.drop_index("ix_work_item_standing", "work_item")


def _make(name: str, where: str, columns: list[str]) -> None:
    condition = sa.text(where)
    op.create_index(name, "work_item", columns, sqlite_where=condition, postgresql_where=condition)
