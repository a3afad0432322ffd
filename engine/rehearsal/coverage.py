"""What the stories of a mechanism have taken, and what none of them has: elements, flows, clocks, table rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.decisions.dmn import Model
from engine.execution import Mechanism
from engine.rehearsal.recording import Place, models_of, recording
from engine.rehearsal.rehearsal import Rehearsal


@dataclass(slots=True)
class Taken:
    """What rehearsals have passed. `fired` are the events that happened; `rows` holds (decision, rule)."""

    elements: set[Place] = field(default_factory=set)
    flows: set[Place] = field(default_factory=set)
    fired: set[Place] = field(default_factory=set)
    rows: set[Place] = field(default_factory=set)

    def add(self, rehearsal: Rehearsal) -> None:
        """Take over what this rehearsal has passed."""
        self.elements |= rehearsal.passed
        self.fired |= rehearsal.fired
        for one in rehearsal.instances:
            self.flows |= set(one.flows)


@dataclass(slots=True)
class Coverage:
    """Collected over any number of rehearsals of one mechanism."""

    mechanism: Mechanism
    taken: Taken = field(default_factory=Taken)

    def recording(self) -> Mechanism:
        """The mechanism with tables that remember which of their rows matched."""
        return recording(self.mechanism, lambda _, rows: self.taken.rows.update(rows))

    def add(self, rehearsal: Rehearsal) -> None:
        """Take over what this rehearsal has passed."""
        self.taken.add(rehearsal)

    def missed(self) -> list[Missed]:
        """Per process and table, what no story has taken; only those with something missing."""
        found = [self._of_process(process.id) for process in self.mechanism.processes.values()]
        found += [self._of_table(model) for model in models_of(self.mechanism)]
        return [one for one in found if one.what]

    def share(self) -> float:
        """Part of all elements, flows and rows that some story has taken, from 0 to 1."""
        missed = sum(len(one.what) for one in self.missed())
        total = sum(len(p.elements) + len(p.flows) for p in self.mechanism.processes.values())
        total += sum(len(model.rules()) for model in models_of(self.mechanism))
        return 1 - missed / total if total else 1.0

    def _of_process(self, process_id: str) -> Missed:
        process = self.mechanism.processes[process_id]
        elements = [one for one in process.elements if (process_id, one) not in self.taken.elements]
        flows = [one for one in process.flows if (process_id, one) not in self.taken.flows]
        return Missed(process_id, sorted(elements) + sorted(flows))

    def _of_table(self, model: Model) -> Missed:
        rows = [(table.owner, rule.id) for table in model.tables for rule in table.rules]
        return Missed(model.name.en, [f"row {row[1]}" for row in rows if row not in self.taken.rows])


@dataclass(frozen=True, slots=True)
class Missed:
    """What no story has taken of one process or table."""

    where: str
    what: list[str]
