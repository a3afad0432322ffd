"""Running cases of earlier releases, grouped by where they stand: figures by step, never a case."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.access import Actor
from engine.persistence import Transaction, move_rows
from engine.releases import Release, current_release, mechanism_of
from engine.studio.people import check_owner
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

Standing = tuple[tuple[str, str], ...]
"""Process and element of each step at which cases wait, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that run on the same release and wait at the same steps. `case_ids`: for the desk alone, oldest first."""

    key: str
    release_id: str
    number: int
    process_id: str
    process: Text
    standing: Standing
    steps: tuple[Text, ...]
    case_ids: tuple[str, ...]


def groups(ihala: Ihala, actor: Actor) -> list[Group]:
    """All groups that could move to the release in force, by release, the largest first. Raises `NotAllowed`."""
    check_owner(actor)
    with ihala.database.reading() as tx:
        return groups_in(ihala, tx)


def groups_in(ihala: Ihala, tx: Transaction) -> list[Group]:
    present = current_release(ihala, tx)
    steps: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in move_rows.standing(tx, present.id):
        steps[row.case_id].add((row.process_id, row.element))
    cases: dict[tuple[str, int, str, Standing], list[str]] = defaultdict(list)
    for row in move_rows.open_elsewhere(tx, present.id):
        cases[row.release_id, row.number, row.process_id, _standing(steps[row.id])].append(row.id)
    found = [
        _group(mechanism_of(ihala, tx, release_id), number, process_id, standing, ids)
        for (release_id, number, process_id, standing), ids in cases.items()
    ]
    return sorted(found, key=lambda one: (-one.number, -len(one.case_ids), one.key))


def _standing(steps: set[tuple[str, str]]) -> Standing:
    """Tasks say where a case stands; where it has none, what else it waits for does."""
    tasks = sorted(one for one in steps if one[0])
    return tuple(tasks or sorted(steps))


def _group(release: Release, number: int, process_id: str, standing: Standing, ids: list[str]) -> Group:
    written = "|".join([release.id, process_id, *(f"{process}/{element}" for process, element in standing)])
    key = hashlib.sha256(written.encode()).hexdigest()[:16]
    process = release.mechanism.processes[process_id]
    names = tuple(name_of(release, element) for _, element in standing)
    return Group(key, release.id, number, process_id, process.name, standing, names, tuple(ids))


def name_of(release: Release, element_id: str) -> Text:
    """What the element is called in the release; its id where it has no name or is not there."""
    for process in release.mechanism.processes.values():
        if element_id in process.elements:
            return process.elements[element_id].name or Text(element_id)
    return Text(element_id)
