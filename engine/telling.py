"""What followed from a step, in sentences for the person who took it, and the task that waits for them next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.access import Actor
from engine.persistence import team_rows
from engine.steps import Taken
from engine.text import Text
from engine.views import Completed
from engine.waiting import Opened
from engine.wording import moment

if TYPE_CHECKING:
    from engine.application import Ihala

DONE = Text("'{task}' is done.", "أُنجزت مهمة '{task}'.")
YOURS = Text("'{task}' is with you now.", "مهمة '{task}' لديكم الآن.")
WITH = Text("'{task}' is now with {who}.", "مهمة '{task}' الآن لدى {who}.")
WITH_UNTIL = Text("'{task}' is now with {who}, due {due}.", "مهمة '{task}' الآن لدى {who}، والموعد {due}.")
HELD = Text(
    "'{task}' waits for consent to: {purpose}.",
    "مهمة '{task}' معلّقة إلى حين الموافقة على: {purpose}.",
)
CLOSED = Text("The file is closed.", "أُغلق الملف.")
FORGOTTEN = Text(
    "Everything that could name the person was destroyed. Only figures remain.",
    "أُتلف كل ما يمكن أن يدل على الشخص. لم تبقَ سوى أرقام.",
)


def completed(ihala: Ihala, actor: Actor, task: Text, taken: Taken) -> Completed:
    """Sentences about what happened, and the task of the case that waits for the same person now."""
    sentences = [DONE.format(task=task), *_of_opened(ihala, actor, taken)]
    if taken.status == "closed":
        sentences.append(CLOSED)
    if taken.status == "destroyed":
        sentences.append(FORGOTTEN)
    waiting = (one for one in taken.opened if one.status == "open")
    mine = (one.task.id for one in waiting if actor.sits(one.place.organisation_id, one.place.role))
    return Completed(taken.case_id, next(mine, None), sentences)


def _of_opened(ihala: Ihala, actor: Actor, taken: Taken) -> list[Text]:
    """Who has the case now. Names of organisations only for whoever answers for the case, else the role's title."""
    is_whole = any(seat in taken.team and taken.charter.sight(seat[1]) == "case" for seat in actor.seats)
    elsewhere = {one.place.organisation_id for one in taken.opened} if is_whole else set()
    names = _names(ihala, elsewhere) if elsewhere else {}
    said = []
    for one in taken.opened:
        if one.status == "held":
            said += [_held(one, taken)] if is_whole else []
        elif actor.sits(one.place.organisation_id, one.place.role):
            said.append(YOURS.format(task=one.task.element.name))
        else:
            title = taken.charter.role(one.place.role).title
            organisation = Text(*names.get(one.place.organisation_id, ("", "")))
            who = Text(f"{title.en} ({organisation.en})", f"{title.ar} ({organisation.ar})") if is_whole else title
            said.append(_with(ihala, one, who, taken))
    return said


def _names(ihala: Ihala, organisation_ids: set[str]) -> dict[str, tuple[str, str]]:
    with ihala.database.reading() as tx:
        return team_rows.organisation_names(tx, organisation_ids)


def _held(one: Opened, taken: Taken) -> Text:
    return HELD.format(task=one.task.element.name, purpose=taken.charter.purpose(one.task.element.purpose))


def _with(ihala: Ihala, one: Opened, who: Text, taken: Taken) -> Text:
    if one.due_at is None:
        return WITH.format(task=one.task.element.name, who=who)
    return WITH_UNTIL.format(task=one.task.element.name, who=who, due=moment(one.due_at, taken.zone))
