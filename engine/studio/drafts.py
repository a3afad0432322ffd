"""Drafts: copies of a release that process owners work on, apart from everything that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine import journal
from engine.access import Actor, NotAllowed, NotFound
from engine.errors import Refusal
from engine.execution import check
from engine.persistence import Row, Transaction, author_rows, draft_rows, release_rows
from engine.studio.arriving import Attack, check_content
from engine.studio.file_limits import check_file
from engine.studio.file_rows import DraftFile, FileRow
from engine.studio.people import check_owner, check_reader, is_owner, may_not_sign
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.errors import Problem

LONGEST_TITLE = 200
MAKER = Text("whoever made the draft", "من أعدّ المسودة")


class NotYours(NotFound):
    """Somebody else's draft: it looks like one that there is not. `number`: which, for the journal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class NotADraft(Refusal):
    sentence = Text(
        "Release {number} is no draft any more: it was proposed or published. Start a new draft from it.",
        "الإصدار {number} لم يعد مسودة: قُدِّم للاعتماد أو نُشر. يمكن بدء مسودة جديدة منه.",
    )


class TitleMissing(Refusal):
    sentence = Text(
        "Say in a few words (up to 200 letters) what the draft is for.",
        "يُرجى ذكر الغرض من المسودة في كلمات قليلة (حتى 200 حرف).",
    )


class FileExists(Refusal):
    sentence = Text("There is a file “{path}” already.", "يوجد ملف باسم «{path}» بالفعل.")


class ChangedMeanwhile(Refusal):
    """Somebody saved the file since it was opened; `theirs` is what they saved, `revision` the one to save onto."""

    sentence = Text(
        "{who} saved “{path}” in the meantime. Nothing of yours was lost: look at both and choose.",
        "حفظ {who} الملف «{path}» في هذه الأثناء. لم يضع شيء مما كتبتم: يُرجى الاطلاع على النسختين والاختيار.",
    )

    def __init__(self, who: str, path: str, theirs: bytes, revision: int) -> None:
        super().__init__(who=who or "-", path=path)
        self.theirs, self.revision = theirs, revision


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release or draft in the list. `is_own`: the actor works on it; `is_maker`: and has made it, or nobody has."""

    id: str
    number: int
    status: str
    title: str
    note: str
    maker: str
    changed_at: datetime
    published_at: datetime | None
    base_number: int | None
    authors: tuple[str, ...]
    is_own: bool
    is_maker: bool
    base_id: str
    proposer: str
    proposed_at: datetime | None


def releases(ihala: Ihala, actor: Actor) -> list[ReleaseRow]:
    """Every release, what waits for a decision, and the drafts one works on; the latest first. Raises `NotAllowed`."""
    with ihala.database.reading() as tx:
        check_reader(ihala, tx, actor)
        rows, authors = draft_rows.all_releases(tx), author_rows.authors(tx)
    numbers = {row.id: row.number for row in rows}
    shared = {one.release_id for one in authors if one.account_id == actor.account_id}
    seen = [row for row in rows if _may_see(row, actor, is_author=row.id in shared)]
    names = {row.id: tuple(one.name for one in authors if one.release_id == row.id) for row in seen}
    return [_shown(row, numbers, names[row.id], actor, is_author=row.id in shared) for row in seen]


def start(ihala: Ihala, actor: Actor, base_id: str, title: str) -> str:
    """A draft with the files of a release; its id. Raises `NotAllowed`, `NotFound`, `TitleMissing`."""
    check_owner(actor)
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise TitleMissing
    now, draft_id = ihala.clock.now(), uuid4().hex
    with ihala.database.writing() as tx:
        base = seen(ihala, tx, actor, base_id)
        number = release_rows.latest_number(tx) + 1
        files, _ = release_rows.files(tx, base_id)
        about = {"id": draft_id, "number": number, "digest": "", "status": "draft", "title": title, "base_id": base_id}
        draft_rows.insert(tx, {**about, "created_at": now, "changed_at": now, "created_by": actor.account_id}, files)
        if base.published_at is None:  # nobody has signed these files: they stay those of whoever wrote them
            author_rows.carry(tx, draft_id, may_not_sign(tx, base) - {actor.account_id}, now)
        note(ihala, tx, "draft_started", actor, number)
    return draft_id


def one(ihala: Ihala, actor: Actor, release_id: str) -> ReleaseRow:
    """One release that the actor may see. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
    return next((row for row in releases(ihala, actor) if row.id == release_id), None) or _nothing()


def file_list(ihala: Ihala, actor: Actor, release_id: str) -> list[FileRow]:
    """The files of a release, by path. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        rows = draft_rows.file_list(tx, release_id)
    return [FileRow(row.path, row.size, row.changed_at, row.revision > 0) for row in rows]


def files(ihala: Ihala, actor: Actor, release_id: str) -> dict[str, bytes]:
    """The contents of all files. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        return release_rows.files(tx, release_id)[0]


