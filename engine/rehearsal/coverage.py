"""What the stories of a mechanism have taken, and what none of them has: elements, flows, clocks, table rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.decisions.dmn import Model
from engine.execution import Mechanism
from engine.rehearsal.rehearsal import Rehearsal

Place = tuple[str, str]
"""A process (or decision) with one of its parts, since several may use the same id."""


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
        decisions = self.mechanism.decisions
        everywhere = _owners(self._models())
        recorders = {
            name: _Recorder(model, everywhere | _owners([model]), self.taken.rows) for name, model in decisions.items()
        }
        return replace(self.mechanism, decisions=recorders)  # type: ignore[arg-type]  # they are models in all but name

    def add(self, rehearsal: Rehearsal) -> None:
        """Take over what this rehearsal has passed."""
        self.taken.add(rehearsal)

    def missed(self) -> list[Missed]:
        """Per process and table, what no story has taken; only those with something missing."""
        found = [self._of_process(process.id) for process in self.mechanism.processes.values()]
        found += [self._of_table(model) for model in self._models()]
        return [one for one in found if one.what]

    def share(self) -> float:
        """Part of all elements, flows and rows that some story has taken, from 0 to 1."""
        missed = sum(len(one.what) for one in self.missed())
        total = sum(len(p.elements) + len(p.flows) for p in self.mechanism.processes.values())
        total += sum(len(model.rules()) for model in self._models())
        return 1 - missed / total if total else 1.0

    def _of_process(self, process_id: str) -> Missed:
        process = self.mechanism.processes[process_id]
        elements = [one for one in process.elements if (process_id, one) not in self.taken.elements]
        flows = [one for one in process.flows if (process_id, one) not in self.taken.flows]
        return Missed(process_id, sorted(elements) + sorted(flows))

    def _of_table(self, model: Model) -> Missed:
        rows = [(table.owner, rule.id) for table in model.tables for rule in table.rules]
        return Missed(model.name.en, [f"row {row[1]}" for row in rows if row not in self.taken.rows])

    def _models(self) -> list[Model]:
        """Each file's model once, under whichever of its decisions it is found."""
        return list({id(model): model for model in self.mechanism.decisions.values()}.values())


@dataclass(frozen=True, slots=True)
class Missed:
    """What no story has taken of one process or table."""

    where: str
    what: list[str]


class _Recorder:
    """A model that notes the rules that matched, and otherwise is the model."""

    def __init__(self, model: Model, owners: Mapping[str, str], rows: set[Place]) -> None:
        self._model, self._owners, self._rows = model, owners, rows

    def evaluate(self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None) -> object:
        outcome = self._model.evaluate_table(decision, inputs, now=now)
        self._rows |= {(self._owners[rule], rule) for rule in outcome.matched}
        return outcome.value

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)


def _owners(models: Iterable[Model]) -> dict[str, str]:
    """The decision that each rule belongs to. A model's own come before those of what it imports."""
    return {rule.id: table.owner for model in models for table in model.tables for rule in table.rules}
