"""Context functions of FEEL (DMN 1.5, 10.3.4.10)."""

from __future__ import annotations

from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import Value

_Context = dict[str, Value]


@builtin("get value(m: context, key: string)", "get value(context: context, key: string)")
def get_value(context: _Context, key: str) -> Value:
    """The value of one entry."""
    return context.get(key)


@builtin("get value(m: context, keys: strings)")
def get_nested_value(context: Value, keys: list[str]) -> Value:
    """The value at the end of a path of keys."""
    if not keys:
        return None
    for key in keys:
        if not isinstance(context, dict):
            return None
        context = context.get(key)
    return context


@builtin("get entries(m: context)", "get entries(context: context)")
def get_entries(context: _Context) -> list[Value]:
    """The entries as contexts with `key` and `value`."""
    return [{"key": name, "value": value} for name, value in context.items()]


@builtin("context(entries: contexts)")
def context_of(entries: list[_Context]) -> _Context | None:
    """The context with these entries; null where one is no entry or comes twice."""
    context: _Context = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(key, str) or "value" not in entry or key in context:
            return None
        context[key] = entry["value"]
    return context


@builtin("context put(context: context, key: string, value: any)")
def context_put(context: _Context, key: str, value: Value) -> _Context:
    """The context with one entry set."""
    return {**context, key: value}


@builtin("context put(context: context, keys: strings, value: any)")
def context_put_nested(context: Value, keys: list[str], value: Value) -> _Context | None:
    """The context with the entry at the end of a path of keys set; null where the path leads through no context."""
    if not isinstance(context, dict) or not keys or not all(isinstance(key, str) for key in keys):
        return None
    first, *rest = keys
    if not rest:
        return {**context, first: value}
    inner = context_put_nested(context.get(first), rest, value)
    return None if inner is None else {**context, first: inner}


@builtin("context merge(contexts: contexts)")
def context_merge(contexts: list[_Context]) -> _Context | None:
    """One context with the entries of all; a later one wins."""
    if not all(isinstance(context, dict) for context in contexts):
        return None
    return {name: value for context in contexts for name, value in context.items()}
