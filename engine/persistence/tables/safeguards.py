"""What every release must keep: the versions of the list, apart from all releases, and who signed each."""

import sqlalchemy as sa

from engine.persistence.tables.base import index_where, metadata
from engine.persistence.types import Moment, id_

safeguard_list = sa.Table(
    "safeguard_list",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False, unique=True),
    sa.Column("status", sa.String(16), nullable=False),  # proposed, in_force, retired, refused, withdrawn
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default="", server_default=""),
    sa.Column("proposed_by", sa.ForeignKey("account.id")),  # empty: the first list, from the folder
    sa.Column("proposed_at", Moment, nullable=False),
    sa.Column("in_force_at", Moment),
    sa.Column("ended_at", Moment),  # when it was replaced, sent back or withdrawn
    index_where("ix_safeguard_list_in_force", "status = 'in_force'", "status", unique=True),
    index_where("ix_safeguard_list_proposed", "status = 'proposed'", "status", unique=True),
)

safeguard_signature = sa.Table(
    # What those who decide on a proposed list say of it.
    "safeguard_signature",
    metadata,
    sa.Column("list_id", sa.ForeignKey("safeguard_list.id"), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("is_approval", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, default="", server_default=""),
)
