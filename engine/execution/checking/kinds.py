"""What kind of value an answer, a decision or an expression gives, as far as the files tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.decisions import dmn, feel, syntax
from engine.decisions.domain import YearsMonths
from engine.decisions.errors import DecisionError
from engine.decisions.tables import Table
from engine.forms import Form, age_band
from engine.forms.model import Field
from engine.text import Text

WORDS = {
    "number": Text("a number", "عدد"),
    "yes or no": Text("yes or no (true, false)", "نعم أو لا (true, false)"),
    "text": Text("a text", "نص"),
    "date": Text("a date", "تاريخ"),
    "time": Text("a time", "وقت"),
    "date and time": Text("a date and time", "تاريخ ووقت"),
    "duration": Text("a duration", "مدة"),
    "list": Text("a list", "قائمة"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of `WORDS`; of texts and lists of texts also which there can be, where that is known."""

    name: str
    options: frozenset[str] | None = None

    @property
    def words(self) -> Text:
        return WORDS[self.name]


Kinds = Mapping[tuple[str, ...], Kind]
"""By path: an activity and its part, or a decision without parts."""

NUMBER, YES_OR_NO = Kind("number"), Kind("yes or no")
_OF_FIELD = {"number": NUMBER, "checkbox": YES_OR_NO, "dynamiclist": Kind("list")}
_OF_VALUE: tuple[tuple[type, str], ...] = (
    (bool, "yes or no"),
    (Decimal, "number"),
    (str, "text"),
    (datetime, "date and time"),
    (date, "date"),
    (time, "time"),
    (timedelta, "duration"),
    (YearsMonths, "duration"),
    (list, "list"),
)


def kinds_of_form(form: Form) -> dict[str, Kind]:
    """The answers that become variables, by key; of a birth date the age."""
    found: dict[str, Kind] = {}
    for field in form.fields:
        if field.becomes == "age":
            bands = frozenset(age_band(years) for years in range(130))
            found |= {"age": NUMBER, "age_band": Kind("text", bands), "age_estimated": YES_OR_NO}
        elif kind := _of_field(field):
            found[field.key] = kind
    return found


def _of_field(field: Field) -> Kind | None:
    if field.kind in ("radio", "select", "checklist"):
        options = frozenset(option.value for option in field.options)
        return Kind("list" if field.kind == "checklist" else "text", options)
    if field.kind == "datetime":
        return Kind(field.subtype.replace("datetime", "date and time")) if field.precision == "day" else None
    return _OF_FIELD.get(field.kind)


def kinds_of_decision(model: dmn.Model, decision: str) -> dict[tuple[str, ...], Kind]:
    """The outputs of the decision's table, where all its rules give values that stand there."""
    table = next((one for one in model.tables if one.owner == decision), None)
    if table is None or table.policy not in ("UNIQUE", "ANY", "FIRST", "PRIORITY"):
        return {}
    alone = len(table.outputs) == 1
    found: dict[tuple[str, ...], Kind] = {}
    for place, output in enumerate(table.outputs):
        if kind := _of_column(table, place):
            found[() if alone else (output.name,)] = kind
    return found


def _of_column(table: Table, place: int) -> Kind | None:
    """The kind of all values of an output column; texts that are calculated have no known options."""
    nodes = [feel_node(rule.output_texts[place]) for rule in table.rules if place < len(rule.output_texts)]
    kinds = {kind_of_node(node, {}) for node in nodes if not _is_null(node)}
    names = {kind.name if kind else "" for kind in kinds}
    if len(names) != 1 or "" in names or table.outputs[place].default is not None:
        return None
    return Kind(names.pop(), _together(kinds))


def _together(kinds: set[Kind | None]) -> frozenset[str] | None:
    options = [kind.options for kind in kinds if kind]
    return frozenset().union(*(one or () for one in options)) if all(options) else None


def feel_node(text: str) -> syntax.Node | None:
    """The parsed text; None where it cannot be read, which is said elsewhere."""
    try:
        return feel.parse(text or "null").node
    except DecisionError:
        return None


def kind_of_node(node: syntax.Node | None, kinds: Kinds) -> Kind | None:
    """The kind of an expression; None where it cannot be told, or is null."""
    if isinstance(node, syntax.Literal):
        name = next((name for kind, name in _OF_VALUE if isinstance(node.value, kind)), None)
        return Kind(name, frozenset({node.value}) if isinstance(node.value, str) else None) if name else None
    if isinstance(node, syntax.Name | syntax.Path):
        return kinds.get(path_of(node))
    if isinstance(node, syntax.ListLiteral):
        return Kind("list", _together({kind_of_node(one, kinds) for one in node.items}) if node.items else None)
    if isinstance(node, _CONDITIONS):
        return YES_OR_NO
    if isinstance(node, syntax.Call) and isinstance(node.callee, syntax.Name):
        return _OF_FUNCTION.get(node.callee.name)
    if isinstance(node, syntax.Arithmetic):
        sides = {kind_of_node(node.left, kinds), kind_of_node(node.right, kinds)}
        return NUMBER if sides == {NUMBER} else None
    return None


def path_of(node: syntax.Node) -> tuple[str, ...]:
    """`a.b.c` as its names; empty where it is more than names."""
    if isinstance(node, syntax.Name):
        return (node.name,)
    if isinstance(node, syntax.Path) and (before := path_of(node.base)):
        return (*before, node.name)
    return ()


def outside_of_loops(node: syntax.Node) -> Iterator[syntax.Node]:
    """The node and what is inside, without parts in which names mean something else: filters, loops, functions."""
    yield node
    if isinstance(node, syntax.Filter):
        yield from outside_of_loops(node.base)
    elif not isinstance(node, syntax.For | syntax.Quantified | syntax.FunctionDefinition | syntax.ContextLiteral):
        for child in node.children():
            yield from outside_of_loops(child)


def _is_null(node: syntax.Node | None) -> bool:
    return isinstance(node, syntax.Literal) and node.value is None


_CONDITIONS = (
    syntax.Comparison,
    syntax.Conjunction,
    syntax.Disjunction,
    syntax.Between,
    syntax.In,
    syntax.InstanceOf,
    syntax.Quantified,
)
_OF_FUNCTION = {
    **dict.fromkeys(("count", "sum", "string length", "abs", "floor", "ceiling", "modulo", "sqrt"), NUMBER),
    **dict.fromkeys(
        ("not", "list contains", "contains", "starts with", "ends with", "matches", "all", "any"), YES_OR_NO
    ),
    **dict.fromkeys(("string", "upper case", "lower case", "substring", "string join", "replace"), Kind("text")),
    "today": Kind("date"),
    "now": Kind("date and time"),
    "duration": Kind("duration"),
    "date": Kind("date"),
    "split": Kind("list"),
}
