"""What a step writes of the case itself: its next snapshot, or, where the person is forgotten, no more of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import journal
from engine.decisions.values import to_json
from engine.persistence import case_rows
from engine.step import Act, Step
from engine.waiting import Opened, Waiting


def save(step: Step, opened: list[Opened], after: Waiting) -> str:
    """Write the case at its next revision; its status now."""
    is_over = step.instance.state == "completed"
    if is_over:
        step.world.end_team()
    revision = step.case.revision + 1
    values: dict[str, Any] = {
        "state": step.key.seal(step.instance.dump(), "case", str(revision)),
        "status": "closed" if is_over else "open",
        "closed_at": step.now if is_over else None,
        "stage": _stage(step, opened, after),
        **({"release_id": step.release.id} if step.release.id != step.case.release_id else {}),
        **(step.world.closing or {}),
        **_figures(step),
    }
    _save_at(step, values)
    return str(values["status"])


def forget(step: Step, act: Act) -> None:
    """The case ends here: key, drafts, index, record, clocks and earlier figures go; the figures of this step stay."""
    entry = act.entry(step)
    case_rows.destroy(step.tx, step.case.id, step.now)
    values = {"state": None, "status": "destroyed", "closed_at": step.now, "stage": ""}
    _save_at(step, {**values, "figures": _plain(step.world.figures), **(step.world.closing or {})})
    journal.append(step.tx, step.ihala.vault, journal.of_case(step.case.id), replace(entry, content=None))
    forgotten = journal.Entry("person_forgotten", step.now, step.doer.account_id)
    journal.append(step.tx, step.ihala.vault, journal.of_case(step.case.id), forgotten)


def _save_at(step: Step, values: dict[str, Any]) -> None:
    if not case_rows.save(step.tx, step.case.id, step.case.revision, values):
        raise journal.JournalMoved


def _figures(step: Step) -> dict[str, Any]:
    if not step.world.figures:
        return {}
    return {"figures": {**step.case.figures, **_plain(step.world.figures)}}


def _plain(figures: Mapping[str, object]) -> dict[str, Any]:
    return {name: to_json(value) for name, value in figures.items()}


def _stage(step: Step, opened: list[Opened], after: Waiting) -> str:
    """The process of the task that was opened last: where the case has come to."""
    if opened:
        return opened[-1].task.element.process_id
    standing = {task.element.process_id for task in after.tasks.values()}
    return step.case.stage if step.case.stage in standing or not standing else sorted(standing)[0]
