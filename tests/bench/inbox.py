"""How quick the inbox is over very many work items: its pages and its counts, each as one person sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import sqlalchemy as sa

from engine.persistence import Transaction
from engine.views import Filters
from engine.worklist import counts, inbox
from tests.bench.growth import loop
from tests.bench.measuring import Part, percentile
from tests.bench.ours import NOW, Bureau, bureau
from tests.bench.stores import Store

ROLES = ("responder", "shelter_worker", "provider")
OPEN, FINISHED = 50_000, 200_000
CALLS = 200
ORGANISATIONS = 50
"""The items are spread over so many; the person measured sits in one of them."""

FILL = """
INSERT INTO work_item (id, case_id, element, process_id, organisation_id, role, lane_role, is_fixed, purpose, status,
  priority, visit, opened_at, due_at, due_reason, sorts_at, done_at, done_by)
SELECT {name} || CAST(n AS VARCHAR), :case_id, 'review', 'case', CASE WHEN n % {organisations} = 0 THEN :role
  ELSE 'org_' || CAST(n % {organisations} AS VARCHAR) END, :role, :role, FALSE, '', {status}, 2, 1, :at, {due}, '',
  {due}, {done_at}, {done_by}
FROM {numbers}
"""
NUMBERS = {
    "sqlite": "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :rows) "
    "SELECT n FROM counted)",
    "postgresql": "generate_series(1, :rows) AS n",
}
DUE = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', :at_text, (n % 100000) || ' minutes')",
    "postgresql": "CAST(:at AS TIMESTAMPTZ) + (n % 100000) * INTERVAL '1 minute'",
}


def inboxes(stores: list[Store], *, opened: int = OPEN, finished: int = FINISHED) -> Part:
    part = Part(
        "inbox",
        "One person's pages and counts, with role, organisation and team in every query. Wanted with 1 M open\n"
        "and 10 M finished items (--full), at the 95th percentile: pages under 5 ms, counts under 1 ms.",
        ["database", "open", "finished", "what", "p50 ms", "p95 ms"],
    )
    for store in stores:
        office = _filled(store, opened, finished)
        figures = {}
        for what, call in _calls(office).items():
            took = [_timed(call) for _ in range(CALLS)]
            figures[what] = {"p50_ms": 1000 * percentile(took, 0.5), "p95_ms": 1000 * percentile(took, 0.95)}
            part.rows.append([store.kind, opened, finished, what, *figures[what].values()])
        part.figures[store.kind] = {"open": opened, "finished": finished, **figures}
        office.ihala.close()
    return part


def _calls(office: Bureau) -> dict[str, Callable[[], object]]:
    ihala, person = office.ihala, office.people[ROLES[0]][0]
    deep = None
    for _ in range(10):
        deep = inbox(ihala, person, "team", after=deep).next or deep
    narrowed = Filters(element="review", priority="normal")
    return {
        "first page": lambda: inbox(ihala, person, "team"),
        "eleventh page": lambda: inbox(ihala, person, "team", after=deep),
        "first page, filtered": lambda: inbox(ihala, person, "team", filters=narrowed),
        "overdue": lambda: inbox(ihala, person, "overdue"),
        "done by me": lambda: inbox(ihala, person, "done"),
        "counts": lambda: counts(ihala, person),
    }


def _filled(store: Store, opened: int, finished: int) -> Bureau:
    """One case that everybody serves, and rows in bulk."""
    made = {"case.bpmn": loop(ROLES[0])}
    office = bureau(store.fresh(), store.place(), made=made, roles=ROLES, tasks=["review"])
    case_id = office.open()
    with office.ihala.database.writing() as tx:
        for role in ROLES:
            _fill(tx, store.kind, case_id, role, "open", opened // len(ROLES))
            _fill(tx, store.kind, case_id, role, "done", finished // len(ROLES))
    office.ihala.database.outside_transactions("ANALYZE")
    return office


def _fill(tx: Transaction, kind: str, case_id: str, role: str, status: str, rows: int) -> None:
    is_done = status == "done"
    text = FILL.format(
        name=f"'{role}_{status}_'",
        organisations=ORGANISATIONS,
        status=f"'{status}'",
        due=DUE[kind],
        done_at=":at" if is_done else "NULL",
        done_by=f"'{role}_0'" if is_done else "NULL",
        numbers=NUMBERS[kind],
    )
    at = NOW - timedelta(days=30)
    given = {"case_id": case_id, "role": role, "rows": rows, "at": at, "at_text": f"{at:%Y-%m-%d %H:%M:%S}"}
    if kind == "sqlite":
        given["at"] = f"{at:%Y-%m-%d %H:%M:%S.%f}"
    tx.execute(sa.text(text), {name: given[name] for name in given if f":{name}" in text})


def _timed(call: Callable[[], object]) -> float:
    begun = perf_counter()
    call()
    return perf_counter() - begun
