"""Variables by their names and paths: where they are, and how one entry of a context is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.execution.running.workflows import ScopeFlow


def put(value: object, path: list[str], new: object) -> object:
    """The value with the entry at the path, however deep, replaced; without a path the new value itself."""
    if not path:
        return new
    entries = dict(value) if isinstance(value, Mapping) else {}
    entries[path[0]] = put(entries.get(path[0]), path[1:], new)
    return entries


def names(variables: Mapping[str, object], before: str = "") -> Iterator[str]:
    """Variables and, of contexts, their entries as paths."""
    for name, value in variables.items():
        if isinstance(value, Mapping) and value:
            yield from names(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def scope_key(flow: ScopeFlow) -> str:
    """Which running scope this is; empty for the process itself."""
    return "" if flow.host is None else flow.host.key
