"""What somebody has drawn and not saved yet: kept for them beside the file, on the server, so that no work is lost.

It is kept here and not in the browser, so that it is found again on another machine and never lies on a shared one.
Nothing that is kept takes part in checks, plays or releases; only saving puts it in the file's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.access import Actor, NotFound
from engine.persistence import draft_rows
from engine.studio.drafts import own_draft
from engine.studio.file_limits import check_file

if TYPE_CHECKING:
    from engine.application import Ihala


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was kept, when, and the revision of the file that it was drawn onto."""

    content: bytes
    revision: int
    at: datetime


def keep(ihala: Ihala, actor: Actor, draft_id: str, path: str, content: bytes, revision: int) -> datetime:
    """Keep what is not saved yet, in place of what was kept before; when (UTC). The file stays as it is.

    Raises `NotFound`, `NotADraft`, `PathUnfit`, `FileTooLarge`.
    """
    check_file(path, content)
    now = ihala.clock.now()
    with ihala.database.writing() as tx:
        own_draft(ihala, tx, actor, draft_id)
        if draft_rows.file(tx, draft_id, path) is None:
            raise NotFound
        about = {"release_id": draft_id, "account_id": actor.account_id, "path": path}
        draft_rows.keep_unsaved(tx, {**about, "content": content, "revision": revision, "at": now})
    return now


def kept(ihala: Ihala, actor: Actor, draft_id: str, path: str) -> Unsaved | None:
    """What the actor drew and did not save; None where there is nothing. Raises `NotFound`, `NotADraft`."""
    with ihala.database.reading() as tx:
        own_draft(ihala, tx, actor, draft_id)
        row = draft_rows.unsaved(tx, draft_id, actor.account_id, path)
    return Unsaved(row.content, row.revision, row.at) if row else None


def forget(ihala: Ihala, actor: Actor, draft_id: str, path: str) -> None:
    """Throw away what was kept; the file stays as it is. Raises `NotFound`, `NotADraft`."""
    with ihala.database.writing() as tx:
        own_draft(ihala, tx, actor, draft_id)
        draft_rows.forget_unsaved(tx, draft_id, actor.account_id, path)
