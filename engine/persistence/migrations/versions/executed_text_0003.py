"""What diagrams were rewritten into is stored with their release, and the version of the rewriting.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Releases made before keep no text: theirs is written at each load."""
    op.add_column("mechanism_release", sa.Column("normaliser", sa.Integer))
    op.add_column("release_file", sa.Column("executed", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("release_file", "executed")
    op.drop_column("mechanism_release", "normaliser")
