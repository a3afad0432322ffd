"""What waits: work items, clocks, messages, notices with their e-mail, and steps that could not be done."""

import sqlalchemy as sa

from engine.persistence.tables.base import index_where, metadata
from engine.persistence.types import Moment, id_, word

work_item = sa.Table(
    "work_item",
    metadata,
    sa.Column("id", id_(), primary_key=True),  # the waiting task's id
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False),
    sa.Column("element", word(), nullable=False),
    sa.Column("process_id", word(), nullable=False),
    sa.Column("organisation_id", id_(), nullable=False),
    sa.Column("role", word(), nullable=False),
    sa.Column("lane_role", word(), nullable=False),  # what the diagram asked for, where `role` is the fallback
    sa.Column("is_fixed", sa.Boolean, nullable=False, default=False),  # by the diagram, not the team
    sa.Column("assignee_id", id_()),
    sa.Column("purpose", word(), nullable=False, default=""),
    sa.Column("status", sa.String(16), nullable=False),  # open, held, done, cancelled
    sa.Column("priority", sa.Integer, nullable=False, default=2),  # 0 immediate, 1 high, 2 normal
    sa.Column("visit", sa.Integer, nullable=False, default=1),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("due_at", Moment),
    sa.Column("due_reason", word(), nullable=False, default=""),
    sa.Column(
        "sorts_at", Moment, nullable=False
    ),  # due_at, or the end of time where nothing is due: keyset paging needs a value
    sa.Column("seen_at", Moment),
    sa.Column("claimed_at", Moment),
    sa.Column("reminded_at", Moment),
    sa.Column("done_at", Moment),
    sa.Column("done_by", id_()),
    sa.Column("note", sa.LargeBinary),  # sealed: what the last holder wrote when handing it back
    index_where(  # with the assignee, so that what nobody has claimed is counted in the index alone
        "ix_work_item_inbox", "done_at IS NULL", "organisation_id", "role", "status", "sorts_at", "id", "assignee_id"
    ),
    index_where("ix_work_item_due", "done_at IS NULL", "organisation_id", "role", "sorts_at", "id"),
    index_where("ix_work_item_assignee", "done_at IS NULL", "assignee_id", "sorts_at", "id"),
    index_where("ix_work_item_overdue", "done_at IS NULL AND reminded_at IS NULL AND due_at IS NOT NULL", "due_at"),
    index_where("ix_work_item_standing", "done_at IS NULL", "process_id", "element", "opened_at", "id"),
    index_where("ix_work_item_passed", "done_at IS NOT NULL", "process_id", "done_at"),
    sa.Index("ix_work_item_done_by", "done_by", "done_at", "id"),
    sa.Index("ix_work_item_case", "case_id", "status"),
)

timer = sa.Table(
    "timer",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("element", word(), nullable=False),
    sa.Column("work_item_id", id_()),
    sa.Column("is_deadline", sa.Boolean, nullable=False, default=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("expression", sa.Text, nullable=False, default=""),
    sa.Column("anchor_at", Moment),
    sa.Column("status", sa.String(16), nullable=False, default="pending"),  # pending, held, stuck (an incident)
    index_where("ix_timer_due", "status = 'pending'", "due_at", "id"),
)

waiting_catch = sa.Table(
    "waiting_catch",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("element", word(), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", word(), nullable=False),
    sa.Column("keys_token", sa.LargeBinary, nullable=False, default=b""),  # keyed hash of the correlation keys
    sa.Column("reach", sa.String(16), nullable=False),
    sa.Index(None, "kind", "name", "keys_token"),
)

delivery = sa.Table(
    # A message or signal on its way to another case; its row goes in the very transaction that receives it.
    "delivery",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("from_case_id", id_(), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", word(), nullable=False),
    sa.Column("keys_token", sa.LargeBinary, nullable=False, default=b""),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("status", sa.String(16), nullable=False, default="pending"),  # pending, stuck, handed, expired
)

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("account_id", id_(), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("case_id", sa.ForeignKey("case.id")),
    sa.Column("work_item_id", id_()),
    sa.Column("element", word(), nullable=False, default=""),
    sa.Column("at", Moment, nullable=False),
    sa.Column("read_at", Moment),
    sa.Column("mail_at", Moment),  # when to send it by e-mail next; empty: nothing is to be sent (any more)
    sa.Column("mail_attempts", sa.Integer, nullable=False, default=0, server_default="0"),
    sa.Column("mailed_at", Moment),
    sa.Column("mail_failure", sa.Text, nullable=False, default="", server_default=""),
    index_where("ix_notice_mail", "mail_at IS NOT NULL", "mail_at", "id"),
    sa.Index(None, "account_id", "at", "id"),
    index_where("ix_notice_unread", "read_at IS NULL", "work_item_id"),
)

value_change = sa.Table(
    # A change of a case's variables by hand: proposed by one operator, made when another approves.
    "value_change",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary),  # the scope, name, new value and reason, until it is decided on
    sa.Column("proposed_by", sa.ForeignKey("account.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("decided_by", id_()),
    sa.Column("decided_at", Moment),
    sa.Column("is_approved", sa.Boolean),
    index_where("ix_value_change_open", "decided_at IS NULL", "at", "id"),
)

incident = sa.Table(
    "incident",
    metadata,
    sa.Column("id", id_(), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("case.id"), index=True),
    sa.Column("element", word(), nullable=False, default=""),
    sa.Column("text_en", sa.Text, nullable=False),
    sa.Column("text_ar", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False, default=""),  # the kind of error, never its values
    sa.Column("act", sa.String(16), nullable=False),  # complete, fire, deliver, route
    sa.Column("subject_id", id_(), nullable=False, default=""),  # the work item, timer or delivery
    sa.Column("sealed", sa.LargeBinary),  # what is needed to do it again
    sa.Column("attempts", sa.Integer, nullable=False, default=1),
    sa.Column("at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("resolved_at", Moment),
    sa.Column("resolved_by", id_()),
    index_where("ix_incident_open", "resolved_at IS NULL", "at", "id"),
)
