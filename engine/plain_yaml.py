"""Reads YAML of the mechanism as plain values: no tags, no aliases that grow without bound, nothing nested for ever."""

from __future__ import annotations

from typing import Any

import yaml

LARGEST = 200_000
"""Bytes of a file: a long story has ten thousand."""
DEEPEST = 40
"""Levels of lists and groups inside one another: nobody writes more."""


class _Plain(yaml.SafeLoader):
    """The safe loader, which makes no Python objects, without aliases: ten of them can stand for millions of values."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise self._refused("an alias (*name) cannot be used here")
        if self.depth >= DEEPEST:
            raise self._refused(f"lists and groups may stand {DEEPEST} deep in one another")
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def _refused(self, why: str) -> yaml.YAMLError:
        where = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the types of PyYAML leave it out
        return yaml.YAMLError(f"line {where.line + 1}: {why}")


def load(content: bytes) -> Any:
    """The values in the file. Raises `yaml.YAMLError` with the place, for what is no YAML and for what is not plain."""
    if len(content) > LARGEST:
        raise yaml.YAMLError(f"the file is larger than {LARGEST // 1000} KB")
    try:
        return yaml.load(content, Loader=_Plain)
    except (ValueError, OverflowError) as error:  # a date such as 2026-13-45, bytes that are no text
        raise yaml.YAMLError(str(error)) from error
