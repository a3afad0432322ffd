"""One step of a case while it is being taken: everything it reads and writes, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from engine import journal
from engine.access import Actor
from engine.charter import Charter
from engine.clock import WorkingCalendar
from engine.execution import Instance
from engine.persistence import Row, Transaction
from engine.persistence.world import CaseWorld
from engine.releases import Release, calendar_of
from engine.vault import CaseKey

if TYPE_CHECKING:
    from engine.application import Ihala


@dataclass(frozen=True, slots=True)
class Doer:
    """Who takes the step, in which seat; all empty for the clock."""

    account_id: str = ""
    organisation_id: str = ""
    role: str = ""

    @classmethod
    def of(cls, actor: Actor, organisation_id: str, role: str) -> Doer:
        return cls(actor.account_id, organisation_id, role)


@dataclass(slots=True)
class Step:
    """A step of one case. `now` is the same for all it writes."""

    ihala: Ihala
    tx: Transaction
    case: Row[Any]
    key: CaseKey
    release: Release
    doer: Doer
    now: datetime
    calendar: WorkingCalendar
    world: CaseWorld
    instance: Instance = field(init=False)
    kept: dict[str, Any] = field(default_factory=dict)
    """What the act itself adds to the journal entry's sealed content."""
    item: Row[Any] | None = None
    """The item being done, as `step_rows.item` read it."""

    journal_end: journal.End | None = None
    """Where the case's journal ended when the item or the clock was read; None where nobody has looked."""
    inherited: dict[str, Row[Any]] = field(default_factory=dict)
    """New task -> the item whose work goes on there: the instance was moved to other diagrams."""
    drafts_stay: bool = False
    """Whether what was typed for tasks that end here is kept, because the step may be taken back."""
    may_have_incident: bool = True
    """Whether an incident may stand that ends when this step is done."""

    def turn_to(self, release: Release) -> None:
        """Go on under another release: what the step asks and writes from here on is asked of that one."""
        self.release = release
        self.calendar = calendar_of(release, self.world.staffing)
        self.world.charter, self.world.evaluate = release.charter, release.mechanism.decide

    @property
    def charter(self) -> Charter:
        return self.release.charter


class Act(Protocol):
    """What a step is taken for: completing a task, firing a clock, delivering a message."""

    @property
    def kind(self) -> str:
        """`complete`, `fire`, `deliver`, ...: names the incident if it cannot be done."""

    @property
    def subject_id(self) -> str:
        """The work item, timer or catch."""

    def recheck(self, step: Step) -> None:
        """Under the case's lock: may this still be done, by this person? Raises a `Refusal`."""

    def run(self, step: Step) -> None:
        """Move the instance until every token waits."""

    def entry(self, step: Step) -> journal.Entry:
        """Write what belongs to the act (record, item) and say what the journal keeps of it."""

    def to_repeat(self) -> dict[str, Any]:
        """What is needed to do it again after an incident; sealed under the case's key."""

    @property
    def done_item_id(self) -> str | None:
        """The work item that the act itself completes."""
