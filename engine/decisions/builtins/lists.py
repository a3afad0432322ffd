"""List functions of FEEL (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from types import NoneType

from engine.decisions import comparing
from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import Function, Value
from engine.decisions.errors import DecisionError
from engine.decisions.scope import LARGEST_STEPS, Evaluation, charge
from engine.text import Text


def limited(items: list[Value]) -> list[Value]:
    """The same list; refuses one that grows beyond reason."""
    if len(items) > LARGEST_STEPS:
        raise DecisionError("", 0, Text("a list grows too long", "قائمة تصبح طويلة جدا"))
    return items


def same(left: Value, right: Value) -> bool:
    """Whether two values are equal; null equals null."""
    return comparing.equal(left, right) is True


@builtin("list contains(list: list, element: any)")
def list_contains(items: list[Value], element: Value) -> bool:
    """Whether an item equals the element."""
    return any(same(item, element) for item in items)


@builtin("count(list: list)", "count(...c: any)")
def count(items: list[Value]) -> Decimal:
    """The number of items."""
    return Decimal(len(items))


@builtin("all(list: list)", "all(...b: any)")
def all_true(items: list[Value]) -> bool | None:
    """False where an item is false, true where all are true, else null."""
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@builtin("any(list: list)", "any(...b: any)")
def any_true(items: list[Value]) -> bool | None:
    """True where an item is true, false where all are false, else null."""
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


@builtin("sublist(list: list, start position: whole, length?: whole)")
def sublist(items: list[Value], start: int, length: int | None = None) -> list[Value] | None:
    """The items from a place on, counted from 1 or from the end; null outside the list."""
    if not 1 <= abs(start) <= len(items) or (length is not None and length < 0):
        return None
    first = start - 1 if start > 0 else len(items) + start
    if length is None:
        return items[first:]
    return items[first : first + length] if first + length <= len(items) else None


@builtin("append(list: list, ...item: any)")
def append(items: list[Value], further: list[Value]) -> list[Value]:
    """The list with further items at its end."""
    return limited([*items, *further])


@builtin("concatenate(...list: list)")
def concatenate(lists: list[list[Value]]) -> list[Value]:
    """All the items of all the lists."""
    return limited([item for items in lists for item in items])


@builtin("insert before(list: list, position: whole, newItem: any)")
def insert_before(items: list[Value], position: int, item: Value) -> list[Value] | None:
    """The list with the item before a place."""
    if not 1 <= abs(position) <= len(items):
        return None
    at = position - 1 if position > 0 else len(items) + position
    return [*items[:at], item, *items[at:]]


@builtin("remove(list: list, position: whole)")
def remove(items: list[Value], position: int) -> list[Value] | None:
    """The list without the item at a place."""
    if not 1 <= abs(position) <= len(items):
        return None
    at = position - 1 if position > 0 else len(items) + position
    return items[:at] + items[at + 1 :]


@builtin("list replace(list: list, position: whole, newItem: any)")
def replace_at(items: list[Value], position: int, item: Value) -> list[Value] | None:
    """The list with another item at a place."""
    if not 1 <= abs(position) <= len(items):
        return None
    at = position - 1 if position > 0 else len(items) + position
    return [*items[:at], item, *items[at + 1 :]]


@builtin("list replace(list: list, match: test, newItem: any)", asks_evaluation=True)
def replace_matching(evaluation: Evaluation, items: list[Value], match: Function, new: Value) -> list[Value] | None:
    """The list with another item for every one that `match(item, newItem)` holds for."""
    if len(match.parameters) != 2:
        return None
    matches = [match.invoke(evaluation, [item, new], None) for item in items]
    if not all(isinstance(found, bool) for found in matches):
        return None
    return [new if found else item for item, found in zip(items, matches, strict=True)]


@builtin("reverse(list: list)")
def reverse(items: list[Value]) -> list[Value]:
    """The items from the last to the first."""
    return items[::-1]


@builtin("index of(list: list, match: any)")
def index_of(items: list[Value], match: Value) -> list[Decimal]:
    """The places, counted from 1, of the items that equal the match."""
    return [Decimal(place) for place, item in enumerate(items, 1) if same(item, match)]


@builtin("distinct values(list: list)")
def distinct_values(items: list[Value]) -> list[Value]:
    """The items without repetitions."""
    plain: set[tuple[type, Value]] = set()
    others: list[Value] = []
    found: list[Value] = []
    for item in items:
        if type(item) in (Decimal, str, bool, NoneType):
            is_new = (type(item), item) not in plain
            plain.add((type(item), item))
        else:
            charge(len(others))
            is_new = not any(same(item, known) for known in others)
            others.append(item)
        if is_new:
            found.append(item)
    return found


@builtin("union(...list: list)")
def union(lists: list[list[Value]]) -> list[Value]:
    """The items of all the lists without repetitions."""
    return distinct_values(concatenate(lists))


@builtin("flatten(list: list)")
def flatten(items: list[Value]) -> list[Value]:
    """The items of all the lists within lists."""
    flat: list[Value] = []
    charge(len(items))
    for item in items:
        flat.extend(flatten(item) if isinstance(item, list) else [item])
    return limited(flat)


@builtin("sort(list: list, precedes?: test|null)", asks_evaluation=True)
def sort(evaluation: Evaluation, items: list[Value], precedes: Function | None = None) -> list[Value] | None:
    """The items in the order in which `precedes(a, b)` puts them, or in their own."""
    if precedes is None:
        if items and not comparing.comparable(items):
            return None
        return sorted(items, key=cmp_to_key(lambda a, b: comparing.compare(a, b) or 0))
    if len(precedes.parameters) != 2:
        return None

    def order(a: Value, b: Value) -> int:
        if precedes.invoke(evaluation, [a, b], None) is True:
            return -1
        return 1 if precedes.invoke(evaluation, [b, a], None) is True else 0

    return sorted(items, key=cmp_to_key(order))
