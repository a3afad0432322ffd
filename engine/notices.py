"""Notices to people: a kind of event and a case number, never a name, an answer or a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotAllowed
from engine.cursors import cursor_of, read_cursor
from engine.persistence import Row, notice_rows
from engine.text import Text
from engine.views import NoticeRow

if TYPE_CHECKING:
    from engine.application import Ihala

WORDS = {
    "new": Text(
        "A new task of case {number} waits for you or a colleague.",
        "تنتظركم أو تنتظر زميلًا مهمة جديدة في الملف {number}.",
    ),
    "withdrawn": Text(
        "A consent was withdrawn in case {number}: a task was taken back.",
        "عُدل عن موافقة في الملف {number}: سُحبت مهمة.",
    ),
    "overdue": Text("A task of case {number} is past its due date.", "تجاوزت مهمة في الملف {number} موعدها."),
    "reminder": Text("A task of case {number} is due soon.", "اقترب موعد مهمة في الملف {number}."),
    "accepted": Text("A referral of case {number} was accepted.", "قُبلت إحالة في الملف {number}."),
    "refused": Text("A referral of case {number} was refused.", "رُفضت إحالة في الملف {number}."),
    "done": Text("A step of case {number} was done.", "أُنجزت خطوة في الملف {number}."),
    "danger": Text(
        "Danger was reported in case {number}: act now.", "أُبلغ عن خطر في الملف {number}: يلزم التصرف فورًا."
    ),
    "no_place": Text("No place was found for case {number}.", "لم يتوفر مكان للملف {number}."),
    "decision": Text("A decision was made in case {number}.", "صدر قرار في الملف {number}."),
    "taken_over": Text("A colleague took over your task of case {number}.", "تولّى زميل مهمتكم في الملف {number}."),
    "no_active_user": Text(
        "A task of case {number} came to you because nobody active holds its role.",
        "وصلت إليكم مهمة في الملف {number} لعدم وجود من يشغل دورها.",
    ),
    "value_changed": Text(
        "Two operators changed a value of case {number} by hand. Its timeline says more.",
        "غيّر مشغّلان قيمة في الملف {number} يدويًا. التفاصيل في سجل الملف.",
    ),
    "case_moved": Text(
        "Case {number} goes on with a changed process: your work in it was ended, moved or readdressed.",
        "يُستكمل الملف {number} وفق إجراء معدَّل: انتهت مهمتكم فيه أو انتقلت أو تغيّر المسؤول عنها.",
    ),
    "release_proposed": Text(
        "A new release of the mechanism waits for your decision.", "إصدار جديد من الآلية في انتظار قراركم."
    ),
    "author_invited": Text(
        "You were invited to work on a draft of the mechanism. It stands under Mechanism.",
        "دُعيتم إلى العمل على مسودة من الآلية. تجدونها في قائمة الآلية.",
    ),
    "author_ended": Text(
        "You do not work on a draft of the mechanism any more: the invitation was taken back.",
        "لم تعودوا تعملون على مسودة من الآلية: سُحبت الدعوة.",
    ),
    "release_decided": Text(
        "A decision was made on a release that you proposed.", "صدر قرار في إصدار قدّمتموه للاعتماد."
    ),
    "safeguards_proposed": Text(
        "A new list of safeguards waits for your signature.", "قائمة ضمانات جديدة في انتظار توقيعكم."
    ),
    "safeguards_decided": Text(
        "A decision was made on a list of safeguards that you proposed.", "صدر قرار في قائمة ضمانات قدّمتموها."
    ),
    "possible_match": Text("Case {number} may be about a person known already.", "قد يخص الملف {number} شخصًا معروفًا."),
}
OTHER = Text("Something happened in case {number}.", "حدث أمر في الملف {number}.")


@dataclass(frozen=True, slots=True)
class MailRow:
    """A message to one person, sent or waiting: shown in the demonstration in place of a mailbox."""

    id: str
    to: str
    text: Text
    at: datetime
    sent_at: datetime | None
    failure: str


def words_of(kind: str, number: int | None) -> Text:
    """The sentence of a notice."""
    return WORDS.get(kind, OTHER).format(number=number if number is not None else "-")


def notices(ihala: Ihala, actor: Actor, after: str | None = None, limit: int = 50) -> list[NoticeRow]:
    """The actor's notices, latest first; `after` is `cursor` of the last one shown."""
    with ihala.database.reading() as tx:
        rows = notice_rows.notices_of(tx, actor.account_id, actor.seats, read_cursor(after), limit)
    return [_shown(row) for row in rows]


def cursor(row: NoticeRow) -> str:
    """What `notices` takes as `after` to go on behind this row."""
    return cursor_of(row.at, row.id)


def mark_read(ihala: Ihala, actor: Actor, notice_ids: Sequence[str] = ()) -> None:
    """Mark these notices of the actor as read; all of them where none is named."""
    with ihala.database.writing() as tx:
        notice_rows.mark_read(tx, actor.account_id, notice_ids, ihala.clock.now())


def demonstration_mail(ihala: Ihala, actor: Actor, limit: int = 100) -> list[MailRow]:
    """What would have been sent by e-mail, in the demonstration only."""
    if ihala.settings.production:
        raise NotAllowed(expected=Text("users of the demonstration", "مستخدمي نسخة العرض"))
    with ihala.database.reading() as tx:
        rows = notice_rows.mailed(tx, limit)
    return [_mail(row) for row in rows]


def tell_overdue(ihala: Ihala, limit: int = 200) -> int:
    """Tell whoever holds an overdue task, once; all colleagues in the role where nobody has claimed it."""
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        rows = notice_rows.overdue_items(tx, now, limit)
        for row in rows:
            people = ihala.staffing.now(tx).people_in(row.organisation_id, row.role)
            told = [one for one in people if row.assignee_id in (None, one.id)] or list(people)
            notice_rows.tell(tx, told, "overdue", now, row.case_id, row.element, row.id)
    return len(rows)


def _shown(row: Row[Any]) -> NoticeRow:
    text = words_of(row.kind, row.case_number)
    case_id = row.case_id if row.is_seen and row.kind != "withdrawn" else None
    return NoticeRow(row.id, row.kind, text, case_id, row.work_item_id, row.at, row.read_at is not None)


def _mail(row: Row[Any]) -> MailRow:
    text = words_of(row.kind, row.case_number)
    return MailRow(row.id, row.email, text, row.at, row.mailed_at, row.mail_failure)
