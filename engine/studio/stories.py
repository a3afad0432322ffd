"""The stories of a draft, played on its own files: how each went and what it took is kept until a file changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotFound
from engine.errors import Refusal
from engine.persistence import draft_rows, release_rows
from engine.rehearsal import coverage as rehearsed
from engine.rehearsal.scenario import read
from engine.rehearsal.stories import tell
from engine.releases import digest_of
from engine.studio import drafts
from engine.studio.coverage import Coverage, Kept, covered, kept_of, story_paths
from engine.studio.drafts import seen
from engine.studio.naming import Words
from engine.studio.scenery import scenery
from engine.studio.telling import Told, beginning, in_steps
from engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.application import Ihala

AT_ONCE = 2.0
"""Seconds after which a call stops playing: a page shows how far it is, and asks for more."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story; `problem` says where it went otherwise, `is_played` whether it was played on the present files."""

    path: str
    title: Text
    is_played: bool
    problem: Text
    step: int | None
    """At which of its steps it went otherwise, from 1."""
    taken: Kept

    @property
    def went_well(self) -> bool:
        return self.is_played and not self.problem

    def count(self, kind: str) -> int:
        """How many `elements`, `flows` or `rows` it takes."""
        return sum(map(len, self.taken.get(kind, {}).values()))


@dataclass(frozen=True, slots=True)
class Story:
    """One story with its steps in words, and what it takes; no steps where it cannot be read."""

    row: StoryRow
    revision: int
    """To change the story onto."""
    starts: datetime | None
    begins: Told | None
    steps: list[Told]
    takes: Coverage


def stories(ihala: Ihala, actor: Actor, release_id: str) -> list[StoryRow]:
    """Every story of the release and how it went, the failing ones first. Raises `NotAllowed`, `NotFound`."""
    files, _, played = _read(ihala, actor, release_id)
    rows = [_shown(path, files[path], played.get(path)) for path in story_paths(files)]
    return sorted(rows, key=lambda one: (not one.problem, one.is_played, one.path))


def story(ihala: Ihala, actor: Actor, release_id: str, path: str) -> Story:
    """One story. Raises `NotAllowed`, `NotFound`."""
    files, _, played = _read(ihala, actor, release_id)
    if path not in story_paths(files):
        raise NotFound
    row = _shown(path, files[path], played.get(path))
    revision = drafts.read_file(ihala, actor, release_id, path).revision
    takes = covered(files, [row.taken] if row.is_played else [])
    words = Words([one.process for one in takes.processes], files)
    try:
        scenario = read(path, files[path])
    except Refusal:
        return Story(row, revision, None, None, [], takes)
    begins = beginning(scenario, words)
    return Story(row, revision, scenario.starts, begins, in_steps(scenario, words), takes)


def play_some(ihala: Ihala, actor: Actor, release_id: str, seconds: float = AT_ONCE) -> int:
    """Play stories that were not played on the present files, for so long; how many are left.

    Raises `NotAllowed`, `NotFound`, `CannotRun` where the files cannot be run at all.
    """
    files, digest, played = _read(ihala, actor, release_id)
    waiting = [path for path in story_paths(files) if path not in played]
    until = time.monotonic() + seconds
    while waiting:
        _play(ihala, release_id, waiting.pop(), files, digest)
        if time.monotonic() > until:
            break
    return len(waiting)


def play_again(ihala: Ihala, actor: Actor, release_id: str, path: str) -> None:
    """Play one story, whether it was played before or not. Raises `NotAllowed`, `NotFound`, `CannotRun`."""
    files, digest, _ = _read(ihala, actor, release_id)
    if path not in story_paths(files):
        raise NotFound
    _play(ihala, release_id, path, files, digest)


def _read(ihala: Ihala, actor: Actor, release_id: str) -> tuple[dict[str, bytes], str, dict[str, Any]]:
    """The files, their digest, and by path how stories went on exactly these."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
        digest = digest_of(files)
        return files, digest, {row.path: row for row in draft_rows.stories(tx, release_id, digest)}


def _shown(path: str, content: bytes, row: Any) -> StoryRow:
    title = _title(path, content)
    if row is None:
        return StoryRow(path, title, is_played=False, problem=Text(""), step=None, taken={})
    return StoryRow(path, title, True, Text(row.problem_en, row.problem_ar), row.step, row.taken)


@lru_cache(maxsize=2_000)
def _title(path: str, content: bytes) -> Text:
    """What the story is called; its path where it cannot be read."""
    try:
        return read(path, content).title or Text(path, path)
    except Refusal:
        return Text(path, path)


def _play(ihala: Ihala, release_id: str, path: str, files: Mapping[str, bytes], digest: str) -> None:
    """Play a story and keep how it went: what it took up to where it went otherwise, too."""
    stage = scenery(files)
    coverage = rehearsed.Coverage(stage.mechanism)
    problem, step = Text(""), None
    try:
        told = tell(read(path, files[path]), coverage.recording(), stage.directory)
        coverage.add(told.rehearsal)
        problem, step = told.problem or Text(""), told.step
    except Refusal as refusal:
        problem = refusal.text
    values = {"release_id": release_id, "path": path, "digest": digest, "at": ihala.clock.now()}
    values |= {"problem_en": problem.en, "problem_ar": problem.ar, "step": step, "taken": kept_of(coverage.taken)}
    with ihala.database.writing() as tx:
        draft_rows.keep_story(tx, values)
