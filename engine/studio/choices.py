"""What a step may name: roles, purposes, operations, tables, processes and messages, in the words of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.execution.checking.material import Material, read
from engine.execution.normalising.diagram import id_of, q
from engine.execution.xml import Element, ihala
from engine.operations import OPERATIONS
from engine.text import Text

Named = tuple[tuple[str, Text], ...]
"""Id and words, in the order of the words."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input of an operation: its name, what it means, and whether it may be left out."""

    name: str
    words: Text
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the elements of one diagram of the set may name."""

    roles: Named
    purposes: Named
    operations: Named
    decisions: Named
    processes: Named
    tasks: Named
    """The user tasks of the diagram itself."""
    messages: tuple[str, ...]
    inputs: Mapping[str, tuple[Parameter, ...]]
    """By operation."""


def choices_of(files: Mapping[str, bytes], path: str) -> Choices:
    """What the diagram at `path` may name; what cannot be read is left out, and said among the problems."""
    material = read(files)
    diagram = material.diagrams.get(path)
    return Choices(
        roles=_of_mechanism(material, "roles"),
        purposes=_of_mechanism(material, "purposes"),
        operations=_sorted((name, one.meaning) for name, one in OPERATIONS.items()),
        decisions=_sorted(
            (one.id, one.label) for model in material.models.values() for one in model.decisions.values()
        ),
        processes=_sorted((name, _words(one)) for name, (_, one) in material.called().items()),
        tasks=_sorted((id_of(one), _words(one)) for one in diagram.author.iter(q("userTask"))) if diagram else (),
        messages=tuple(sorted(_messages(material))),
        inputs={
            name: tuple(Parameter(key, words, key in one.optional) for key, words in one.inputs.items())
            for name, one in OPERATIONS.items()
        },
    )


def _of_mechanism(material: Material, table: str) -> Named:
    rows = (material.mechanism or {}).get(table, {})
    if not isinstance(rows, Mapping):
        return ()
    return _sorted((key, _text(one, key)) for key, one in rows.items() if isinstance(one, Mapping))


def _text(row: Mapping[str, object], key: str) -> Text:
    return Text(str(row.get("en") or key), str(row.get("ar") or ""))


def _words(element: Element) -> Text:
    return Text(element.get("name") or id_of(element), element.get(ihala("nameAr")) or "")


def _messages(material: Material) -> set[str]:
    named = (one.get("name") for diagram in material.diagrams.values() for one in diagram.author.iter(q("message")))
    return {name for name in named if name}


def _sorted(rows: Iterator[tuple[str, Text]]) -> Named:
    return tuple(sorted(rows, key=lambda one: one[1].en.casefold()))
