"""The list of safeguards that every release keeps: its versions, and who signed each.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "safeguard_list",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("proposed_by", sa.String(64)),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_safeguard_list_proposed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguard_list")),
        sa.UniqueConstraint("version", name=op.f("uq_safeguard_list_version")),
    )
    for name, status in (("ix_safeguard_list_in_force", "in_force"), ("ix_safeguard_list_proposed", "proposed")):
        where = sa.text(f"status = '{status}'")
        op.create_index(name, "safeguard_list", ["status"], unique=True, postgresql_where=where, sqlite_where=where)
    op.create_table(
        "safeguard_signature",
        sa.Column("list_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_approval", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["list_id"], ["safeguard_list.id"], name=op.f("fk_safeguard_signature_list_id_safeguard_list")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_safeguard_signature_account_id_account")),
        sa.PrimaryKeyConstraint("list_id", "account_id", name=op.f("pk_safeguard_signature")),
    )


def downgrade() -> None:
    op.drop_table("safeguard_signature")
    op.drop_table("safeguard_list")
