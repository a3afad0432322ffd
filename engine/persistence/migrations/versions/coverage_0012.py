"""What each story took and at which step it differs, and waivers of what no story takes.

Stories that were played before kept nothing of what they took: they are to be played again.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("DELETE FROM release_story")
    with op.batch_alter_table("release_story") as story:
        story.add_column(sa.Column("step", sa.Integer))
        story.add_column(sa.Column("taken", sa.Text, nullable=False))
    with op.batch_alter_table("mechanism_release") as release:
        release.add_column(sa.Column("uncovered", sa.Integer, nullable=False, server_default="0"))
        release.add_column(sa.Column("waiver_request", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("release_signature") as signature:
        signature.add_column(sa.Column("waiver", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("release_signature") as signature:
        signature.drop_column("waiver")
    with op.batch_alter_table("mechanism_release") as release:
        release.drop_column("waiver_request")
        release.drop_column("uncovered")
    with op.batch_alter_table("release_story") as story:
        story.drop_column("taken")
        story.drop_column("step")
