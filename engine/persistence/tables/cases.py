"""A case: its state, its key, its record, its team, what the person agreed to, and the journal of all that happened."""

import sqlalchemy as sa

from engine.persistence.tables.base import index_where, metadata
from engine.persistence.types import Json, Moment, id_, word

case = sa.Table(
    "case",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("code_name_en", sa.String(32), nullable=False, unique=True),
    sa.Column("code_name_ar", sa.String(32), nullable=False, unique=True),
    sa.Column("process_id", word(), nullable=False),
    sa.Column("release_id", sa.ForeignKey("mechanism_release.id"), nullable=False, index=True),
    sa.Column("status", sa.String(16), nullable=False),  # open, closed, destroyed
    sa.Column("stage", word(), nullable=False, default=""),
    sa.Column("governorate", sa.String(16), nullable=False, default=""),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("state", sa.LargeBinary),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("opened_by", id_(), nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("closing_reason", word(), nullable=False, default=""),
    sa.Column("archive_on", sa.Date),
    sa.Column("anonymise_on", sa.Date),
    sa.Column("scrubbed_at", Moment),  # when the database forgot the free pages of a destroyed case
    sa.Column("figures", Json, nullable=False, default=dict),  # coded, never identifying: all that outlives the key
    sa.Index(None, "status", "opened_at", "id"),
)

case_key = sa.Table(
    # Kept out of ordinary backups, so that an old backup does not bring a destroyed key back.
    "case_key",
    metadata,
    sa.Column("case_id", sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("wrapped_by", sa.String(16), nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

record_entry = sa.Table(
    "record_entry",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("element", word(), nullable=False),
    sa.Column("process_id", word(), nullable=False),
    sa.Column("visit", sa.Integer, nullable=False),
    sa.Column("work_item_id", id_(), nullable=False, index=True),
    sa.Column("purpose", word(), nullable=False, default=""),
    sa.Column("organisation_id", id_(), nullable=False),
    sa.Column("role", word(), nullable=False),
    sa.Column("by", id_(), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("release_id", id_()),  # under which the answer was given: its questions are read there
    sa.Column("corrects", id_()),  # the entry that this one corrects; the earlier one stays readable
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index(None, "case_id", "sequence", unique=True),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("work_item_id", id_(), primary_key=True),
    sa.Column("account_id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)

consent = sa.Table(
    "consent",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False),
    sa.Column("purpose", word(), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # given, refused, withdrawn, overridden
    sa.Column("by", word(), nullable=False),  # person, representative, override
    sa.Column("recorded_by", id_(), nullable=False),
    sa.Column("sealed_reason", sa.LargeBinary),
    sa.Column("at", Moment, nullable=False),
    sa.Column("superseded_at", Moment),
    index_where("ix_consent_standing", "superseded_at IS NULL", "case_id", "purpose", unique=True),
)

team_member = sa.Table(
    "team_member",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False),
    sa.Column("role", word(), nullable=False),
    sa.Column("organisation_id", sa.ForeignKey("organisation.id"), nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default=""),
    sa.Column("joined_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
    index_where("ix_team_member_standing", "left_at IS NULL", "case_id", "role", "organisation_id", unique=True),
    index_where("ix_team_member_cases", "left_at IS NULL", "organisation_id", "role", "case_id"),
)

name_index = sa.Table(
    "name_index",
    metadata,
    sa.Column("token", sa.LargeBinary, primary_key=True),  # keyed hash: without the key it says nothing
    sa.Column("case_id", sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),  # name, document, phone
    sa.Column("keyed_by", sa.String(16), nullable=False),
    sa.Index(None, "case_id"),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("stream", sa.String(80), primary_key=True),  # case:<id>, accounts, releases
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("event", sa.String(40), nullable=False),
    sa.Column("actor_id", id_(), nullable=False, default=""),
    sa.Column("organisation_id", id_(), nullable=False, default=""),
    sa.Column("role", word(), nullable=False, default=""),
    sa.Column("element", word(), nullable=False, default=""),
    sa.Column("process_id", word(), nullable=False, default=""),
    sa.Column("sealed", sa.LargeBinary, nullable=False, default=b""),
    sa.Column("keyed_by", sa.String(16), nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
    sa.Index(None, "stream", "event", "sequence"),
)

journal_head = sa.Table(
    "journal_head",
    metadata,
    sa.Column("stream", sa.String(80), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
)
