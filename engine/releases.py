"""Releases of the mechanism as rows: the one in force, the files of any, and a changed folder that becomes a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from engine import execution, journal
from engine.charter import Charter, read_charter
from engine.clock import WorkingCalendar
from engine.errors import Refusal
from engine.execution import Mechanism
from engine.persistence import Row, Transaction, release_rows, safeguard_rows
from engine.persistence.staffing import Staffing
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class NoRelease(Refusal):
    sentence = Text(
        "No release of the mechanism is in force. The operator can run `ihala migrate` with the folder of workflows.",
        "لا يوجد إصدار سارٍ من الآلية. يمكن لمشغّل النظام تنفيذ الأمر `ihala migrate` مع مجلد الإجراءات.",
    )


@dataclass(frozen=True, slots=True)
class Release:
    """One release, read once: its parsed mechanism and what its charter says."""

    id: str
    number: int
    mechanism: Mechanism
    charter: Charter


@dataclass(frozen=True, slots=True)
class Installed:
    """What became of a folder of workflows: `published` (first release), `draft` (it differs) or `known`."""

    status: str
    number: int
    text: Text


def current_release(ihala: Ihala, tx: Transaction) -> Release:
    """The release in force; raises `NoRelease`."""
    row = release_rows.in_force(tx)
    if row is None:
        raise NoRelease
    return _known(ihala, tx, row)


def published_at(tx: Transaction, release: Release) -> datetime | None:
    """When the release came into force, while its clocks that begin cases are still to be set; None after."""
    row = release_rows.read(tx, release.id)
    return row.published_at if row is not None and row.clocks_set_at is None else None


def mechanism_of(ihala: Ihala, tx: Transaction, release_id: str) -> Release:
    """The release a case runs on, whatever is in force now."""
    if release_id in ihala.releases:
        return ihala.releases[release_id]
    row = release_rows.read(tx, release_id)
    if row is None:
        raise NoRelease
    return _known(ihala, tx, row)


def calendar_of(release: Release, staffing: Staffing) -> WorkingCalendar:
    """The release's working week with the holidays announced so far."""
    return release.mechanism.calendar.with_holidays(staffing.holidays)


def install(ihala: Ihala, folder: Path) -> Installed:
    """Make the folder release 1 of a new installation, or a draft where it differs from every release there is.

    The list of safeguards beside it is the first one of an installation that has none, and no part of the release.
    Never changes what is in force. Raises `CannotRun` where the files would not do what they show,
    `SafeguardsUnreadable`.
    """
    files = read_folder(folder)
    safeguards = files.pop(execution.LIST, None)
    mechanism = execution.load(files)
    digest = digest_of(files)
    with ihala.database.writing() as tx:
        ignored = _keep_safeguards(ihala, tx, safeguards)
        known = release_rows.by_digest(tx, digest)
        if known is not None:
            return Installed("known", known.number, _with(_KNOWN.format(number=known.number), ignored))
        is_first = release_rows.in_force(tx) is None
        number = release_rows.latest_number(tx) + 1
        now = ihala.clock.now()
        status = "published" if is_first else "draft"
        values = {"id": uuid4().hex, "number": number, "digest": digest, "status": status, "created_at": now}
        values["normaliser"] = execution.NORMALISER_VERSION
        values |= {"published_at": now} if is_first else {}
        digests = {process.id: process.digest for process in mechanism.processes.values()}
        release_rows.insert(tx, values, files, mechanism.executed, digests)
        journal.append(tx, ihala.vault, "releases", journal.Entry(f"release_{status}", now, element=str(number)))
    said = (_PUBLISHED if is_first else _DRAFT).format(number=number)
    return Installed(status, number, _with(said, ignored))


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of the mechanism by their path in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def digest_of(files: Mapping[str, bytes]) -> str:
    """One digest over all files, their paths included."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{len(path)}:{path}:{len(files[path])}:".encode() + files[path])
    return whole.hexdigest()


def _keep_safeguards(ihala: Ihala, tx: Transaction, content: bytes | None) -> Text:
    """Make the folder's list the first one; what to say where there is another one already, which stands."""
    if content is None:
        return Text("")
    execution.read_list(content)
    standing = safeguard_rows.of_status(tx, "in_force")
    if standing is not None:
        return _IGNORED.format(version=standing.version) if standing.content != content else Text("")
    now = ihala.clock.now()
    values = {"id": uuid4().hex, "version": safeguard_rows.latest(tx) + 1, "status": "in_force", "content": content}
    safeguard_rows.insert(tx, {**values, "proposed_at": now, "in_force_at": now})
    entry = journal.Entry("safeguards_in_force", now, element=str(values["version"]))
    journal.append(tx, ihala.vault, "safeguards", entry)
    return Text("")


def _with(said: Text, more: Text) -> Text:
    return Text(f"{said.en} {more.en}", f"{said.ar} {more.ar}") if more else said


def _known(ihala: Ihala, tx: Transaction, row: Row[object]) -> Release:
    if row.id not in ihala.releases:
        mechanism = execution.load(*release_rows.files(tx, row.id))
        ihala.releases[row.id] = Release(row.id, row.number, mechanism, read_charter(mechanism.settings))
    return ihala.releases[row.id]


_IGNORED = Text(
    "Its list of safeguards differs from version {version}, which stays in force: it is changed in the studio alone.",
    "تختلف قائمة الضمانات فيه عن النسخة {version} التي تظل سارية: لا تُغيَّر إلا من الاستوديو.",
)
_KNOWN = Text("The folder is release {number}.", "المجلد هو الإصدار {number}.")
_PUBLISHED = Text("The folder is now release {number}, in force.", "أصبح المجلد الإصدار {number} الساري.")
_DRAFT = Text(
    "The folder differs from every release: it is now draft {number}. A process owner can propose it.",
    "يختلف المجلد عن كل الإصدارات: أصبح المسودة {number}. يمكن لمسؤول الإجراءات اقتراحها.",
)
