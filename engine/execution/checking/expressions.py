"""Every expression of a diagram with the element it belongs to, and what is wrong with its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.decisions import feel, syntax
from engine.decisions.builtins import FUNCTIONS
from engine.decisions.errors import DecisionError
from engine.execution.checking.constructs import named_ancestor
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.checking.timers import is_time, looks_like_time
from engine.execution.failures import StepFailed
from engine.execution.normalising.diagram import FLOW_NODES, Element, id_of, kind, processes
from engine.execution.running.expressions import assignments
from engine.execution.xml import ihala

CONDITIONS = frozenset({"conditionExpression", "condition", "loopCondition", "loopCardinality", "completionCondition"})
TIMES = frozenset({"timeDuration", "timeDate", "timeCycle"})
FOREIGN_WORDS = frozenset({"True", "False", "None", "is", "not", "lambda", "undefined", "typeof"})
"""Words of Python and JavaScript that FEEL would take for (parts of) names."""
ATTRIBUTES = ("organisation", "role", "correlation", "collection")


@dataclass(frozen=True, slots=True)
class Written:
    """One FEEL text, the node or flow it stands in, what it is for, and the process it is evaluated in if called."""

    element: str
    text: str
    role: str
    process: str
    called: str = ""


def written(root: Element) -> Iterator[Written]:
    """The expressions of all executable processes of one author's diagram."""
    for process in processes(root):
        for element in process.iter():
            yield from _of_element(element, id_of(process))


def _of_element(element: Element, process: str) -> Iterator[Written]:
    name = kind(element)
    owner = named_ancestor(element) if name else ""
    if name in CONDITIONS | TIMES:
        text = "".join(str(piece) for piece in element.itertext()).strip()
        if text:
            yield Written(owner, text, name, process)
    elif name == "scriptTask":
        for _, value in assigned(element):
            yield Written(owner, value, name, process)
    elif element.tag in (ihala("input"), ihala("output")):
        node = next(one for one in element.iterancestors() if kind(one) in FLOW_NODES or kind(one) == "process")
        called = node.get("calledElement", "") if element.tag == ihala("output") else ""
        yield Written(id_of(node), (element.text or "").strip(), "value", process, called)
    for attribute in ATTRIBUTES if name else ():
        if text := (element.get(ihala(attribute)) or "").strip():
            yield Written(owner, text, attribute, process)


def script_of(task: Element) -> str:
    script = next((child for child in task if kind(child) == "script"), None)
    return "" if script is None else "".join(str(piece) for piece in script.itertext())


def assigned(task: Element) -> list[tuple[str, str]]:
    """The names a script task writes and their expressions; nothing where a line cannot be read."""
    try:
        return list(assignments(script_of(task), id_of(task)))
    except StepFailed:
        return []


def script_findings(root: Element) -> Iterator[Finding]:
    """Scripts with a line that assigns nothing."""
    for process in processes(root):
        for task in process.iter():
            if kind(task) == "scriptTask":
                try:
                    list(assignments(script_of(task), id_of(task)))
                except StepFailed as failure:
                    yield found("script_line", id_of(task), reason=failure.reason)


def parsed(one: Written, names: frozenset[str]) -> feel.Expression | Finding | None:
    """The expression, or what is wrong with it; None where it is a fixed time."""
    if one.role in TIMES:
        if is_time(one.role, one.text):
            return None
        if looks_like_time(one.text):
            return found("timer_text", one.element, text=one.text)
    if not one.text:
        return found("expression_empty", one.element)
    try:
        expression = feel.parse(one.text.removeprefix("=").strip(), names)
    except DecisionError as error:
        return found("expression_unreadable", one.element, text=one.text, reason=error.reason)
    return _foreign(one, expression) or _unknown_function(one, expression, names) or expression


def _foreign(one: Written, expression: feel.Expression) -> Finding | None:
    """FEEL reads `x is None` as one long name: words of other languages in a name that nobody gave."""
    for path in sorted(expression.paths()):
        for name in path:
            if FOREIGN_WORDS & set(name.split()):
                return found("other_language", one.element, text=one.text, name=name)
    return None


def _unknown_function(one: Written, expression: feel.Expression, names: frozenset[str]) -> Finding | None:
    """A call of something FEEL does not know: mostly an expression in another language that happens to be readable."""
    functions = [node for node in syntax.walk(expression.node) if isinstance(node, syntax.FunctionDefinition)]
    known = {name for function in functions for name, _ in function.parameters} | names | FUNCTIONS.keys()
    for node in syntax.walk(expression.node):
        name = _called_name(node)
        if name and name not in known:
            return found("function_unknown", one.element, name=name, text=one.text)
    return None


def _called_name(node: syntax.Node) -> str:
    if not isinstance(node, syntax.Call):
        return ""
    if isinstance(node.callee, syntax.Name):
        return node.callee.name
    return f".{node.callee.name}" if isinstance(node.callee, syntax.Path) else ""
