"""Drafts of the mechanism: who works on them, what they say of themselves, who signs, how their stories went.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("mechanism_release") as release:
        release.add_column(sa.Column("title", sa.Text, nullable=False, server_default=""))
        release.add_column(sa.Column("base_id", sa.String(64)))
        release.add_column(sa.Column("changed_at", sa.DateTime(timezone=True)))
        release.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("release_file") as file:
        file.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
        file.add_column(sa.Column("changed_by", sa.String(64)))
        file.add_column(sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.create_table(
        "release_signature",
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_approval", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_release_signature_release_id_mechanism_release")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_release_signature_account_id_account")),
        sa.PrimaryKeyConstraint("release_id", "account_id", name=op.f("pk_release_signature")),
    )
    op.create_table(
        "release_story",
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("path", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("problem_en", sa.Text, nullable=False, server_default=""),
        sa.Column("problem_ar", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_release_story_release_id_mechanism_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "path", name=op.f("pk_release_story")),
    )


def downgrade() -> None:
    op.drop_table("release_story")
    op.drop_table("release_signature")
    with op.batch_alter_table("release_file") as file:
        for name in ("revision", "changed_by", "changed_at"):
            file.drop_column(name)
    with op.batch_alter_table("mechanism_release") as release:
        for name in ("title", "base_id", "changed_at", "proposed_at"):
            release.drop_column(name)
