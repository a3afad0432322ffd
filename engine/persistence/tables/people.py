"""Organisations, the accounts of their staff, what each may do where, and how they sign in."""

import sqlalchemy as sa

from engine.persistence.tables.base import index_where, metadata
from engine.persistence.types import Json, Moment, id_, word

organisation = sa.Table(
    "organisation",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("kind", word(), nullable=False),
    sa.Column("governorate", sa.String(16), nullable=False, server_default=""),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("name_ar", sa.Text, nullable=False),
    sa.Column("profile", Json, nullable=False, default=dict),  # coded facts that selection tables read
    sa.Column("is_active", sa.Boolean, nullable=False, default=True),
    sa.Index(None, "kind", "governorate"),
)

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("sign_in_name", sa.String(128), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False, default=""),
    sa.Column("language", sa.String(2), nullable=False, default="ar"),
    sa.Column("password_hash", sa.Text, nullable=False, default=""),
    sa.Column("must_change_password", sa.Boolean, nullable=False, default=False),
    sa.Column("is_demonstration", sa.Boolean, nullable=False, default=False),
    sa.Column("disabled_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
)

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("organisation_id", sa.ForeignKey("organisation.id"), nullable=False),
    sa.Column("role", word(), nullable=False),
    sa.Column("granted_by", id_()),
    sa.Column("granted_at", Moment, nullable=False),
    sa.Column("revoked_at", Moment),
    index_where("ix_membership_standing", "revoked_at IS NULL", "account_id", "organisation_id", "role", unique=True),
    sa.Index("ix_membership_role", "role", "organisation_id"),
)

directory_version = sa.Table(
    # One row, counted up by triggers on what a step reads of the directory; each database counts for itself.
    "directory_version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    info={"is_copied": False},
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_digest", sa.String(64), primary_key=True),  # a copy of the table opens no session
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False, index=True),
)

sign_in_attempt = sa.Table(
    "sign_in_attempt",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("sign_in_name", sa.String(128), nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("succeeded", sa.Boolean, nullable=False),
    sa.Index(None, "sign_in_name", "at"),
    sa.Index(None, "address", "at"),
)

password_reset = sa.Table(
    "password_reset",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), nullable=False, index=True),
    sa.Column("requested_at", Moment, nullable=False),
    sa.Column("requested_by", id_(), nullable=False),
    sa.Column("approved_by", id_()),
    sa.Column("approved_at", Moment),
    sa.Column("token_digest", sa.String(64), unique=True),
    sa.Column("expires_at", Moment),
    sa.Column("used_at", Moment),
)
