"""What is drawn in a draft and not saved yet, for each person.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "unsaved_file",
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("path", sa.String(255), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_unsaved_file_release_id_mechanism_release")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_unsaved_file_account_id_account")),
        sa.PrimaryKeyConstraint("release_id", "account_id", "path", name=op.f("pk_unsaved_file")),
    )


def downgrade() -> None:
    op.drop_table("unsaved_file")
