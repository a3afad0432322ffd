"""Shelters, their beds, and the agreements under which organisations give services."""

import sqlalchemy as sa

from engine.persistence.tables.base import metadata
from engine.persistence.types import Json, Moment, id_, word

shelter = sa.Table(
    "shelter",
    metadata,
    sa.Column("organisation_id", sa.ForeignKey("organisation.id"), primary_key=True),
    sa.Column("is_open", sa.Boolean, nullable=False, default=False),
    sa.Column("profile", Json, nullable=False, default=dict),  # what `shelter_admission` reads
    sa.Column("site", sa.LargeBinary),  # where it is: sealed, read only under its own grant
)

bed = sa.Table(
    "bed",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("shelter_id", sa.ForeignKey("shelter.organisation_id"), nullable=False),
    sa.Column("status", sa.String(16), nullable=False, default="free"),  # free, reserved, occupied, out_of_use
    sa.Column("case_id", sa.ForeignKey("case.id"), index=True),
    sa.Column("reserved_until", Moment),
    sa.Column("since", Moment),
    sa.Index(None, "shelter_id", "status", "id"),
)

agreement = sa.Table(
    "agreement",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("organisation_id", sa.ForeignKey("organisation.id"), nullable=False),
    sa.Column("service", word(), nullable=False),
    sa.Column("profile", Json, nullable=False, default=dict),  # what `provider_selection` reads
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_until", sa.Date),
    sa.Index(None, "service", "organisation_id"),
)
