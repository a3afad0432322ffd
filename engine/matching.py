"""Search before create: the searcher always gets the same answer, in the same time; a match is for coordinators only.

The search is sealed and put by; the worker compares it with the blind index and, in every case that may be the same
person's, raises the message `possible_match`, for which the diagram keeps a task of the coordinator ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import orjson

from engine import journal
from engine.access import Actor
from engine.application import Ihala
from engine.deliveries import Deliver
from engine.errors import Refusal
from engine.name_index import blind
from engine.persistence import clock_rows, notice_rows, record_rows, team_rows
from engine.releases import current_release
from engine.step import Doer
from engine.steps import take_step

KINDS = {"name": "name", "known_as": "name", "document": "document", "phone": "phone"}
"""Fields of the search, and the kind of index entry each is compared with."""
MESSAGE = "possible_match"
MOST = 20
"""A search that fits more cases than this is too wide to tell anybody anything."""
SEARCH = "search"


def search_before_create(ihala: Ihala, actor: Actor, query: Mapping[str, str]) -> None:
    """Put the search by. Nothing typed is kept, only its blind tokens, sealed, until the worker has compared them."""
    found = [blind(ihala.vault, kind, query.get(key, "")[:200]) for key, kind in KINDS.items()]
    tokens = sorted({token.hex() for of_kind in found for token in of_kind})
    search_id, now = uuid4().hex, ihala.clock.now()
    row = {
        "id": search_id,
        "from_case_id": "",
        "kind": SEARCH,
        "name": MESSAGE,
        "sealed": ihala.vault.seal(orjson.dumps(tokens), "delivery", search_id),
        "at": now,
        "status": SEARCH,
    }
    with ihala.database.writing() as tx:
        clock_rows.insert_deliveries(tx, [row])
        journal.append(tx, ihala.vault, "accounts", journal.Entry("searched", now, actor_id=actor.account_id))


def answer_searches(ihala: Ihala, limit: int = 100) -> int:
    """Compare what was put by with the index and tell coordinators; how many searches were answered."""
    with ihala.database.reading() as tx:
        waiting = [clock_rows.read_delivery(tx, one) for one in clock_rows.deliveries_in(tx, SEARCH, limit)]
    for row in waiting:
        if row is not None:
            _answer(ihala, row.id, row.sealed)
    return len(waiting)


def _answer(ihala: Ihala, search_id: str, sealed: bytes) -> None:
    tokens = [bytes.fromhex(one) for one in orjson.loads(ihala.vault.open(sealed, "delivery", search_id))]
    with ihala.database.reading() as tx:
        cases = record_rows.cases_with(tx, tokens, MOST + 1) if tokens else []
        catches = {case: clock_rows.catches_of_case(tx, case) for case in cases}
    with ihala.database.writing() as tx:
        if not clock_rows.delete_delivery(tx, search_id):
            return
    for case in cases[:MOST]:
        catch = next((one for one in catches[case] if one.kind == "message" and one.name == MESSAGE), None)
        if catch is None or not _delivered(ihala, case, catch.id):
            _tell_coordinators(ihala, case)


def _delivered(ihala: Ihala, case_id: str, catch_id: str) -> bool:
    """Whether the case took the message; it may have ended or moved on meanwhile."""
    try:
        take_step(ihala, case_id, Deliver(catch_id, MESSAGE, {}), Doer())
    except Refusal:
        return False
    return True


def _tell_coordinators(ihala: Ihala, case_id: str) -> None:
    with ihala.database.writing() as tx:
        role = current_release(ihala, tx).charter.fallback_role
        for member in team_rows.team(tx, case_id):
            if member.role == role:
                people = ihala.staffing.now(tx).people_in(member.organisation_id, role)
                notice_rows.tell(tx, people, MESSAGE, ihala.clock.now(), case_id)
