"""Moves of running cases to another release: what was tried, what was done, and what a case stood on before."""

import sqlalchemy as sa

from engine.persistence.tables.base import metadata
from engine.persistence.types import Json, Moment, id_, word

move_run = sa.Table(
    # One act of the migration desk over many cases; the worker goes through them.
    "move_run",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),  # trial, move, undo
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), nullable=False, index=True),  # moved to
    sa.Column("from_release_id", sa.ForeignKey("mechanism_release.id"), nullable=False),
    sa.Column("process_id", word(), nullable=False),
    sa.Column("standing", Json, nullable=False),  # the steps at which its cases stood: [process, element]
    sa.Column("plan", Json, nullable=False),
    sa.Column("undoes", id_()),  # of an undo: the run it takes back
    sa.Column("started_by", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment, index=True),
)

case_move = sa.Table(
    # One case of a run. Elements of diagrams only, nothing of the person; `state` is sealed under the case's key.
    "case_move",
    metadata,
    sa.Column("run_id", sa.ForeignKey("move_run.id"), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("status", sa.String(8), nullable=False, default="waiting"),  # waiting, moves, loses, cannot, moved,
    # undone, touched (it went on meanwhile), failed (an incident says why)
    sa.Column("found", Json, nullable=False, default=dict),  # findings, hindrances, holders, carried
    sa.Column("state", sa.LargeBinary),  # of a move: the snapshot before it
    sa.Column("revision", sa.Integer),  # of a move: the case's revision after it
    sa.Column("has_left", sa.Boolean, nullable=False, default=False),  # a message or an effect went out with it
    sa.Column("at", Moment),
    sa.Index("ix_case_move_case", "case_id"),
    sa.Index("ix_case_move_waiting", "run_id", "status"),
)
