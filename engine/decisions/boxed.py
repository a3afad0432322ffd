"""Compiles boxed expressions: contexts, invocations, lists, relations, functions, and the forms of DMN 1.4."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from xml.etree.ElementTree import Element

from engine.decisions.calls import closure
from engine.decisions.compiler import Run
from engine.decisions.document import name_of, text_of
from engine.decisions.domain import Function, Parameter, Value
from engine.decisions.logic import Surroundings, typed
from engine.decisions.loops import filtered, for_loop, items_of, quantified
from engine.decisions.scope import Scope
from engine.decisions.tables import compile_table
from engine.decisions.types import FunctionOf
from engine.text import Text

_Box: TypeAlias = Callable[[Element, Surroundings], Run]

_EXPRESSION = Text("expression", "التعبير")


def compile_box(element: Element | None, around: Surroundings) -> Run:
    """The logic of a boxed expression; null where there is none."""
    if element is None:
        return lambda scope: None
    run = _BOXES[element.tag](element, around)
    if element.tag == "functionDefinition":
        return run  # its type is told of what it returns
    return typed(run, around.type(element.get("typeRef")))


def box_in(element: Element | None) -> Element | None:
    """The boxed expression directly inside an element."""
    return None if element is None else next((child for child in element if child.tag in _BOXES), None)


def _inside(element: Element, tag: str, around: Surroundings) -> Run:
    return compile_box(box_in(element.find(tag)), around)


def _literal(element: Element, around: Surroundings) -> Run:
    language = element.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        around.problem(
            Text(
                f"only FEEL expressions are run, not {language}; rewrite the expression in FEEL",
                f"تنفذ تعابير FEEL وحدها لا {language}؛ أعد كتابة التعبير بلغة FEEL",
            )
        )
        return lambda scope: None
    return around.expression(text_of(element), _EXPRESSION)


def _context(element: Element, around: Surroundings) -> Run:
    entries: list[tuple[str, Run]] = []
    result: Run | None = None
    for entry in element.findall("contextEntry"):
        variable = entry.find("variable")
        name = name_of(variable)
        value = compile_box(box_in(entry), around.knowing([name]) if _is_function(entry) else around)
        if variable is None:
            result = value
            continue
        kind = around.type(variable.get("typeRef"))
        entries.append(
            (name, value if _is_function(entry) and not isinstance(kind, FunctionOf) else typed(value, kind))
        )
        around = around.knowing([name])

    def run(scope: Scope) -> Value:
        context: dict[str, Value] = {}
        inner = Scope(context, scope, scope.evaluation)
        for name, value in entries:
            context[name] = value(inner)
        return context if result is None else result(inner)

    return run


def _is_function(entry: Element) -> bool:
    return entry.find("functionDefinition") is not None


def _invocation(element: Element, around: Surroundings) -> Run:
    callee = compile_box(box_in(element), around)
    bindings = []
    for binding in element.findall("binding"):
        parameter = binding.find("parameter")
        bindings.append((name_of(parameter), compile_box(box_in(binding), around)))

    def run(scope: Scope) -> Value:
        function = callee(scope)
        if not isinstance(function, Function):
            return None
        if not bindings:
            return function.invoke(scope.evaluation, [], None)
        return function.invoke(scope.evaluation, [], {name: value(scope) for name, value in bindings})

    return run


def _list(element: Element, around: Surroundings) -> Run:
    items = [compile_box(child, around) for child in element if child.tag in _BOXES]
    return lambda scope: [item(scope) for item in items]


def _relation(element: Element, around: Surroundings) -> Run:
    columns = [(name_of(column), around.type(column.get("typeRef"))) for column in element.findall("column")]
    rows = []
    for row in element.findall("row"):
        cells = [compile_box(child, around) for child in row if child.tag in _BOXES]
        rows.append([(name, typed(cell, kind)) for (name, kind), cell in zip(columns, cells, strict=False)])
    return lambda scope: [{name: cell(scope) for name, cell in row} for row in rows]


def _function(element: Element, around: Surroundings) -> Run:
    parameters = tuple(
        Parameter(name_of(parameter), around.type(parameter.get("typeRef")))
        for parameter in element.findall("formalParameter")
    )
    kind = around.type(element.get("typeRef"))
    result = kind.result if isinstance(kind, FunctionOf) else kind
    if element.get("kind", "FEEL") != "FEEL":
        around.problem(
            Text(
                "Java and PMML functions are not run; write the function in FEEL",
                "لا تنفذ دوال Java وPMML؛ اكتب الدالة بلغة FEEL",
            )
        )
        return lambda scope: Function("", parameters, lambda evaluation, positional, named: None, result)
    body = typed(compile_box(box_in(element), around.knowing(p.name for p in parameters)), result)
    return lambda scope: Function(
        "", parameters, closure(parameters, lambda names, ev: body(Scope(names, scope, ev))), result
    )


def _conditional(element: Element, around: Surroundings) -> Run:
    condition, yes, no = (_inside(element, tag, around) for tag in ("if", "then", "else"))
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)


def _filter(element: Element, around: Surroundings) -> Run:
    return filtered(
        _inside(element, "in", around), _inside(element, "match", around.knowing(["item", *around.entries]))
    )


def _domain(element: Element, around: Surroundings) -> Callable[[Scope], Value]:
    """What an iterator goes over: a list, or `1..10` as in a `for` expression."""
    box = box_in(element.find("in"))
    text = text_of(box) if box is not None and box.tag == "literalExpression" else ""
    if ".." in text and text[:1] not in "[](":
        return around.expression(f"for item in {text} return item", _EXPRESSION)
    run = compile_box(box, around)
    return lambda scope: items_of(run(scope))


def _for(element: Element, around: Surroundings) -> Run:
    variable = element.get("iteratorVariable", "")
    body = _inside(element, "return", around.knowing([variable, "partial"]))
    return for_loop([(variable, _domain(element, around))], body, uses_partial=True)


def _quantified(element: Element, around: Surroundings) -> Run:
    variable = element.get("iteratorVariable", "")
    body = _inside(element, "satisfies", around.knowing([variable]))
    return quantified([(variable, _domain(element, around))], body, every=element.tag == "every")


_BOXES: dict[str, _Box] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "list": _list,
    "relation": _relation,
    "functionDefinition": _function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "decisionTable": compile_table,
}
