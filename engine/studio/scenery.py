"""What plays and stories of one state of the files are played with, read once: what runs, who takes part, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine import execution
from engine.directory import Directory
from engine.execution import Mechanism
from engine.rehearsal.stories import directory_in
from engine.releases import digest_of
from engine.studio.coverage import story_paths
from engine.studio.happening import Rows
from engine.studio.naming import Words
from engine.studio.parts import process_parts, table_parts
from engine.studio.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Scenery:
    """The files without their stories, and what was read from them. Equal is only the same one."""

    files: Mapping[str, bytes]
    mechanism: Mechanism
    directory: Directory

    @cached_property
    def rows(self) -> Rows:
        """What people call the rows of tables."""
        tables = table_parts(self.files)
        return {(table.id, row): (table.name, words) for table in tables for row, words in table.rows.items()}

    @cached_property
    def words(self) -> Words:
        """What people call elements, roles and purposes."""
        return Words(process_parts(self.files), self.files)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.mechanism.forms.values())


def scenery(files: Mapping[str, bytes]) -> Scenery:
    """That of these files; a changed story costs nothing, since no diagram reads it. Raises `CannotRun`."""
    stories = set(story_paths(files))
    running = {path: content for path, content in files.items() if path not in stories}
    return _read(digest_of(running), tuple(running.items()))


@lru_cache(maxsize=2)
def _read(digest: str, files: tuple[tuple[str, bytes], ...]) -> Scenery:
    content = dict(files)
    return Scenery(content, execution.load(content), directory_in(content))
