"""Append-only, chained: who did or read what, when. An entry that was edited, or a tail that was cut, is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from engine.errors import Refusal
from engine.persistence import Row, Transaction, journal_rows
from engine.text import Text
from engine.vault import CaseKey, Vault


class JournalMoved(Refusal):
    """Two wrote at once; the whole transaction is undone and may be tried again."""

    sentence = Text(
        "Somebody else wrote to the same journal at this moment. Please try again.",
        "كتب شخص آخر في السجل نفسه في هذه اللحظة. يُرجى المحاولة مرة أخرى.",
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. Ids and words of the mechanism only; `content` is sealed under the case's key."""

    event: str
    at: datetime
    actor_id: str = ""
    organisation_id: str = ""
    role: str = ""
    element: str = ""
    process_id: str = ""
    content: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the sequence of the first entry that is not what was written."""

    stream: str
    sequence: int
    text: Text


@dataclass(frozen=True, slots=True)
class End:
    """Where a stream ended when somebody looked, without a lock."""

    sequence: int
    mac: bytes


def of_case(case_id: str) -> str:
    return f"case:{case_id}"


def append(
    tx: Transaction, vault: Vault, stream: str, entry: Entry, key: CaseKey | None = None, seen: End | None = None
) -> int:
    """Add the entry to its stream and return its place; the caller commits. Content needs a key to be sealed with.

    `seen` spares a look at the end of the stream; if somebody has written since, it is looked at after all.
    """
    if seen is not None and _append(tx, vault, stream, entry, key, seen):
        return seen.sequence + 1
    head = journal_rows.head(tx, stream)
    if head is None:
        journal_rows.begin_stream(tx, stream)
        head = journal_rows.head(tx, stream)
    if head is None or not _append(tx, vault, stream, entry, key, End(head.sequence, head.mac)):
        raise JournalMoved
    return int(head.sequence) + 1


def _append(tx: Transaction, vault: Vault, stream: str, entry: Entry, key: CaseKey | None, end: End) -> bool:
    """Write the entry behind this end; False where the stream ends elsewhere."""
    sequence = end.sequence + 1
    row = _row(stream, sequence, entry, vault.present)
    row["sealed"] = _sealed(entry, key, stream, sequence)
    row["mac"] = vault.chain(end.mac, _covered(row), vault.present)
    return journal_rows.append(tx, row)


def content(row: Row[Any], key: CaseKey | None) -> dict[str, Any]:
    """What was sealed with the entry; empty where nothing was, or where the key is gone."""
    if not row.sealed or key is None:
        return {}
    found: dict[str, Any] = orjson.loads(key.open(row.sealed, "journal", f"{row.stream}/{row.sequence}"))
    return found


def verify(tx: Transaction, vault: Vault, stream: str) -> Break | None:
    """The first break of the chain; None where all is as it was written. Needs no case key: it covers ciphertext."""
    mac, expected = b"", 0
    for row in journal_rows.entries(tx, stream):
        expected += 1
        mac = vault.chain(mac, _covered(row._asdict()), row.keyed_by)
        if row.sequence != expected or row.mac != mac:
            return Break(stream, expected, _CHANGED.format(sequence=expected))
    head = journal_rows.head_unlocked(tx, stream)
    if head is None or head.sequence != expected or head.mac != mac:
        return Break(stream, expected + 1, _CUT.format(sequence=expected))
    return None


def _row(stream: str, sequence: int, entry: Entry, keyed_by: str) -> dict[str, Any]:
    return {
        "stream": stream,
        "sequence": sequence,
        "at": entry.at,
        "event": entry.event,
        "actor_id": entry.actor_id,
        "organisation_id": entry.organisation_id,
        "role": entry.role,
        "element": entry.element,
        "process_id": entry.process_id,
        "keyed_by": keyed_by,
    }


def _sealed(entry: Entry, key: CaseKey | None, stream: str, sequence: int) -> bytes:
    if entry.content is None:
        return b""
    if key is None:
        raise ValueError("content of a journal entry needs a case's key to be sealed with")
    return key.seal(orjson.dumps(entry.content), "journal", f"{stream}/{sequence}")


def _covered(row: dict[str, Any]) -> bytes:
    """What the chain covers: every column, the sealed content as ciphertext."""
    names = ("stream", "sequence", "at", "event", "actor_id", "organisation_id", "role", "element", "process_id")
    sealed: bytes = row["sealed"]
    return orjson.dumps([row[name] for name in names]) + b"\0" + sealed


_CHANGED = Text(
    "Entry {sequence} of the journal is not what was written. Somebody changed the database by hand.",
    "القيد رقم {sequence} في السجل ليس كما كُتب. غيّر شخص ما قاعدة البيانات يدويًا.",
)
_CUT = Text(
    "The journal ends at entry {sequence}, but more was written. Somebody removed its end.",
    "ينتهي السجل عند القيد رقم {sequence}، وقد كُتب بعده المزيد. حذف شخص ما نهايته.",
)
