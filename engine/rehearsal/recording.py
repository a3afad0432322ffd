"""A mechanism whose tables tell which of their rows matched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from engine.decisions.dmn import Model
from engine.execution import Mechanism

Place = tuple[str, str]
"""A process (or decision) with one of its parts, since several may use the same id."""


Note = Callable[[str, Sequence[Place]], object]
"""Is told the name of a decision that was made, and the rows (decision, rule) it rests on."""


def recording(mechanism: Mechanism, note: Note) -> Mechanism:
    """The mechanism, with `note` told each of its decisions."""
    everywhere = _owners(models_of(mechanism))
    recorders = {
        name: _Recorder(model, everywhere | _owners([model]), note) for name, model in mechanism.decisions.items()
    }
    return replace(mechanism, decisions=recorders)  # type: ignore[arg-type]  # they are models in all but name


def models_of(mechanism: Mechanism) -> list[Model]:
    """Each file's model once, under whichever of its decisions it is found."""
    return list({id(model): model for model in mechanism.decisions.values()}.values())


class _Recorder:
    """A model that notes the rules that matched, and otherwise is the model."""

    def __init__(self, model: Model, owners: Mapping[str, str], note: Note) -> None:
        self._model, self._owners, self._note = model, owners, note

    def evaluate(self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None) -> object:
        outcome = self._model.evaluate_table(decision, inputs, now=now)
        self._note(decision, [(self._owners[rule], rule) for rule in outcome.matched])
        return outcome.value

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)


def _owners(models: Iterable[Model]) -> dict[str, str]:
    """The decision that each rule belongs to. A model's own come before those of what it imports."""
    return {rule.id: table.owner for model in models for table in model.tables for rule in table.rules}
