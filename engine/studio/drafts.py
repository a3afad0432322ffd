"""Drafts: copies of a release that one process owner works on, apart from everything that runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine import journal
from engine.access import Actor, NotFound
from engine.errors import Refusal
from engine.execution import check
from engine.persistence import Row, Transaction, draft_rows, release_rows
from engine.studio.arriving import Attack, check_content
from engine.studio.people import check_owner, check_reader, is_owner
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.errors import Problem

PATH = re.compile(r"(?:[A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-]+\.(?:bpmn|dmn|form|toml|yaml|md|svg)")
"""A file of the mechanism: plain words, at most four folders deep, of a kind the mechanism knows."""
_OUTWARD = re.compile(r"\.\.|^[/~\\]|\\|^[A-Za-z]:|%2e|\x00", re.IGNORECASE)
"""What in a path tries to leave the draft."""
LARGEST_FILE = 2_000_000
LONGEST_TITLE = 200


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


class PathUnfit(Refusal):
    sentence = Text(
        "“{path}” is no file of a mechanism: expected letters, digits, - and _, folders with /, and one of the kinds "
        ".bpmn .dmn .form .toml .yaml .md .svg.",
        "«{path}» ليس ملفًا من ملفات الآلية: المتوقع حروف لاتينية وأرقام و- و_، ومجلدات بـ /، وأحد الأنواع "
        ".bpmn .dmn .form .toml .yaml .md .svg.",
    )


class PathReachesOut(PathUnfit, Attack):
    sentence = Text(
        "“{path}” leads out of the draft. Name the file by its folder in the draft and its name.",
        "«{path}» يقود إلى خارج المسودة. يُذكر الملف بمجلده داخل المسودة واسمه.",
    )


class FileTooLarge(Refusal):
    sentence = Text("The file is larger than {limit} MB.", "حجم الملف أكبر من {limit} ميجابايت.")


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
    """One release or draft in the list."""

    id: str
    number: int
    status: str
    title: str
    note: str
    maker: str
    changed_at: datetime
    published_at: datetime | None
    base_number: int | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a draft; `is_changed`: somebody has saved it since the draft began."""

    path: str
    size: int
    changed_at: datetime | None
    is_changed: bool

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class DraftFile:
    """The content of one file, and the revision to save the next one onto."""

    path: str
    content: bytes
    revision: int


def releases(ihala: Ihala, actor: Actor) -> list[ReleaseRow]:
    """Every release, what waits for a decision, and one's own drafts; the latest first. Raises `NotAllowed`."""
    with ihala.database.reading() as tx:
        check_reader(ihala, tx, actor)
        rows = draft_rows.all_releases(tx)
    numbers = {row.id: row.number for row in rows}
    return [_shown(row, numbers, actor) for row in rows if _may_see(row, actor)]


def start(ihala: Ihala, actor: Actor, base_id: str, title: str) -> str:
    """A draft with the files of a release; its id. Raises `NotAllowed`, `NotFound`, `TitleMissing`."""
    check_owner(actor)
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise TitleMissing
    now, draft_id = ihala.clock.now(), uuid4().hex
    with ihala.database.writing() as tx:
        base = release_rows.read(tx, base_id)
        if base is None or not _may_see(base, actor):
            raise NotFound
        number = release_rows.latest_number(tx) + 1
        files, _ = release_rows.files(tx, base_id)
        about = {"id": draft_id, "number": number, "digest": "", "status": "draft", "title": title, "base_id": base_id}
        draft_rows.insert(tx, {**about, "created_at": now, "changed_at": now, "created_by": actor.account_id}, files)
        note(ihala, tx, "draft_started", actor, number)
    return draft_id


def one(ihala: Ihala, actor: Actor, release_id: str) -> ReleaseRow:
    """One release that the actor may see. Raises `NotAllowed`, `NotFound`."""
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
    """A new file. Raises `NotFound`, `NotADraft`, `PathUnfit`, `FileTooLarge`, `FileExists`, and as `check_content`."""
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


def remove_file(ihala: Ihala, actor: Actor, draft_id: str, path: str) -> None:
    """Raises `NotFound`, `NotADraft`."""
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        if not draft_rows.remove_file(tx, draft_id, path):
            raise NotFound
        draft_rows.forget_unsaved(tx, draft_id, actor.account_id, path)
        _changed(ihala, tx, draft, actor, path)


def discard(ihala: Ihala, actor: Actor, draft_id: str) -> None:
    """Throw one's own draft away. Raises `NotFound`, `NotADraft`."""
    with ihala.database.writing() as tx:
        draft = own_draft(ihala, tx, actor, draft_id)
        draft_rows.discard(tx, draft_id)
        note(ihala, tx, "draft_discarded", actor, draft.number)


def problems(content: Mapping[str, bytes]) -> list[Problem]:
    """Everything that `check` says of the files, the worst first."""
    return check(content)


def seen(ihala: Ihala, tx: Transaction, actor: Actor, release_id: str) -> Row[Any]:
    """The release, if the actor may see it. Raises `NotAllowed`, `NotFound`."""
    check_reader(ihala, tx, actor)
    row = release_rows.read(tx, release_id)
    if row is None or not _may_see(row, actor):
        raise NotFound
    return row


def own_draft(ihala: Ihala, tx: Transaction, actor: Actor, draft_id: str) -> Row[Any]:
    """The actor's own draft, while it is one. Raises `NotAllowed`, `NotFound`, `NotADraft`."""
    check_owner(actor)
    row = seen(ihala, tx, actor, draft_id)
    if row.status != "draft":
        raise NotADraft(number=row.number)
    return row


def note(ihala: Ihala, tx: Transaction, event: str, actor: Actor, number: int) -> None:
    """Write to the journal of releases."""
    entry = journal.Entry(event, ihala.clock.now(), actor.account_id, element=str(number))
    journal.append(tx, ihala.vault, "releases", entry)


def _may_see(row: Row[Any], actor: Actor) -> bool:
    """A draft is its maker's alone until it is proposed; one that came from a folder is everybody's."""
    if row.status == "discarded":
        return False
    return row.status != "draft" or (is_owner(actor) and row.created_by in (None, actor.account_id))


def check_file(path: str, content: bytes) -> None:
    """Raises `PathReachesOut`, `PathUnfit`, `FileTooLarge`."""
    if _OUTWARD.search(path):
        raise PathReachesOut(path=path[:LONGEST_TITLE])
    if not PATH.fullmatch(path):
        raise PathUnfit(path=path[:LONGEST_TITLE])
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(limit=LARGEST_FILE // 1_000_000)


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
    note(ihala, tx, "draft_changed", actor, draft.number)


def _shown(row: Row[Any], numbers: Mapping[str, int], actor: Actor) -> ReleaseRow:
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
        is_own=row.created_by == actor.account_id,
    )


def _nothing() -> Any:
    raise NotFound
