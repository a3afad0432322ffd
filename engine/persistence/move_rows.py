"""Moves of running cases: where cases of earlier releases stand, the runs of the desk, and each case of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case, draft
from engine.persistence.tables.moves import case_move, move_run
from engine.persistence.tables.people import account
from engine.persistence.tables.releases import mechanism_release, process_digest
from engine.persistence.tables.work import timer, waiting_catch, work_item

Values = dict[str, Any]


# Where cases stand --------------------------------------------------------------------------------------------------
def open_elsewhere(tx: Connection, release_id: str) -> Sequence[Any]:
    """Open cases that run on other releases: id, release, its number, and the process."""
    query = sa.select(case.c.id, case.c.release_id, case.c.process_id, mechanism_release.c.number)
    query = query.join(mechanism_release, mechanism_release.c.id == case.c.release_id)
    query = query.where(case.c.status == "open", case.c.release_id != release_id)
    return tx.execute(query.order_by(mechanism_release.c.number, case.c.opened_at, case.c.id)).all()


def standing(tx: Connection, release_id: str) -> Sequence[Any]:
    """What the same cases wait for: case, process and step of each open item; of what waits for nobody the step."""
    elsewhere = sa.and_(case.c.status == "open", case.c.release_id != release_id)
    items = sa.select(work_item.c.case_id, work_item.c.process_id, work_item.c.element)
    items = items.join(case, case.c.id == work_item.c.case_id).where(elsewhere, work_item.c.done_at.is_(None))
    clocks = sa.select(timer.c.case_id, sa.literal("").label("process_id"), timer.c.element)
    clocks = clocks.join(case, case.c.id == timer.c.case_id).where(elsewhere, timer.c.work_item_id.is_(None))
    catches = sa.select(waiting_catch.c.case_id, sa.literal("").label("process_id"), waiting_catch.c.element)
    catches = catches.join(case, case.c.id == waiting_catch.c.case_id).where(elsewhere)
    return tx.execute(sa.union(items, clocks, catches)).all()


def unchanged_processes(tx: Connection, before_id: str, after_id: str) -> list[str]:
    """Processes that execute the same in both releases."""
    before, after = process_digest.alias("before"), process_digest.alias("after")
    same = sa.and_(before.c.process_id == after.c.process_id, before.c.digest == after.c.digest)
    query = sa.select(before.c.process_id).join(after, same)
    return list(tx.execute(query.where(before.c.release_id == before_id, after.c.release_id == after_id)).scalars())


def repoint(tx: Connection, before_id: str, after_id: str, process_ids: Iterable[str]) -> int:
    """Let open cases of these processes go on under another release, in which they execute the same; how many."""
    here = sa.and_(case.c.status == "open", case.c.release_id == before_id, case.c.process_id.in_(list(process_ids)))
    return tx.execute(sa.update(case).where(here).values(release_id=after_id)).rowcount


def releases_in_use(tx: Connection, besides: str) -> list[str]:
    """Releases on which open cases run, besides one."""
    query = sa.select(case.c.release_id).where(case.c.status == "open", case.c.release_id != besides)
    return list(tx.execute(query.distinct()).scalars())


# Runs ---------------------------------------------------------------------------------------------------------------
def insert_run(tx: Connection, values: Values, case_ids: Sequence[str]) -> None:
    tx.execute(sa.insert(move_run).values(**values))
    rows = [{"run_id": values["id"], "case_id": one, "status": "waiting", "found": {}} for one in case_ids]
    if rows:
        tx.execute(sa.insert(case_move), rows)


def run(tx: Connection, run_id: str) -> Row[Any] | None:
    query = sa.select(move_run, account.c.name.label("starter"))
    query = query.join(account, account.c.id == move_run.c.started_by)
    return tx.execute(query.where(move_run.c.id == run_id)).first()


def runs(tx: Connection, limit: int) -> Sequence[Row[Any]]:
    """The latest runs first."""
    query = sa.select(move_run, account.c.name.label("starter"))
    query = query.join(account, account.c.id == move_run.c.started_by)
    return tx.execute(query.order_by(move_run.c.started_at.desc(), move_run.c.id).limit(limit)).all()


def counts(tx: Connection, run_ids: Sequence[str]) -> Sequence[Any]:
    """Run, status and how many cases have it."""
    query = sa.select(case_move.c.run_id, case_move.c.status, sa.func.count().label("cases"))
    query = query.where(case_move.c.run_id.in_(run_ids))
    return tx.execute(query.group_by(case_move.c.run_id, case_move.c.status)).all()


def unfinished(tx: Connection) -> Sequence[Row[Any]]:
    """Runs that a worker has to go on with, the oldest first."""
    query = sa.select(move_run).where(move_run.c.ended_at.is_(None))
    return tx.execute(query.order_by(move_run.c.started_at, move_run.c.id)).all()


def end_run(tx: Connection, run_id: str, now: datetime) -> bool:
    """Note that nothing of it is left to do; False where another worker has."""
    here = sa.and_(move_run.c.id == run_id, move_run.c.ended_at.is_(None))
    return tx.execute(sa.update(move_run).where(here).values(ended_at=now)).rowcount == 1


# Cases of a run -----------------------------------------------------------------------------------------------------
def waiting(tx: Connection, run_id: str, limit: int) -> list[str]:
    query = sa.select(case_move.c.case_id).where(case_move.c.run_id == run_id, case_move.c.status == "waiting")
    return list(tx.execute(query.order_by(case_move.c.case_id).limit(limit)).scalars())


def one(tx: Connection, run_id: str, case_id: str) -> Row[Any] | None:
    here = sa.and_(case_move.c.run_id == run_id, case_move.c.case_id == case_id)
    return tx.execute(sa.select(case_move).where(here)).first()


def change(tx: Connection, run_id: str, case_id: str, values: Values) -> None:
    here = sa.and_(case_move.c.run_id == run_id, case_move.c.case_id == case_id)
    tx.execute(sa.update(case_move).where(here).values(**values))


def found(tx: Connection, run_id: str) -> Sequence[Any]:
    """Status and findings of every case of a run, without the case."""
    query = sa.select(case_move.c.status, case_move.c.found).where(case_move.c.run_id == run_id)
    return tx.execute(query).all()


def moved(tx: Connection, run_id: str) -> list[str]:
    """The cases that a run has moved and nobody has taken back."""
    here = sa.and_(case_move.c.run_id == run_id, case_move.c.status == "moved")
    return list(tx.execute(sa.select(case_move.c.case_id).where(here)).scalars())


def left_releases(tx: Connection, case_id: str) -> list[str]:
    """The releases that the case was moved from."""
    query = sa.select(move_run.c.from_release_id).join(case_move, case_move.c.run_id == move_run.c.id)
    here = sa.and_(case_move.c.case_id == case_id, move_run.c.kind == "move", case_move.c.revision.is_not(None))
    return list(tx.execute(query.where(here).distinct()).scalars())


def drafts_of(tx: Connection, item_ids: Iterable[str]) -> Sequence[Row[Any]]:
    return tx.execute(sa.select(draft).where(draft.c.work_item_id.in_(list(item_ids)))).all()


def holders(tx: Connection, item_ids: Iterable[str]) -> list[str]:
    """Who has claimed one of these items, or typed something for it."""
    ids = list(item_ids)
    claimed = sa.select(work_item.c.assignee_id).where(work_item.c.id.in_(ids), work_item.c.assignee_id.is_not(None))
    typed = sa.select(draft.c.account_id).where(draft.c.work_item_id.in_(ids))
    return sorted(tx.execute(sa.union(claimed, typed)).scalars())
