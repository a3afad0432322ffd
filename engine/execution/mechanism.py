"""A loaded set of diagrams, tables and forms: starts and restores instances, asks decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.clock import SUNDAY_TO_THURSDAY, WorkingCalendar
from engine.decisions.dmn import Model, Outcome
from engine.decisions.errors import DecisionError
from engine.decisions.values import adapt
from engine.execution.instance import Instance
from engine.execution.model import Process, Surroundings, Values
from engine.execution.reading.definitions import Mappings
from engine.execution.running.expressions import evaluate
from engine.execution.starting import StartClock, start_clocks
from engine.forms import Form
from engine.text import Text

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Mechanism:
    """Everything of one release that running it needs; frozen after loading and shared by all instances."""

    digest: str
    files: Mapping[str, bytes]
    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    decisions: Mapping[str, Model]
    specs: Mapping[str, Any]
    message_properties: Mapping[str, Mappings] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    """`mechanism.toml` as it stands; empty where there is none."""
    executed: Mapping[str, bytes] = field(default_factory=dict)
    """What each diagram was rewritten into, by file: stored with a release."""

    # What mechanism.toml names -------------------------------------------------------------------------------------
    @property
    def roles(self) -> Mapping[str, Text]:
        return _texts(self.settings.get("roles", {}))

    @property
    def purposes(self) -> Mapping[str, Text]:
        return _texts(self.settings.get("purposes", {}))

    @property
    def organisation_kinds(self) -> Mapping[str, Text]:
        return _texts(self.settings.get("organisation_kinds", {}))

    @property
    def name(self) -> Text:
        named = self._general.get("name")
        return _text(named) if named else Text("Referral mechanism", "آلية الإحالة")

    @property
    def first_process(self) -> str:
        """The process a new case begins with; the only one, where there is but one."""
        named = str(self._general.get("first_process", ""))
        return named or (next(iter(self.processes)) if len(self.processes) == 1 else "")

    @property
    def time_zone(self) -> ZoneInfo:
        return zone_of(self.settings)

    @property
    def calendar(self) -> WorkingCalendar:
        """The working calendar without holidays, which are dated data beside the releases."""
        return calendar_of(self.settings)

    @property
    def _general(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.settings.get("mechanism", {})
        return found

    # Instances -----------------------------------------------------------------------------------------------------
    def start(
        self,
        process_id: str,
        variables: Values,
        surroundings: Surroundings,
        *,
        at: str = "",
        payload: Values | None = None,
        keys: Values | None = None,
        keep_trace: bool = False,
    ) -> Instance:
        """A new instance, run until all its tokens wait. `at` names the start event that `payload` has triggered.

        `keys` are those of the message that triggered it.
        """
        return Instance.start(self, process_id, variables, surroundings, at, payload, keys, keep_trace)

    def restore(self, state: bytes, surroundings: Surroundings, *, keep_trace: bool = False) -> Instance:
        """The instance saved as `state`."""
        return Instance.restore(self, state, surroundings, keep_trace)

    def start_clocks(self, now: datetime) -> list[StartClock]:
        """The clocks that start processes, from `now` on."""
        return start_clocks((self.specs[one].scope for one in self.processes), now, self.calendar)

    # Decisions and messages ----------------------------------------------------------------------------------------
    def decide(self, decision: str, inputs: Values, *, now: datetime | None = None) -> object:
        """The result of a decision (or service, or knowledge model), by id or name; raises `DecisionError`."""
        return self._model(decision).evaluate(decision, inputs, now=now)

    def decide_table(self, decision: str, inputs: Values, *, now: datetime | None = None) -> Outcome:
        """The result with the ids of the rules that matched, for coverage."""
        return self._model(decision).evaluate_table(decision, inputs, now=now)

    def keys_of(self, message: str, payload: Values, now: datetime) -> dict[str, object]:
        """The keys that a message from outside carries in its payload, by the diagrams' correlation properties."""
        found = self.message_properties.get(message, ())
        values = {name: evaluate(text, self.adapt(payload), now, message) for name, text in found}
        return {name: value for name, value in values.items() if value is not None}

    @staticmethod
    def adapt(values: Values) -> dict[str, object]:
        """Values from outside as FEEL knows them: every number a Decimal."""
        return {name: adapt(value) for name, value in values.items()}

    def _model(self, decision: str) -> Model:
        model = self.decisions.get(decision)
        if model is None:
            raise DecisionError(decision, 0, _NO_DECISION.format(decision=decision, known=", ".join(self.decisions)))
        return model


def zone_of(settings: Mapping[str, Any]) -> ZoneInfo:
    """The time zone that `mechanism.toml` sets."""
    return ZoneInfo(str(settings.get("mechanism", {}).get("time_zone", "Africa/Cairo")))


def calendar_of(settings: Mapping[str, Any]) -> WorkingCalendar:
    """The working calendar that `mechanism.toml` sets, in its time zone."""
    zone = zone_of(settings)
    calendar = settings.get("calendar", {})
    days = calendar.get("working_days")
    weekdays = frozenset(WEEKDAYS.index(str(day).lower()) for day in days) if days else SUNDAY_TO_THURSDAY
    closes_at = calendar.get("closes_at")
    if closes_at is None:
        return WorkingCalendar(zone, weekdays)
    return WorkingCalendar(zone, weekdays, closes_at=time.fromisoformat(str(closes_at)))


def _texts(table: Mapping[str, Any]) -> dict[str, Text]:
    return {name: _text(words) for name, words in table.items()}


def _text(words: object) -> Text:
    if isinstance(words, Mapping):
        return Text(str(words.get("en", "")), str(words.get("ar", "")))
    return Text(str(words))


_NO_DECISION = Text(
    "no table holds the decision '{decision}'; found: {known}. The process owner can add it.",
    "لا يوجد جدول للقرار '{decision}'؛ الموجود: {known}. يمكن لمسؤول الإجراءات إضافته.",
)
