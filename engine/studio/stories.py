"""The stories of a draft, played on its own files: how each went is kept until a file changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine import execution
from engine.access import Actor
from engine.errors import Refusal
from engine.persistence import draft_rows, release_rows
from engine.rehearsal.scenario import read
from engine.rehearsal.stories import directory_in, tell
from engine.releases import digest_of
from engine.studio.drafts import seen
from engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.application import Ihala
    from engine.directory import Directory
    from engine.execution import Mechanism

AT_ONCE = 2.0
"""Seconds after which a call stops playing: a page shows how far it is, and asks for more."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story; `problem` says where it went otherwise, `is_played` whether it was played on the present files."""

    path: str
    title: Text
    is_played: bool
    problem: Text

    @property
    def went_well(self) -> bool:
        return self.is_played and not self.problem


def stories(ihala: Ihala, actor: Actor, release_id: str) -> list[StoryRow]:
    """Every story of the release and how it went, the failing ones first. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
        played = {row.path: row for row in draft_rows.stories(tx, release_id, digest_of(files))}
    rows = []
    for path in story_paths(files):
        row = played.get(path)
        rows.append(
            StoryRow(
                path,
                _title(path, files[path]),
                row is not None,
                Text(row.problem_en, row.problem_ar) if row else Text(""),
            )
        )
    return sorted(rows, key=lambda one: (not one.problem, one.is_played, one.path))


def play_some(ihala: Ihala, actor: Actor, release_id: str, seconds: float = AT_ONCE) -> int:
    """Play stories that were not played on the present files, for so long; how many are left.

    Raises `NotAllowed`, `NotFound`, `CannotRun` where the files cannot be run at all.
    """
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
        digest = digest_of(files)
        played = {row.path for row in draft_rows.stories(tx, release_id, digest)}
    waiting = [path for path in story_paths(files) if path not in played]
    if not waiting:
        return 0
    mechanism, directory = stage(digest, tuple(files.items()))
    until = time.monotonic() + seconds
    while waiting:
        path = waiting.pop()
        problem = _played(path, files[path], mechanism, directory)
        values = {"release_id": release_id, "path": path, "digest": digest, "at": ihala.clock.now()}
        with ihala.database.writing() as tx:
            draft_rows.keep_story(tx, {**values, "problem_en": problem.en, "problem_ar": problem.ar})
        if time.monotonic() > until:
            break
    return len(waiting)


@lru_cache(maxsize=2_000)
def _title(path: str, content: bytes) -> Text:
    """What the story is called; its path where it cannot be read."""
    try:
        return read(path, content).title or Text(path, path)
    except Refusal:
        return Text(path, path)


def story_paths(files: Mapping[str, bytes]) -> list[str]:
    return [path for path in sorted(files) if "scenarios/" in path and path.endswith(".yaml")]


def _played(path: str, content: bytes, mechanism: Mechanism, directory: Directory) -> Text:
    """Where the story went otherwise than told; empty where it went as told."""
    try:
        return tell(read(path, content), mechanism, directory).problem or Text("")
    except Refusal as refusal:
        return refusal.text


@lru_cache(maxsize=2)
def stage(digest: str, files: tuple[tuple[str, bytes], ...]) -> tuple[Mechanism, Directory]:
    """The mechanism and who takes part, read once for all stories of one state of the files."""
    content = dict(files)
    return execution.load(content), directory_in(content)
