"""Sends notices by e-mail: at least once, their id as idempotency key, never with content about a person."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from engine.notices import words_of
from engine.persistence import Row, notice_rows
from engine.settings import Settings
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

SUBJECT = Text("A notice in Ihala", "إشعار في إحالة")
AGAIN_AFTER = timedelta(minutes=2)
"""Doubled with every attempt, up to a day; a message that a dying worker held comes back after this time too."""
LONGEST_WAIT = timedelta(days=1)

Send = Callable[[Settings, EmailMessage], None]


def is_sending(ihala: Ihala) -> bool:
    """Without a mail server all stays for people to see."""
    return bool(ihala.settings.mail_server)


def waiting_ids(ihala: Ihala, limit: int = 50) -> list[str]:
    """Ids of the notices that are due to be sent."""
    with ihala.database.reading() as tx:
        return [row.id for row in notice_rows.to_mail(tx, ihala.clock.now(), limit)]


def send_waiting(ihala: Ihala, send: Send | None = None, limit: int = 50) -> int:
    """Send what is due; how many were sent."""
    if not is_sending(ihala) and send is None:
        return 0
    return sum(send_one(ihala, notice_id, send) for notice_id in waiting_ids(ihala, limit))


def send_one(ihala: Ihala, notice_id: str, send: Send | None = None) -> int:
    """Send this message if it is due still; 1 where it was sent."""
    with ihala.database.reading() as tx:
        row = notice_rows.to_mail_one(tx, ihala.clock.now(), notice_id)
    return _send(ihala, row, send or by_smtp) if row is not None else 0


def _send(ihala: Ihala, row: Row[Any], send: Send) -> int:
    now = ihala.clock.now()
    wait = min(AGAIN_AFTER * 2**row.mail_attempts, LONGEST_WAIT)
    with ihala.database.writing() as tx:
        if not notice_rows.claim_mail(tx, row.id, row.mail_attempts, now + wait):
            return 0
    failure = ""
    try:
        send(ihala.settings, message(ihala.settings, row))
    except (OSError, smtplib.SMTPException) as error:
        failure = type(error).__name__
    with ihala.database.writing() as tx:
        notice_rows.end_mail(tx, row.id, None if failure else now, failure)
    return 0 if failure else 1


def message(settings: Settings, row: Row[Any]) -> EmailMessage:
    """The e-mail: the sentence of the notice, which carries a case number at most, and where to sign in."""
    text = words_of(row.kind, row.case_number).in_(row.language)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, row.email, SUBJECT.in_(row.language)
    mail["Message-ID"] = f"<{row.id}@ihala>"
    mail.set_content(f"{text}\n\n{settings.address}\n")
    return mail


def by_smtp(settings: Settings, mail: EmailMessage) -> None:
    with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=20) as server:
        if settings.mail_user:
            server.starttls()
            server.login(settings.mail_user, settings.mail_password.get_secret_value())
        server.send_message(mail)
