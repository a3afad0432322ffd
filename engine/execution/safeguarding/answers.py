"""Proofs about decision tables: what a table can answer to all inputs that are given."""

from __future__ import annotations

from collections.abc import Iterator

from engine.decisions import dmn, samples
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.feel import UnaryTests
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.tables import Input, Rule, Table
from engine.execution.safeguarding.breaking import Break, gone, where
from engine.execution.safeguarding.ground import Ground
from engine.execution.safeguarding.kinds import Answered, Tests
from engine.text import Text


def answered(proof: Answered, ground: Ground) -> Iterator[Break]:
    model = ground.material.model_of(proof.table)
    table = None if model is None else _table(model, proof.table)
    if model is None or table is None:
        yield gone(proof.table)
        return
    file = next(file for file, one in ground.material.models.items() if one is model)
    missing = [name for name in proof.given if not any(_is_called(column, name) for column in table.inputs)]
    if missing:
        yield gone(f"{proof.table}: {', '.join(missing)}")
        return
    for rule in _answering(table, proof.given):
        if wrong := _wrong(table, rule, proof.then):
            text = where(proof.where, _said(table, rule, wrong, proof.then))
            yield Break(file, rule.id if rule else proof.table, text)


def _table(model: dmn.Model, decision: str) -> Table | None:
    return next((one for one in model.tables if decision in (one.owner, one.element)), None)


def _is_called(column: Input, name: str) -> bool:
    return name in (column.text, column.label.en)


def _answering(table: Table, given: Tests) -> list[Rule | None]:
    """The rules that can answer, in their order; None where no rule may fit.

    Only which rules fit counts, so inputs that the same rules accept are looked at once.
    """
    alive = {(1 << len(table.rules)) - 1}
    for place, column in enumerate(table.inputs):
        tests = [test for name, test in given.items() if _is_called(column, name)]
        accepted = {_accepting(table, place, value) for value in _values(table, place, tests)}
        alive = {rules & bits for rules in alive for bits in accepted}
    numbers: set[int | None] = set()
    for rules in alive:
        fitting = [number for number in range(len(table.rules)) if rules >> number & 1]
        numbers |= set(fitting[:1] if table.policy == "FIRST" else fitting) or {None}
    found = sorted(number for number in numbers if number is not None)
    return [*(table.rules[number] for number in found), *([None] if None in numbers else [])]


def _values(table: Table, place: int, tests: list[UnaryTests]) -> list[Value]:
    """Values that stand for all others of a column and fit the tests; an absent one is among them."""
    column = table.inputs[place]
    cells = [one for rule in table.rules if isinstance(one := rule.cells[place], UnaryTests)]
    found = samples.of_column(column.type, [*cells, *tests], column.domain) or [samples.OTHER_TEXT]
    return [one for one in (*found, None) if all(test.evaluate(one, {}) is True for test in tests)]


def _accepting(table: Table, place: int, value: Value) -> int:
    """The rules whose cell accepts the value, a bit for each; a cell that reads anything else may accept it."""
    bits = 0
    for number, rule in enumerate(table.rules):
        cell = rule.cells[place]
        if not isinstance(cell, UnaryTests) or not samples.is_constant(cell) or cell.evaluate(value, {}) is True:
            bits |= 1 << number
    return bits


def _wrong(table: Table, rule: Rule | None, then: Tests) -> list[str]:
    """The outputs that do not fit; of all rules where none answers, the default."""
    scope = Scope({}, None, Evaluation())
    try:
        value = table.default(scope) if rule is None else table.result(rule, scope)
    except DecisionError:
        return list(then)
    several = value if isinstance(value, dict) and len(table.outputs) > 1 else dict.fromkeys(then, value)
    return [name for name, test in then.items() if test.evaluate(several.get(name), {}) is not True]


def _said(table: Table, rule: Rule | None, wrong: list[str], then: Tests) -> Text:
    asked = ", ".join(f"{name}: {then[name].text}" for name in wrong)
    if rule is None:
        return _NO_RULE.format(table=table.owner, asked=asked)
    about = {"number": table.rules.index(rule) + 1, "table": table.owner, "outputs": ", ".join(rule.output_texts)}
    return _RULE.format(**about, asked=asked)


_RULE = Text(
    "Rule {number} of the table \u2066{table}\u2069 answers \u2066{outputs}\u2069; it must be \u2066{asked}\u2069.",
    "القاعدة {number} من الجدول \u2066{table}\u2069 تعطي \u2066{outputs}\u2069، ويجب أن تكون \u2066{asked}\u2069.",
)
_NO_RULE = Text(
    "No rule of the table \u2066{table}\u2069 answers; it must be \u2066{asked}\u2069.",
    "لا قاعدة في الجدول \u2066{table}\u2069 تنطبق، ويجب أن تكون النتيجة \u2066{asked}\u2069.",
)
