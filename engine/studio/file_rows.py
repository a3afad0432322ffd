"""The files of a draft, as a list and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
