"""Which names an expression reads from outside, with the properties it asks of them."""

from __future__ import annotations

from engine.decisions import syntax
from engine.decisions.builtins import FUNCTIONS
from engine.decisions.syntax import Node

Path = tuple[str, ...]
_Found = tuple[Path, Path]  # the list whose items' entries are in scope, and the path itself


def of(node: Node, declared: frozenset[str] = frozenset()) -> set[Path]:
    """The paths of the free names; names of built-in functions are left out."""
    return {_outside(path, declared) for path in _free(node, frozenset(), None)}


def _outside(path: _Found, declared: frozenset[str]) -> Path:
    """A name inside a filter is an entry of the items, unless it is declared outside."""
    item, own = path
    return own if own[0] in declared else (*item, *own)


def _free(node: Node, bound: frozenset[str], item: Path | None) -> set[_Found]:
    """`item` is the path of the list whose items' entries are in scope, inside a filter."""
    path = _path(node)
    if path is not None:
        return _of_path(path, bound, item)
    if isinstance(node, syntax.Filter):
        base = _path(node.base) or ()
        return _free(node.base, bound, item) | _free(node.test, bound | {"item"}, base)
    if isinstance(node, (syntax.For, syntax.Quantified)):
        return _of_iterations(node, bound, item)
    if isinstance(node, syntax.FunctionDefinition):
        inner = bound | {name for name, _ in node.parameters}
        return _free(node.body, inner, item) if node.body else set()
    if isinstance(node, syntax.ContextLiteral):
        return _of_context(node, bound, item)
    return set().union(*(_free(child, bound, item) for child in node.children()))


def _path(node: Node) -> Path | None:
    if isinstance(node, syntax.Name):
        return (node.name,)
    if isinstance(node, syntax.Path):
        base = _path(node.base)
        return (*base, node.name) if base else None
    return None


def _of_path(path: Path, bound: frozenset[str], item: Path | None) -> set[_Found]:
    if path[0] in bound or (path[0] in FUNCTIONS and len(path) == 1):
        return set()
    return {(() if path[0] == "?" else item or (), path)}


def _of_iterations(node: syntax.For | syntax.Quantified, bound: frozenset[str], item: Path | None) -> set[_Found]:
    found: set[_Found] = set()
    inner = bound | {"partial"}
    for iteration in node.iterations:
        found |= _free(iteration.first, inner, item)
        if iteration.last:
            found |= _free(iteration.last, inner, item)
        inner |= {iteration.name}
    return found | _free(node.body, inner, item)


def _of_context(node: syntax.ContextLiteral, bound: frozenset[str], item: Path | None) -> set[_Found]:
    found: set[_Found] = set()
    for name, value in node.entries:
        found |= _free(value, bound, item)
        bound |= {name}
    return found
