"""What a hit policy makes of the rules that match (DMN 1.5, 8.2.10)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.decisions.builtins import lists, statistics
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.scope import Scope
from engine.text import Text

if TYPE_CHECKING:
    from engine.decisions.tables import Table

POLICIES = {
    **{name: name for name in ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")},
    **{"U": "UNIQUE", "A": "ANY", "P": "PRIORITY", "F": "FIRST"},
    **{"R": "RULE ORDER", "O": "OUTPUT ORDER", "C": "COLLECT"},
}
_AGGREGATIONS: dict[str, Callable[[list[Value]], Value]] = {
    "SUM": statistics.total,
    "MIN": statistics.smallest,
    "MAX": statistics.largest,
    "COUNT": lists.count,
}


def nothing_matched(policy: str, aggregation: str) -> Value:
    """The result where no rule matches and there is no default."""
    if policy != "COLLECT":
        return None
    if aggregation:
        return Decimal(0) if aggregation == "COUNT" else None
    return []


def apply(table: Table, places: list[int], results: list[Value], scope: Scope) -> Value:
    """The result of the table from those of its matching rules, which are in their order."""
    if table.policy == "UNIQUE" and len(places) > 1:
        raise _violation(table, places, _OVERLAP)
    if table.policy == "ANY" and not all(lists.same(result, results[0]) for result in results[1:]):
        raise _violation(table, places, _DIFFERENT)
    if table.policy == "COLLECT":
        return _collected(table, results)
    if table.policy == "RULE ORDER":
        return results
    if table.policy == "OUTPUT ORDER":
        return _by_priority(table, results, scope)
    return _by_priority(table, results, scope)[0] if table.policy == "PRIORITY" else results[0]


def _collected(table: Table, results: list[Value]) -> Value:
    aggregate = _AGGREGATIONS.get(table.aggregation)
    if aggregate is None:
        return results
    if len(table.outputs) == 1 or table.aggregation == "COUNT":
        return aggregate(results)
    return {output.name: aggregate([result[output.name] for result in results]) for output in table.outputs}


def _by_priority(table: Table, results: list[Value], scope: Scope) -> list[Value]:
    """The results by the order of the output values, the first output counting most."""

    def rank(result: Value) -> list[int]:
        values = [result] if len(table.outputs) == 1 else [result[output.name] for output in table.outputs]
        return [
            output.values.first_held(value, scope)
            for output, value in zip(table.outputs, values, strict=True)
            if output.values is not None
        ]

    return sorted(results, key=rank)


def _violation(table: Table, places: list[int], sentence: Text) -> DecisionError:
    numbers = ", ".join(str(place + 1) for place in places)
    return DecisionError(table.owner, 0, sentence.format(rules=numbers))


_OVERLAP = Text(
    "rules {rules} match at once, but the hit policy Unique allows one; make the rules exclude each other",
    "تنطبق القواعد {rules} معا، لكن سياسة الجدول (Unique) تسمح بقاعدة واحدة؛ اجعل القواعد لا تتداخل",
)
_DIFFERENT = Text(
    "rules {rules} match at once with different outputs, but the hit policy Any wants one; make their outputs equal",
    "تنطبق القواعد {rules} معا بمخرجات مختلفة، لكن سياسة الجدول (Any) تتطلب تطابقها؛ وحد مخرجاتها",
)
