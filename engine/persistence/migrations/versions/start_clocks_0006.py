"""Clocks that begin cases: the timer start events of the release in force.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("mechanism_release", sa.Column("clocks_set_at", sa.DateTime(timezone=True)))
    op.create_table(
        "start_clock",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("process_id", sa.String(128), nullable=False),
        sa.Column("node", sa.String(128), nullable=False),
        sa.Column("expression", sa.Text, nullable=False),
        sa.Column("anchor_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_working_days", sa.Boolean, nullable=False),
        sa.Column("firings_left", sa.Integer),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_start_clock_release_id_mechanism_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_clock")),
    )
    op.create_index("ix_start_clock_due_at", "start_clock", ["due_at"])


def downgrade() -> None:
    op.drop_table("start_clock")
    op.drop_column("mechanism_release", "clocks_set_at")
