"""What the stories of a release take together, from what each of them kept when it was played, and what none takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from engine.access import Actor, NotFound
from engine.persistence import Transaction, draft_rows, release_rows
from engine.rehearsal.coverage import Taken
from engine.releases import digest_of
from engine.studio.difference import between
from engine.studio.drafts import seen
from engine.studio.parts import ProcessParts, TableParts, Words, process_parts, table_parts

if TYPE_CHECKING:
    from engine.application import Ihala

Kept = Mapping[str, Mapping[str, Sequence[str]]]
"""What one story took, as its row keeps it: `elements` and `flows` by process, `rows` by decision."""
KINDS = ("elements", "flows", "rows")


@dataclass(frozen=True, slots=True)
class Share:
    """Parts of one kind: those that some story takes, and those that none takes."""

    taken: Words
    never: Words

    @property
    def total(self) -> int:
        return len(self.taken) + len(self.never)


@dataclass(frozen=True, slots=True)
class ProcessCoverage:
    """What stories take of one process."""

    process: ProcessParts
    steps: Share
    clocks: Share
    flows: Share

    @property
    def parts(self) -> tuple[Share, ...]:
        return self.steps, self.clocks, self.flows

    @property
    def total(self) -> int:
        return sum(share.total for share in self.parts)

    @property
    def never(self) -> int:
        """How many of its parts no story takes."""
        return sum(len(share.never) for share in self.parts)

    @property
    def uncovered(self) -> int:
        """How many arrows and clocks no story takes: what a release has to prove, or to have waived."""
        return len(self.flows.never) + len(self.clocks.never)


@dataclass(frozen=True, slots=True)
class TableCoverage:
    """What stories take of one decision table. `is_asked`: a step names it, or a story reached it all the same."""

    table: TableParts
    rows: Share
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the `played` ones of so many `stories` take of a release, what has something missing first.

    A table that no diagram names is no part of `total` and `never`, unless a story reached it.
    """

    stories: int
    played: int
    processes: tuple[ProcessCoverage, ...]
    tables: tuple[TableCoverage, ...]

    @property
    def total(self) -> int:
        return sum(share.total for share in self._shares())

    @property
    def never(self) -> int:
        return sum(len(share.never) for share in self._shares())

    def _shares(self) -> Iterator[Share]:
        for process in self.processes:
            yield from process.parts
        yield from (table.rows for table in self.tables if table.is_asked)

    def process(self, process_id: str) -> ProcessCoverage:
        """Raises `NotFound`."""
        found = next((one for one in self.processes if one.process.id == process_id), None)
        if found is None:
            raise NotFound
        return found


def coverage(ihala: Ihala, actor: Actor, release_id: str) -> Coverage:
    """What all stories that were played on the present files take. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
        played = draft_rows.stories(tx, release_id, digest_of(files))
    return covered(files, [row.taken for row in played])


def covered(files: Mapping[str, bytes], kept: Sequence[Kept]) -> Coverage:
    """The same of files at hand and what some stories kept."""
    taken = {kind: {place for story in kept for place in _places(story[kind])} for kind in KINDS}
    processes = [_of_process(process, taken["elements"], taken["flows"]) for process in process_parts(files)]
    asked = {name for one in processes for name in one.process.uses}
    tables = [_of_table(table, taken["rows"], asked) for table in table_parts(files)]
    return Coverage(
        len(story_paths(files)),
        len(kept),
        tuple(sorted(processes, key=lambda one: (-one.never, one.process.file))),
        tuple(sorted(tables, key=lambda one: (not one.is_asked, -len(one.rows.never), one.table.file))),
    )


def left_out(tx: Transaction, release_id: str, in_force_id: str) -> list[ProcessCoverage]:
    """The processes of a draft with arrows or clocks that no story takes, of those that it has to prove.

    It proves what differs from the release in force in more than layout: a diagram, its forms or its tables. Where a
    story was changed or removed, it may have been what took the rest: then all processes count. Nothing is to be
    proved once more of files that were in force before; nothing can be said while stories are still to be played.
    """
    files, _ = release_rows.files(tx, release_id)
    digest = digest_of(files)
    played = draft_rows.stories(tx, release_id, digest)
    was_in_force = any(row.published_at for row in release_rows.all_by_digest(tx, digest))
    if was_in_force or len(played) < len(story_paths(files)):
        return []
    found = [one for one in covered(files, [row.taken for row in played]).processes if one.uncovered]
    if not found:
        return []
    is_to_prove = _to_prove(release_rows.files(tx, in_force_id)[0], files)
    return [one for one in found if is_to_prove(one.process)]


def _to_prove(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Callable[[ProcessParts], bool]:
    """Whether a process counts, as `left_out` says."""
    changed = {path for path, rows in between(before, after).items() if not rows[0].is_layout}
    if changed.intersection(story_paths(before)):
        return lambda _: True
    names = {path.rpartition("/")[2] for path in changed}
    return lambda process: process.file in changed or bool(process.uses & names)


def kept_of(taken: Taken) -> Kept:
    """What a story took, as its row keeps it."""
    return {
        kind: {where: [one for _, one in ids] for where, ids in groupby(sorted(places), itemgetter(0))}
        for kind, places in zip(KINDS, (taken.elements, taken.flows, taken.rows), strict=True)
    }


def story_paths(files: Iterable[str]) -> list[str]:
    return [path for path in sorted(files) if "scenarios/" in path and path.endswith(".yaml")]


def _of_process(process: ProcessParts, elements: set[tuple[str, str]], flows: set[tuple[str, str]]) -> ProcessCoverage:
    steps, clocks = (_share(process.id, parts, elements) for parts in (process.steps, process.clocks))
    return ProcessCoverage(process, steps, clocks, _share(process.id, process.flows, flows))


def _of_table(table: TableParts, rows: set[tuple[str, str]], asked: set[str]) -> TableCoverage:
    share = _share(table.id, table.rows, rows)
    names = {f"{table.id}.dmn", table.file.rpartition("/")[2]}
    return TableCoverage(table, share, is_asked=bool(share.taken or names & asked))


def _places(kept: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((where, one) for where, ids in kept.items() for one in ids)


def _share(where: str, parts: Words, taken: set[tuple[str, str]]) -> Share:
    return Share(
        {one: name for one, name in parts.items() if (where, one) in taken},
        {one: name for one, name in parts.items() if (where, one) not in taken},
    )
