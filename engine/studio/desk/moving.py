"""One case goes on with another release, or back to where it stood before: each a step of the case like any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from engine import journal
from engine.errors import Refusal
from engine.execution.migration.plan import Plan
from engine.persistence import Row, account_rows, item_rows, move_rows, notice_rows, record_rows
from engine.releases import Release, mechanism_of
from engine.step import Step
from engine.studio.desk.verdict import Look, findings
from engine.surroundings import StepSurroundings
from engine.text import Text
from engine.waiting import Waiting


class Touched(Refusal):
    """The case is no longer where the run found it; nothing is done to it."""

    sentence = Text("The case went on meanwhile and stays as it is.", "استُكمل الملف في هذه الأثناء، فيبقى على حاله.")


@dataclass(slots=True)
class Move:
    """The act of moving one case of a run (`row`)."""

    row: Row[Any]
    case_id: str
    kind: str = "move"
    done_item_id: str | None = None
    to: Release = field(init=False)
    found: dict[str, Any] = field(init=False)
    has_left: bool = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.case_id

    def recheck(self, step: Step) -> None:
        kept = move_rows.one(step.tx, self.row.id, self.case_id)
        if kept is None or kept.status != "waiting" or step.case.release_id != self.row.from_release_id:
            raise Touched
        self.to = mechanism_of(step.ihala, step.tx, self.row.release_id)

    def run(self, step: Step) -> None:
        """Move the instance, and let what people had begun go on with it."""
        old, before = step.release, Waiting.of(step.instance)
        step.turn_to(self.to)
        way = (self.row.from_release_id, self.row.release_id)
        transfer = step.instance.move(self.to.mechanism, Plan.read(self.row.plan), way)
        step.drafts_stay = True
        look = Look(old, self.to, before, Waiting.of(step.instance), step.now)
        self.found = findings(step.tx, look, transfer, ())
        self.has_left = transfer.has_acted or bool(_outside(step).thrown)
        _carry_on(step, transfer.carried)

    def entry(self, step: Step) -> journal.Entry:
        """Keep what the case was before, and tell those whose work is concerned."""
        after = {"revision": step.case.revision + 1, "has_left": self.has_left, "at": step.now}
        kept = {"status": "moved", "found": self.found, "state": step.case.state, **after}
        move_rows.change(step.tx, self.row.id, self.case_id, kept)
        _tell(step, self.row, self.found["holders"])
        content = {"run": self.row.id, "from": self.row.from_release_id, "to": self.row.release_id}
        return journal.Entry("case_moved", step.now, self.row.started_by, content=content)

    def to_repeat(self) -> dict[str, Any]:
        return {"run": self.row.id}


@dataclass(slots=True)
class TakeBack:
    """The act of bringing one case back to where it stood before a move (`row`: the run that undoes it)."""

    row: Row[Any]
    case_id: str
    kind: str = "move"
    done_item_id: str | None = None
    moved: Row[Any] = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.case_id

    def recheck(self, step: Step) -> None:
        kept = move_rows.one(step.tx, self.row.id, self.case_id)
        moved = move_rows.one(step.tx, self.row.undoes, self.case_id)
        if kept is None or kept.status != "waiting" or moved is None or not is_undoable(moved, step.case.revision):
            raise Touched
        self.moved = moved

    def run(self, step: Step) -> None:
        """Restore the snapshot; items, clocks and catches follow it as after any step."""
        back = mechanism_of(step.ihala, step.tx, self.row.release_id)
        state = step.key.open(self.moved.state, "case", str(self.moved.revision - 1))
        step.turn_to(back)
        step.instance.return_to(back.mechanism, state)
        _carry_on(step, {after: before for before, after in self.moved.found["carried"].items()})

    def entry(self, step: Step) -> journal.Entry:
        move_rows.change(step.tx, self.row.undoes, self.case_id, {"status": "undone", "state": None})
        move_rows.change(step.tx, self.row.id, self.case_id, {"status": "moved", "at": step.now})
        _tell(step, self.row, self.moved.found["holders"])
        content = {"run": self.row.id, "from": self.row.from_release_id, "to": self.row.release_id}
        return journal.Entry("case_moved_back", step.now, self.row.started_by, content=content)

    def to_repeat(self) -> dict[str, Any]:
        return {"run": self.row.id}


def is_undoable(moved: Row[Any], revision: int) -> bool:
    """Only until the case is next touched, and only where nothing has left it with the move."""
    return moved.status == "moved" and moved.revision == revision and not moved.has_left and moved.state is not None


def _carry_on(step: Step, carried: Mapping[str, str]) -> None:
    """What people had begun for a task goes on with the task that takes its place: who holds it, what they typed."""
    for before_id, after_id in carried.items():
        item = item_rows.read(step.tx, before_id)
        if item is None:
            continue
        step.inherited[after_id] = item
        for draft in move_rows.drafts_of(step.tx, [before_id]):
            typed = step.key.open(draft.sealed, "draft", f"{before_id}/{draft.account_id}")
            sealed = step.key.seal(typed, "draft", f"{after_id}/{draft.account_id}")
            about = {"work_item_id": after_id, "account_id": draft.account_id, "case_id": step.case.id}
            record_rows.save_draft(step.tx, {**about, "sealed": sealed, "saved_at": draft.saved_at})


def _tell(step: Step, row: Row[Any], account_ids: list[str]) -> None:
    people = [account_rows.account_by_id(step.tx, one) for one in account_ids if one != row.started_by]
    notice_rows.tell(step.tx, [one for one in people if one is not None], "case_moved", step.now, step.case.id)


def _outside(step: Step) -> StepSurroundings:
    return cast("StepSurroundings", step.instance.surroundings)
