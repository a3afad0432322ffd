"""A token: SpiffWorkflow's task, without the log entry it builds at each change of state."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.reading.definitions import Node

WAITING, READY, STARTED = TaskState.WAITING, TaskState.READY, TaskState.STARTED
COMPLETED, CANCELLED, FUTURE = TaskState.COMPLETED, TaskState.CANCELLED, TaskState.FUTURE


class Token(Task):  # type: ignore[misc]  # SpiffWorkflow has no types
    """One token. What it remembers across steps is in `internal_data`; `result` lives within one step.

    Tokens hang at the root of their scope, instances of a loop at the loop's token; a finished token is forgotten
    at once, so a scope holds only what is still going on, however long the case runs.
    """

    result: object = None

    def _set_state(self, value: int) -> None:
        self._state = value

    @property
    def node(self) -> Node:
        return self.task_spec.node  # type: ignore[no-any-return]  # SpiffWorkflow has no types

    @property
    def flow(self) -> Any:
        """The scope's workflow this token runs in."""
        return self.workflow

    @property
    def hex(self) -> str:
        return str(self.id.hex)

    @property
    def key(self) -> str:
        """Which token this is: its place in the instance and its number there."""
        return f"{self.flow.place(self.task_spec.name)}|{self.internal_data['n']}"

    @property
    def visit(self) -> int:
        return int(self.internal_data.get("visit", 1))

    @property
    def host(self) -> str:
        """For a boundary event: the id of the activity's token it is attached to."""
        return str(self.internal_data.get("host", ""))

    @property
    def locals(self) -> dict[str, object] | None:
        """The variables of one instance of a loop."""
        found: dict[str, object] | None = self.internal_data.get("locals")
        return found

    @property
    def is_loop_instance(self) -> bool:
        return bool(getattr(self.parent.task_spec, "is_loop", False)) if self.parent is not None else False
