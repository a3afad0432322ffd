"""Moves of running cases to another release; each answer names the release it was given under.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "move_run",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("release_id", sa.String(64), nullable=False),
        sa.Column("from_release_id", sa.String(64), nullable=False),
        sa.Column("process_id", sa.String(128), nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("undoes", sa.String(64)),
        sa.Column("started_by", sa.String(64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["release_id"], ["mechanism_release.id"], name=op.f("fk_move_run_release_id_mechanism_release")
        ),
        sa.ForeignKeyConstraint(
            ["from_release_id"], ["mechanism_release.id"], name=op.f("fk_move_run_from_release_id_mechanism_release")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_move_run_started_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_run")),
    )
    op.create_index(op.f("ix_move_run_release_id"), "move_run", ["release_id"])
    op.create_index(op.f("ix_move_run_ended_at"), "move_run", ["ended_at"])
    op.create_table(
        "case_move",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("state", sa.LargeBinary),
        sa.Column("revision", sa.Integer),
        sa.Column("has_left", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["run_id"], ["move_run.id"], name=op.f("fk_case_move_run_id_move_run")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_move_case_id_case")),
        sa.PrimaryKeyConstraint("run_id", "case_id", name=op.f("pk_case_move")),
    )
    op.create_index("ix_case_move_case", "case_move", ["case_id"])
    op.create_index("ix_case_move_waiting", "case_move", ["run_id", "status"])
    with op.batch_alter_table("record_entry") as entry:
        entry.add_column(sa.Column("release_id", sa.String(64)))
    op.execute(
        'UPDATE record_entry SET release_id = (SELECT c.release_id FROM "case" c WHERE c.id = record_entry.case_id)'
    )


def downgrade() -> None:
    with op.batch_alter_table("record_entry") as entry:
        entry.drop_column("release_id")
    op.drop_table("case_move")
    op.drop_table("move_run")
