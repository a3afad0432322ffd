"""Relations between points and ranges (DMN 1.5, 10.3.4.9, table 78), after Allen's intervals."""

from __future__ import annotations

from collections.abc import Callable

from engine.decisions.builtins.registry import builtin
from engine.decisions.comparing import compare
from engine.decisions.domain import Range, Value

_Relation = Callable[..., bool]


class _NoOrder(Exception):
    """Two ends cannot be compared."""


def _order(left: Value, right: Value) -> int:
    order = compare(left, right)
    if order is None:
        raise _NoOrder
    return order


def _starts(span: Range, other: Range) -> int:
    """Below zero where the one starts earlier; an included end starts earlier than the same end left out."""
    if span.start is None or other.start is None:
        return (span.start is not None) - (other.start is not None)
    return _order(span.start, other.start) or other.start_included - span.start_included


def _ends(span: Range, other: Range) -> int:
    if span.end is None or other.end is None:
        return (span.end is None) - (other.end is None)
    return _order(span.end, other.end) or span.end_included - other.end_included


def _gap(first: Range, second: Range) -> int:
    """Below zero where the first ends before the second starts, zero where they share exactly one point."""
    if first.end is None or second.start is None:
        return 1
    return _order(first.end, second.start) or (0 if first.end_included and second.start_included else -1)


def _point(value: Value) -> Range:
    return Range(value, value, True, True)


def _relation(name: str, first: str, second: str, holds: _Relation) -> None:
    """Declares one relation for one mixture of points and ranges."""

    def call(left: Value, right: Value) -> bool | None:
        try:
            a, b = (value if isinstance(value, Range) else _point(value) for value in (left, right))
            return holds(a, b)
        except _NoOrder:
            return None

    builtin(f"{name}({first}, {second})")(call)


def _before(a: Range, b: Range) -> bool:
    return _gap(a, b) < 0


def _meets(a: Range, b: Range) -> bool:
    return _gap(a, b) == 0


def _overlaps(a: Range, b: Range) -> bool:
    return _gap(a, b) >= 0 and _gap(b, a) >= 0


def _overlaps_before(a: Range, b: Range) -> bool:
    return _starts(a, b) < 0 and _gap(a, b) >= 0 and _ends(a, b) <= 0


def _finishes(a: Range, b: Range) -> bool:
    return _ends(a, b) == 0 and _starts(a, b) >= 0


def _starts_with(a: Range, b: Range) -> bool:
    return _starts(a, b) == 0 and _ends(a, b) <= 0


def _includes(a: Range, b: Range) -> bool:
    return _starts(a, b) <= 0 and _ends(a, b) >= 0


def _coincides(a: Range, b: Range) -> bool:
    return _starts(a, b) == 0 and _ends(a, b) == 0


def _reversed(holds: _Relation) -> _Relation:
    return lambda a, b: holds(b, a)


_POINTS = ("point1: point", "point2: point")
_POINT_RANGE = ("point: point", "range: range")
_RANGE_POINT = ("range: range", "point: point")
_RANGES = ("range1: range", "range2: range")

for _name, _mixtures, _holds in (
    ("before", (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES), _before),
    ("after", (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES), _reversed(_before)),
    ("meets", (_RANGES,), _meets),
    ("met by", (_RANGES,), _reversed(_meets)),
    ("overlaps", (_RANGES,), _overlaps),
    ("overlaps before", (_RANGES,), _overlaps_before),
    ("overlaps after", (_RANGES,), _reversed(_overlaps_before)),
    ("finishes", (_POINT_RANGE, _RANGES), _finishes),
    ("finished by", (_RANGE_POINT, _RANGES), _reversed(_finishes)),
    ("includes", (_RANGE_POINT, _RANGES), _includes),
    ("during", (_POINT_RANGE, _RANGES), _reversed(_includes)),
    ("starts", (_POINT_RANGE, _RANGES), _starts_with),
    ("started by", (_RANGE_POINT, _RANGES), _reversed(_starts_with)),
    ("coincides", (_POINTS, _RANGES), _coincides),
):
    for _first, _second in _mixtures:
        _relation(_name, _first, _second, _holds)
