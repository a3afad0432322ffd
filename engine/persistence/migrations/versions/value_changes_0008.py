"""Changes of a case's variables, proposed by one operator and approved by another.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "value_change",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("proposed_by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("is_approved", sa.Boolean),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_value_change_case_id_case")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_value_change_proposed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_change")),
    )
    op.create_index(op.f("ix_value_change_case_id"), "value_change", ["case_id"])
    where = sa.text("decided_at IS NULL")
    op.create_index("ix_value_change_open", "value_change", ["at", "id"], postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    op.drop_table("value_change")
