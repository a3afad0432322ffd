"""What holds for every value: printed and read again it is itself; logic, order and ranges keep their laws."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.decisions.errors import DecisionError
from engine.decisions.feel import evaluate
from engine.decisions.values import from_json, to_json

NUMBERS = some.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=6
)
TEXTS = some.text(some.characters(blacklist_categories=("Cs", "Cc")), max_size=20)
DATES = some.dates(date(1, 1, 1), date(9999, 12, 31))
LENGTHS = some.timedeltas(timedelta(days=-3650), timedelta(days=3650))
TRUTHS = some.sampled_from([True, False, None])
PLAIN = some.one_of(NUMBERS, TEXTS, DATES, LENGTHS, TRUTHS)


def nested(inner: some.SearchStrategy[object]) -> some.SearchStrategy[object]:
    return some.one_of(some.lists(inner, max_size=3), some.dictionaries(TEXTS, inner, max_size=3))


VALUES = some.recursive(PLAIN, nested, max_leaves=6)


@given(VALUES)
def test_a_value_kept_as_json_is_itself_again(value: object) -> None:
    assert from_json(to_json(value)) == value


@given(NUMBERS)
def test_a_number_printed_and_read_is_itself(number: Decimal) -> None:
    assert evaluate("number(string(n)) = n", {"n": number}) is True


@given(DATES)
def test_a_date_printed_and_read_is_itself(day: date) -> None:
    assert evaluate("date(string(d)) = d", {"d": day}) is True


@given(LENGTHS)
def test_a_duration_printed_and_read_is_itself(length: timedelta) -> None:
    assert evaluate("duration(string(d)) = d", {"d": length}) is True


@given(TEXTS)
def test_a_text_is_made_of_its_parts(text: str) -> None:
    assert evaluate('string join(split(t, "-"), "-") = t', {"t": text}) is True


@given(TRUTHS, TRUTHS)
def test_and_and_or_are_each_other_turned_round(one: bool | None, two: bool | None) -> None:
    """De Morgan, in the three-valued logic of the standard (10.3.2.1)."""
    scope = {"a": one, "b": two}
    assert evaluate("not(a and b)", scope) == evaluate("not(a) or not(b)", scope)


@given(NUMBERS, NUMBERS)
def test_of_two_numbers_exactly_one_relation_holds(one: Decimal, two: Decimal) -> None:
    held = evaluate("[a < b, a = b, a > b]", {"a": one, "b": two})
    assert isinstance(held, list)
    assert held.count(True) == 1


@given(NUMBERS, NUMBERS, NUMBERS)
def test_between_is_a_closed_range(value: Decimal, low: Decimal, high: Decimal) -> None:
    scope = {"v": value, "l": low, "h": high}
    assert (
        evaluate("v between l and h", scope) == evaluate("v >= l and v <= h", scope) == evaluate("v in [l..h]", scope)
    )


@given(some.lists(NUMBERS, min_size=1, max_size=8))
def test_a_sorted_list_begins_with_its_least(numbers: list[Decimal]) -> None:
    assert evaluate("sort(l, function(x, y) x < y)[1] = min(l)", {"l": numbers}) is True


@given(some.lists(PLAIN, max_size=6))
def test_a_list_reversed_twice_is_itself(items: list[object]) -> None:
    assert evaluate("reverse(reverse(l))", {"l": items}) == evaluate("l", {"l": items})


@given(DATES.filter(lambda day: day.year < 9000), some.integers(0, 20_000))
def test_a_day_later_is_a_day_after(day: date, days: int) -> None:
    scope = {"d": day, "n": timedelta(days=days)}
    assert evaluate("(d + n) - d = n", scope) is True


@pytest.mark.parametrize("partial", ["1 +", "if true then", "for i in", "[1, 2", '"open', "a.b.", "not("])
def test_an_expression_that_breaks_off_is_refused_at_its_place(partial: str) -> None:
    with pytest.raises(DecisionError) as refused:
        evaluate(partial, {})
    assert refused.value.expression == partial
