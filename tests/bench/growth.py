"""Whether a long case stays as quick as a short one: a review loop, and many instances of one activity."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import sqlalchemy as sa

from engine.persistence import Transaction
from engine.persistence.tables.cases import case
from tests.bench.measuring import Part
from tests.bench.ours import Bureau, bureau
from tests.bench.stores import Store
from tests.engine.execution import diagrams

WINDOW = 10
"""So many tasks before the end are measured, their median counts."""
ROLE = "reviewer"


def loop(role: str = ROLE) -> bytes:
    """Review, and again while the answer is yes."""
    return diagrams.diagram(
        "case", lane(role, "s review again e"), diagrams.start(), diagrams.user("review"),
        diagrams.gateway("exclusive", "again", "again-e"), diagrams.end(),
        diagrams.path("s", "review", "again", "e"), diagrams.flow("again", "review", "review.ok"),
    )  # fmt: skip


def many(children: int, sequential: bool) -> bytes:
    """The same task for each of so many people, side by side or one after the other."""
    each = diagrams.many(ihala_collection=f"for i in 1..{children} return i", ihala_item="one", sequential=sequential)
    return diagrams.diagram(
        "case", lane(ROLE, "s first review e"), diagrams.start(), diagrams.user("first"), diagrams.user("review", each),
        diagrams.end(), diagrams.path("s", "first", "review", "e"),
    )  # fmt: skip


def growth(stores: list[Store], *, most: int = 2000) -> Part:
    part = Part(
        "growth",
        "Time of a task early and late in a case, and how much its snapshot grows.\n"
        "Wanted: at most twice the time, and less than 40 bytes for each round.",
        ["database", "what", "after", "ms a task", "snapshot, bytes"],
    )
    for store in stores:
        figures: dict[str, object] = {}
        figures["loop"] = _rounds(part, store, most)
        for name, sequential in (("children side by side", False), ("children in sequence", True)):
            figures[name] = _children(part, store, name, sequential, most)
        part.figures[store.kind] = figures
    return part


def _rounds(part: Part, store: Store, most: int) -> dict[str, float]:
    office = bureau(store.fresh(), store.place(), made={"case.bpmn": loop()}, roles=[ROLE], tasks=["review"])
    case_id, took, sizes = office.open(), [], {}
    for number in range(1, most + 1):
        took.append(_next(office, case_id))
        if number in (10, most):
            sizes[number] = _size(office, case_id)
    office.ihala.close()
    early, late = median(took[2:10]), median(took[-WINDOW:])
    part.rows.append([store.kind, "review loop", "10 rounds", 1000 * early, sizes[10]])
    part.rows.append([store.kind, "review loop", f"{most} rounds", 1000 * late, sizes[most]])
    return {"late_x_early": late / early, "bytes_a_round": (sizes[most] - sizes[10]) / (most - 10)}


def _children(part: Part, store: Store, name: str, sequential: bool, most: int) -> dict[str, float]:
    """The last tasks of a few children, and of many: whoever has finished must weigh nothing."""
    found = {}
    for children in (10, most):
        made = {"case.bpmn": many(children, sequential)}
        office = bureau(store.fresh(), store.place(), made=made, roles=[ROLE], tasks=["first", "review"])
        case_id = office.open()
        _next(office, case_id)
        took = [_next(office, case_id) for _ in range(children - 1)]
        found[children] = (median(took[-WINDOW:]), _size(office, case_id))
        part.rows.append(
            [store.kind, name, f"all but one of {children}", 1000 * found[children][0], found[children][1]]
        )
        office.ihala.close()
    (early, small), (late, large) = found[10], found[most]
    return {"late_x_early": late / early, "bytes_a_child": (large - small) / (most - 10)}


def _next(office: Bureau, case_id: str) -> float:
    with office.ihala.database.reading() as tx:
        item_id = office.first_waiting(tx, case_id)
    begun = perf_counter()
    office.complete(item_id, office.people[ROLE][0])
    return perf_counter() - begun


def _size(office: Bureau, case_id: str) -> int:
    with office.ihala.database.reading() as tx:
        return len(_state(tx, case_id))


def _state(tx: Transaction, case_id: str) -> bytes:
    state: bytes = tx.execute(sa.select(case.c.state).where(case.c.id == case_id)).scalar_one()
    return state


def lane(role: str, nodes: str) -> str:
    inside = "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in nodes.split())
    return f'<laneSet id="lanes"><lane id="{role}">{inside}</lane></laneSet>'
