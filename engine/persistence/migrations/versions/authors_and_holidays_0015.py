"""Who works on a draft beside its maker; why a holiday was announced, by whom, and where it stands written.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


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

    # One by one: a rewritten table would lose the triggers that count the version of the directory up (0004).
    op.add_column("holiday", sa.Column("reason", sa.Text, nullable=False, server_default=""))
    op.add_column("holiday", sa.Column("source", sa.Text, nullable=False, server_default=""))
    op.add_column("holiday", sa.Column("announced_by", sa.String(64)))
    op.add_column("holiday", sa.Column("announced_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for name in ("reason", "source", "announced_by", "announced_at"):
        op.drop_column("holiday", name)
    op.drop_table("release_author")
