"""Releases of the mechanism with their files, the digest of each process, and dated holidays beside them."""

import sqlalchemy as sa

from engine.persistence.tables.base import index_where, metadata
from engine.persistence.types import Json, Moment, id_, word

mechanism_release = sa.Table(
    "mechanism_release",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("status", sa.String(16), nullable=False),  # draft, discarded, proposed, published, retired
    sa.Column("title", sa.Text, nullable=False, default="", server_default=""),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("base_id", id_()),  # the release it was started from
    sa.Column("changed_at", Moment),
    sa.Column("proposed_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("created_by", id_()),
    sa.Column("proposed_by", id_()),
    sa.Column("approved_by", id_()),
    sa.Column("published_at", Moment),
    sa.Column("retired_at", Moment),
    sa.Column("normaliser", sa.Integer),  # the version that wrote `executed` of the files; empty: written at each load
    sa.Column("clocks_set_at", Moment),  # when its clocks that begin cases were set
    sa.Column("uncovered", sa.Integer, nullable=False, default=0, server_default="0"),  # arrows and clocks, as proposed
    sa.Column("waiver_request", sa.Text, nullable=False, default="", server_default=""),  # why to sign it nevertheless
    index_where("ix_mechanism_release_in_force", "status = 'published'", "status", unique=True),
)

release_file = sa.Table(
    "release_file",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("path", sa.String(255), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, default=0, server_default="0"),  # of a draft: one more each time
    sa.Column("changed_by", id_()),
    sa.Column("changed_at", Moment),
    sa.Column("executed", sa.LargeBinary),  # what a diagram was rewritten into when the release was made
)

unsaved_file = sa.Table(
    # What somebody has drawn in a draft and not saved yet: kept beside the file, never in its place.
    "unsaved_file",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("path", sa.String(255), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),  # of the file that it was drawn onto
    sa.Column("at", Moment, nullable=False),
)

release_signature = sa.Table(
    # What those who decide on a proposed release say of it.
    "release_signature",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("is_approval", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default="", server_default=""),
    sa.Column("waiver", sa.Text, nullable=False, default="", server_default=""),  # why uncovered arrows are no obstacle
)

release_author = sa.Table(
    # Who works on a draft beside its maker.
    "release_author",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("ended_at", Moment),  # empty: works on it now
    sa.Column("changed_at", Moment),  # when they last changed it: whoever did never signs it
)

release_story = sa.Table(
    # How a story went on a draft, when its files had this digest, and what it took of them.
    "release_story",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("path", sa.String(255), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("problem_en", sa.Text, nullable=False, default="", server_default=""),  # empty: it went as told
    sa.Column("problem_ar", sa.Text, nullable=False, default="", server_default=""),
    sa.Column("step", sa.Integer),  # at which it went otherwise, from 1
    sa.Column("taken", Json, nullable=False),  # elements and flows by process, rows by decision
    sa.Column("at", Moment, nullable=False),
)

process_digest = sa.Table(
    "process_digest",
    metadata,
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), primary_key=True),
    sa.Column("process_id", word(), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
)

start_clock = sa.Table(
    # A timer start event of the release in force, at its next moment.
    "start_clock",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), nullable=False),
    sa.Column("process_id", word(), nullable=False),
    sa.Column("node", word(), nullable=False),
    sa.Column("expression", sa.Text, nullable=False),
    sa.Column("anchor_at", Moment, nullable=False),
    sa.Column("in_working_days", sa.Boolean, nullable=False),
    sa.Column("firings_left", sa.Integer),  # empty: without end
    sa.Column("due_at", Moment, nullable=False, index=True),
)

holiday = sa.Table(
    "holiday",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("name_ar", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default="", server_default=""),
    sa.Column("source", sa.Text, nullable=False, default="", server_default=""),  # the decision that announced it
    sa.Column("announced_by", id_()),
    sa.Column("announced_at", Moment),
)
