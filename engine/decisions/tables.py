"""Compiles decision tables: which rules match, and what their hit policy makes of it (DMN 1.5, chapter 8)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from engine.decisions import hit_policies
from engine.decisions.compiler import Run, refuse
from engine.decisions.document import IHALA, name_of, text_of
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.feel import UnaryTests
from engine.decisions.logic import Surroundings
from engine.decisions.scope import Scope
from engine.decisions.types import ANY, Type, coerce
from engine.text import Text

Cell = UnaryTests | DecisionError


@dataclass(frozen=True, slots=True)
class Input:
    """One input column."""

    label: Text
    run: Run
    type: Type
    allowed: Cell | None  # as the column says: other values make the result null
    domain: UnaryTests | None  # as the column or its type says, for finding gaps
    text: str = ""  # of its expression


@dataclass(frozen=True, slots=True)
class Output:
    """One output column; `values` in order of priority."""

    name: str
    type: Type
    values: UnaryTests | None
    default: Run | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the tests of its input cells, and the logic of its output cells."""

    id: str
    cells: tuple[Cell, ...]
    outputs: tuple[Run, ...]
    output_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table, and the decision or knowledge model that it belongs to."""

    element: str
    owner: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    policy: str
    aggregation: str

    def values_of_inputs(self, scope: Scope) -> list[Value]:
        """The value of every input expression, as one of its type."""
        return [coerce(column.run(scope), column.type) for column in self.inputs]

    def matching(self, values: list[Value], scope: Scope) -> list[int]:
        """The places of the rules that match."""
        return [place for place, rule in enumerate(self.rules) if _matches(rule, values, scope)]

    def result(self, rule: Rule, scope: Scope) -> Value:
        """What a matching rule says: one value, or a context of several."""
        values = [coerce(run(scope), out.type) for run, out in zip(rule.outputs, self.outputs, strict=False)]
        return values[0] if len(self.outputs) == 1 else dict(zip((o.name for o in self.outputs), values, strict=True))

    def default(self, scope: Scope) -> Value:
        """What holds where no rule matches; null without defaults."""
        if not any(output.default for output in self.outputs):
            return hit_policies.nothing_matched(self.policy, self.aggregation)
        values = [coerce(o.default(scope), o.type) if o.default else None for o in self.outputs]
        return values[0] if len(self.outputs) == 1 else dict(zip((o.name for o in self.outputs), values, strict=True))


def _matches(rule: Rule, values: list[Value], scope: Scope) -> bool:
    return all(_holds(cell, value, scope) is True for cell, value in zip(rule.cells, values, strict=False))


def _holds(cell: Cell, value: Value, scope: Scope) -> bool | None:
    if isinstance(cell, DecisionError):
        raise refuse(cell.expression, cell)
    try:
        return cell.matches(value, scope)
    except DecisionError as error:
        raise refuse(cell.text, error) from error


def compile_table(element: Element, around: Surroundings) -> Run:
    """The logic of a decision table."""
    table = read_table(element, around)
    around.tables.append(table)

    def run(scope: Scope) -> Value:
        scope.evaluation.spend(len(table.rules))
        values = table.values_of_inputs(scope)
        if not all(_is_allowed(column, value, scope) for column, value in zip(table.inputs, values, strict=True)):
            return None
        places = table.matching(values, scope)
        for place in places:
            scope.evaluation.matched.append(table.rules[place].id)
        if not places:
            return table.default(scope)
        results = [table.result(table.rules[place], scope) for place in places]
        return hit_policies.apply(table, places, results, scope)

    return run


def _is_allowed(column: Input, value: Value, scope: Scope) -> bool:
    return value is None or column.allowed is None or _holds(column.allowed, value, scope) is True


def read_table(element: Element, around: Surroundings) -> Table:
    """The table with all its cells parsed; cells that cannot be parsed are told as problems."""
    outputs = element.findall("output")
    return Table(
        element.get("id") or around.element,
        around.element,
        tuple(_input(column, around) for column in element.findall("input")),
        tuple(_output(column, around, alone=len(outputs) == 1, table=element) for column in outputs),
        tuple(_rule(rule, number, around) for number, rule in enumerate(element.findall("rule"), 1)),
        hit_policies.POLICIES.get(element.get("hitPolicy", "UNIQUE").strip().upper(), "UNIQUE"),
        element.get("aggregation", ""),
    )


def _input(column: Element, around: Surroundings) -> Input:
    expression = column.find("inputExpression")
    text = text_of(expression)
    label = Text(column.get("label") or text, column.get(f"{IHALA}nameAr", ""))
    where = Text("input “{label}”", "المدخل «{label}»").format(label=Text(label.en, label.in_("ar")))
    kind = around.type(expression.get("typeRef")) if expression is not None else ANY
    values = text_of(column.find("inputValues"))
    allowed = around.tests(values, where) if values else None
    reference = expression.get("typeRef") if expression is not None else None
    domain = around.types.allowed(reference) if allowed is None else allowed
    run = around.expression(text, where)
    return Input(label, run, kind, allowed, domain if isinstance(domain, UnaryTests) else None, text)


def _output(column: Element, around: Surroundings, *, alone: bool, table: Element) -> Output:
    where = Text(f"output “{name_of(column)}”", f"المخرج «{name_of(column)}»")
    reference = column.get("typeRef") or (table.get("typeRef") if alone else None)
    values = text_of(column.find("outputValues"))
    tests = around.tests(values, where) if values else around.types.allowed(reference)
    default = column.find("defaultOutputEntry")
    return Output(
        name_of(column),
        around.type(column.get("typeRef")),
        tests if isinstance(tests, UnaryTests) else None,
        None if default is None else around.expression(text_of(default), where),
    )


def _rule(rule: Element, number: int, around: Surroundings) -> Rule:
    where = Text(f"rule {number}", f"القاعدة {number}")
    cells = tuple(around.tests(text_of(cell), where, number) for cell in rule.findall("inputEntry"))
    texts = tuple(text_of(cell) for cell in rule.findall("outputEntry"))
    outputs = tuple(around.expression(text, where, number) for text in texts)
    return Rule(rule.get("id") or f"{around.element}::rule_{number}", cells, outputs, texts)