def read_file(ihala: Ihala, actor: Actor, release_id: str, path: str) -> DraftFile:
    """One file. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        row = draft_rows.file(tx, release_id, path)
    return DraftFile(row.path, row.content, row.revision) if row else _nothing()


def add_file(ihala: Ihala, actor: Actor, draft_id: str, path: str, content: bytes) -> None:
    """A new file. Raises `NotFound`, `NotADraft`, `FileExists`, and as `check_file` and `check_content`."""
    _check_arriving(ihala, actor, draft_id, path, content)
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        if draft_rows.file(tx, draft_id, path) is not None:
            raise FileExists(path=path)
        draft_rows.insert_file(tx, draft_id, path, content, actor.account_id, ihala.clock.now())
        _changed(ihala, tx, draft, actor, path)


def save_file(ihala: Ihala, actor: Actor, draft_id: str, path: str, content: bytes, revision: int) -> int:
    """Save a file onto the revision it was opened at; its new one.

    Raises `ChangedMeanwhile` where it was saved since, with what was saved; `NotFound`, `NotADraft`, `FileTooLarge`,
    and as `check_content`.
    """
    _check_arriving(ihala, actor, draft_id, path, content)
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        row = draft_rows.file(tx, draft_id, path)
        if row is None:
            raise NotFound
        if row.content == content:
            draft_rows.forget_unsaved(tx, draft_id, actor.account_id, path)
            return int(row.revision)
        if not draft_rows.save_file(tx, draft_id, path, revision, content, actor.account_id, ihala.clock.now()):
            raise ChangedMeanwhile(row.changer, path, row.content, row.revision)
        draft_rows.forget_unsaved(tx, draft_id, actor.account_id, path)
        _changed(ihala, tx, draft, actor, path)
    return revision + 1


def remove_file(ihala: Ihala, actor: Actor, draft_id: str, path: str, revision: int | None = None) -> None:
    """Remove a file as it stood at this revision (none: as it stands). Raises as `save_file` does."""
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        row = draft_rows.file(tx, draft_id, path)
        if row is None:
            raise NotFound
        if not draft_rows.remove_file(tx, draft_id, path, row.revision if revision is None else revision):
            raise ChangedMeanwhile(row.changer, path, row.content, row.revision)
        draft_rows.forget_unsaved(tx, draft_id, actor.account_id, path)
        _changed(ihala, tx, draft, actor, path)


def discard(ihala: Ihala, actor: Actor, draft_id: str) -> None:
    """Throw a draft away, by whoever made it. Raises `NotAllowed`, `NotFound`, `NotADraft`."""
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        if draft.created_by not in (None, actor.account_id):
            raise NotAllowed(expected=MAKER)
        draft_rows.discard(tx, draft_id)
        note(ihala, tx, "draft_discarded", actor, draft.number)


def problems(content: Mapping[str, bytes]) -> list[Problem]:
    """Everything that `check` says of the files, the worst first."""
    return check(content)


def seen(ihala: Ihala, tx: Transaction, actor: Actor, release_id: str) -> Row[Any]:
    """The release, if the actor may see it. Raises `NotAllowed`, `NotFound`."""
    check_reader(ihala, tx, actor)
    row = release_rows.read(tx, release_id)
    if row is None:
        raise NotFound
    if not _may_see(row, actor, is_author=author_rows.is_author(tx, release_id, actor.account_id)):
        raise NotYours(row.number)
    return row


def own_draft(ihala: Ihala, tx: Transaction, actor: Actor, draft_id: str) -> Row[Any]:
    """A draft that the actor works on, while it is one. Raises `NotAllowed`, `NotFound`, `NotADraft`."""
    check_owner(actor)
    row = seen(ihala, tx, actor, draft_id)
    if row.status != "draft":
        raise NotADraft(number=row.number)
    return row


def note(ihala: Ihala, tx: Transaction, event: str, actor: Actor, number: int, about: str = "") -> None:
    """Write to the journal of releases; `about`: the account that the act concerns, if any."""
    entry = journal.Entry(
        event, ihala.clock.now(), actor.account_id, element=" ".join(filter(None, (str(number), about)))
    )
    journal.append(tx, ihala.vault, "releases", entry)


def _may_see(row: Row[Any], actor: Actor, *, is_author: bool) -> bool:
    """A draft is for who works on it alone until it is proposed; one that came from a folder is everybody's."""
    if row.status == "discarded":
        return False
    return row.status != "draft" or (is_owner(actor) and (is_author or row.created_by in (None, actor.account_id)))


def _check_arriving(ihala: Ihala, actor: Actor, draft_id: str, path: str, content: bytes) -> None:
    """As `check_file` and `check_content`; an attack is written to the journal before it is refused."""
    with ihala.database.reading() as tx:
        number = own_draft(ihala, tx, actor, draft_id).number
    try:
        check_file(path, content)
        check_content(path, content)
    except Attack:
        with ihala.database.writing() as tx:
            note(ihala, tx, "file_refused", actor, number)
        raise


def _changed(ihala: Ihala, tx: Transaction, draft: Row[Any], actor: Actor, path: str) -> None:
    draft_rows.change(tx, draft.id, "draft", {"changed_at": ihala.clock.now()})
    if draft.created_by != actor.account_id:
        author_rows.has_changed(tx, draft.id, actor.account_id, ihala.clock.now())
    note(ihala, tx, "draft_changed", actor, draft.number)


def _shown(
    row: Row[Any], numbers: Mapping[str, int], authors: tuple[str, ...], actor: Actor, *, is_author: bool
) -> ReleaseRow:
    return ReleaseRow(
        id=row.id,
        number=row.number,
        status=row.status,
        title=row.title,
        note=row.note,
        maker=row.maker or "",
        changed_at=row.changed_at or row.created_at,
        published_at=row.published_at,
        base_number=numbers.get(row.base_id or ""),
        authors=authors,
        is_own=is_author or row.created_by == actor.account_id,
        is_maker=row.created_by in (None, actor.account_id),
        base_id=row.base_id or "",
        proposer=row.proposer or "",
        proposed_at=row.proposed_at,
    )


def _nothing() -> Any:
    raise NotFound
