"""A notice is also what is sent of it by e-mail: the outbox becomes columns of the notice.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WAITING = """
INSERT INTO notice (id, account_id, kind, case_id, element, at, read_at, mail_at, mail_attempts, mail_failure)
SELECT o.id, o.account_id, {kind}, c.id, '', o.at, o.at, o.next_at, o.attempts, o.failure
FROM outbox o LEFT JOIN "case" c ON c.number = {number} WHERE o.sent_at IS NULL
"""
"""Messages that nobody has sent yet go on waiting, as notices that count as read; the notice itself stands beside."""

SQLITE_SAID = "json_extract(o.content, '$.{0}')"


def upgrade() -> None:
    op.add_column("notice", sa.Column("mail_at", sa.DateTime(timezone=True)))
    op.add_column("notice", sa.Column("mail_attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("notice", sa.Column("mailed_at", sa.DateTime(timezone=True)))
    op.add_column("notice", sa.Column("mail_failure", sa.Text, nullable=False, server_default=""))
    waiting = sa.text("mail_at IS NOT NULL")
    columns = ["mail_at", "id"]
    op.create_index("ix_notice_mail", "notice", columns, sqlite_where=waiting, postgresql_where=waiting)
    said = "CAST(o.content AS json)->>'{0}'" if op.get_bind().dialect.name == "postgresql" else SQLITE_SAID
    op.execute(WAITING.format(kind=said.format("notice"), number=f"CAST({said.format('case_number')} AS INTEGER)"))
    op.drop_table("outbox")


def downgrade() -> None:
    op.drop_index("ix_notice_mail", "notice")
    for name in ("mail_failure", "mailed_at", "mail_attempts", "mail_at"):
        op.drop_column("notice", name)
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    waiting = sa.text("sent_at IS NULL")
    op.create_index("ix_outbox_waiting", "outbox", ["next_at", "id"], sqlite_where=waiting, postgresql_where=waiting)
