"""Item definitions of a model as types: structures, collections, functions, allowed values and constraints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from engine.decisions import feel
from engine.decisions.document import name_of, text_of
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.types import ANY, BUILT_IN, Constrained, ContextOf, FunctionOf, ListOf, Type


@dataclass(frozen=True, slots=True)
class Reference(Type):
    """A type named before it is defined, or inside its own definition."""

    name: str
    find: Callable[[str], Type] = field(compare=False, repr=False)

    def holds(self, value: Value) -> bool:
        return self.find(self.name).holds(value)

    def conforms_to(self, other: Type) -> bool:
        return self == other or self.find(self.name).conforms_to(other)


class ItemTypes(Mapping[str, Type]):
    """The types of one model by name; those of imported models as `import.name`."""

    def __init__(self, root: Element, imported: Sequence[tuple[str, ItemTypes]]) -> None:
        self._definitions = {name_of(item): item for item in root.findall("itemDefinition")}
        self._imported = imported
        self._made: dict[str, Type] = {}
        self._making: set[str] = set()
        self.component_names = frozenset(name_of(part) for part in root.iter("itemComponent"))
        self.problems: list[tuple[str, DecisionError]] = []
        self.unknown: list[str] = []  # names of types that are asked for and nowhere defined

    def __getitem__(self, name: str) -> Type:
        if name in self._made:
            return self._made[name]
        if name in self._definitions:
            return self._make(name)
        for prefix, types in self._imported:
            rest = name.removeprefix(f"{prefix}.") if prefix else name
            if (not prefix or rest != name) and rest in types:
                return types[rest]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._definitions
        for prefix, types in self._imported:
            yield from (f"{prefix}.{name}" if prefix else name for name in types)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def of(self, reference: str | None) -> Type:
        """The type that a `typeRef` names; `Any` where it names none."""
        if not reference:
            return ANY
        name = " ".join(reference.split())
        # DMN 1.1 wrote qualified names: `feel:string`, `tns:tPerson`
        for candidate in (name, name.rpartition(":")[2]):
            if candidate in self:
                return self[candidate]
            if candidate in BUILT_IN:
                return BUILT_IN[candidate]
        if name not in self.unknown and name != "undefined":
            self.unknown.append(name)
        return ANY

    def __contains__(self, name: object) -> bool:
        try:
            self[str(name)]
        except KeyError:
            return False
        return True

    def allowed(self, reference: str | None) -> feel.UnaryTests | None:
        """The allowed values of the type a `typeRef` names, for output priorities."""
        definition = self._definitions.get(" ".join((reference or "").split()))
        return None if definition is None else self._tests(definition, "allowedValues")

    def _make(self, name: str) -> Type:
        if name in self._making:
            return Reference(name, self.__getitem__)
        self._making.add(name)
        try:
            self._made[name] = self._defined(self._definitions[name])
        finally:
            self._making.discard(name)
        return self._made[name]

    def _defined(self, definition: Element) -> Type:
        """A definition: its base, its allowed values, made a list where it is a collection, then its constraint."""
        base = self._constrained(definition, self._base(definition), "allowedValues")
        if definition.get("isCollection") == "true":
            base = ListOf(base)
        return self._constrained(definition, base, "typeConstraint")

    def _base(self, definition: Element) -> Type:
        components = definition.findall("itemComponent")
        if components:
            return ContextOf(tuple((name_of(part), self._defined(part)) for part in components))
        function = definition.find("functionItem")
        if function is not None:
            parameters = tuple(self.of(p.get("typeRef")) for p in function.findall("parameters"))
            return FunctionOf(parameters, self.of(function.get("outputTypeRef")))
        reference = definition.find("typeRef")
        return self.of(reference.text if reference is not None else None)

    def _constrained(self, definition: Element, base: Type, tag: str) -> Type:
        tests = self._tests(definition, tag)
        if tests is None:
            return base

        def allows(value: Value) -> bool:
            return tests.matches(value, Scope({"item": value}, None, Evaluation())) is True

        return Constrained(f"{name_of(definition)} {tests.text}", base, allows)

    def _tests(self, definition: Element, tag: str) -> feel.UnaryTests | None:
        element = definition.find(tag)
        if element is None or not text_of(element):
            return None
        try:
            return feel.parse_unary(text_of(element), entries=self.component_names)
        except DecisionError as error:
            self.problems.append((definition.get("id") or name_of(definition), error))
            return None


def complete(value: Value, kind: Type) -> Value:
    """The value with null for every component that its structure names and it lacks, for data from outside."""
    if isinstance(kind, Constrained):
        return complete(value, kind.base)
    if isinstance(kind, Reference):
        return complete(value, kind.find(kind.name)) if isinstance(value, (dict, list)) else value
    if isinstance(kind, ListOf) and isinstance(value, list):
        return [complete(item, kind.element) for item in value]
    if isinstance(kind, ContextOf) and isinstance(value, dict):
        known = {name: complete(value.get(name), part) for name, part in kind.entries}
        return {**value, **known}
    return value
