"""Compiles function definitions and calls."""

from __future__ import annotations

from collections.abc import Callable

from engine.decisions import syntax
from engine.decisions.compiler import Run, compile_node, compiles
from engine.decisions.domain import Function, Parameter, Value
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.types import coerce


@compiles(syntax.Call)
def _call(node: syntax.Call) -> Run:
    callee, arguments, names = compile_node(node.callee), [compile_node(a) for a in node.arguments], node.names

    def run(scope: Scope) -> Value:
        function = callee(scope)
        values = [argument(scope) for argument in arguments]
        if type(function) is not Function:
            return None
        if names is None:
            return function.invoke(scope.evaluation, values, None)
        return function.invoke(scope.evaluation, [], dict(zip(names, values, strict=True)))

    return run


@compiles(syntax.FunctionDefinition)
def _function_definition(node: syntax.FunctionDefinition) -> Run:
    parameters = tuple(Parameter(name, kind) for name, kind in node.parameters)
    if node.body is None:  # Java and PMML functions are never run
        return lambda scope: Function("", parameters, lambda evaluation, positional, named: None)
    body = compile_node(node.body)

    def run(scope: Scope) -> Function:
        return Function("", parameters, closure(parameters, lambda names, ev: body(Scope(names, scope, ev))))

    return run


def closure(
    parameters: tuple[Parameter, ...], body: Callable[[dict[str, Value], Evaluation], Value]
) -> Callable[[Evaluation, list[Value], dict[str, Value] | None], Value]:
    """How a defined function is invoked: arguments bound and checked, the depth of calls limited."""

    def invoke(evaluation: Evaluation, positional: list[Value], named: dict[str, Value] | None) -> Value:
        given = dict(zip((p.name for p in parameters), positional, strict=False)) if named is None else named
        count = len(positional) if named is None else len(named)
        if count != len(parameters) or any(p.name not in given for p in parameters):
            return None
        names: dict[str, Value] = {}
        for parameter in parameters:
            value = given[parameter.name]
            names[parameter.name] = coerce(value, parameter.type) if parameter.type else value
            if value is not None and names[parameter.name] is None:
                return None
        evaluation.enter()
        try:
            return body(names, evaluation)
        finally:
            evaluation.leave()

    return invoke
