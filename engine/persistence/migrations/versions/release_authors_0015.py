"""Who works on a draft beside its maker: invited, taken back, and whether they changed it.

Revision ID: 0015
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "release_author",
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_release_author_release_id_mechanism_release")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_release_author_account_id_account")),
        sa.PrimaryKeyConstraint("release_id", "account_id", name=op.f("pk_release_author")),
    )


def downgrade() -> None:
    op.drop_table("release_author")
