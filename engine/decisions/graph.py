"""Builds the decision requirement graph of a model and of the models it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from engine.decisions import document
from engine.decisions.boxed import box_in, compile_box
from engine.decisions.document import label_of, name_of
from engine.decisions.errors import DecisionError
from engine.decisions.item_types import ItemTypes
from engine.decisions.logic import ModelProblem, Surroundings
from engine.decisions.requirements import Kind, Node
from engine.decisions.tables import Table
from engine.text import Text

_KINDS: dict[str, Kind] = {
    "inputData": "input",
    "decision": "decision",
    "businessKnowledgeModel": "knowledge",
    "decisionService": "service",
}
_REQUIREMENTS = (
    *("informationRequirement/requiredInput", "informationRequirement/requiredDecision"),
    "knowledgeRequirement/requiredKnowledge",
)
_NAMED = ("itemComponent", "variable", "column", "output", "inputData", "decision", "formalParameter")


class Graph:
    """The elements of one model, compiled; the tables among them, and what is wrong with them."""

    def __init__(self, root: Element, imported: Sequence[tuple[str, Graph]]) -> None:
        self.namespace = root.get("namespace", "")
        self.label = label_of(root)
        self.problems: list[ModelProblem] = []
        self.tables: list[Table] = []
        self._root = root
        self._imported = imported  # with the names of the imports, which may be empty
        self.types: ItemTypes = ItemTypes(root, [(name, graph.types) for name, graph in imported])
        own = {name_of(part) for tag in _NAMED for part in root.iter(tag)}
        self.entries: frozenset[str] = frozenset(own).union(*(graph.entries for _, graph in imported))
        self.nodes: dict[str, Node] = {node.id: node for node in self._nodes()}
        self._connect()
        self._tell_type_problems()

    @classmethod
    def read(cls, xml: bytes, imports: Mapping[str, bytes]) -> Graph:
        """The graph of a model; raises DecisionError."""
        roots = [document.read(content) for content in imports.values()]
        return _Imports(dict(zip(imports, roots, strict=True))).graph(document.read(xml))

    def of_kind(self, kind: Kind) -> Iterator[Node]:
        """The elements of one kind, as they stand in the file."""
        return (node for node in self.nodes.values() if node.kind == kind)

    def _nodes(self) -> Iterator[Node]:
        for element in self._root:
            if element.tag in _KINDS:
                variable = element.find("variable")
                reference = variable.get("typeRef") if variable is not None else None
                name = name_of(element) or name_of(variable)
                identity = element.get("id") or name
                yield Node(identity, name, label_of(element), _KINDS[element.tag], self.types.of(reference))

    def _connect(self) -> None:
        """Requirements first, for all elements, then the logic, which needs the names they bring."""
        elements = [element for element in self._root if element.tag in _KINDS]
        pairs = list(zip(elements, self.nodes.values(), strict=False))
        for element, node in pairs:
            node.requirements = self._targets(element, *_REQUIREMENTS)
            if node.kind == "service":
                node.parameters = self._targets(element, "inputData", "inputDecision")
                node.outputs = self._targets(element, "outputDecision")
        for element, node in pairs:
            self._compile(element, node)

    def _targets(self, element: Element, *paths: str) -> list[tuple[str, Node]]:
        found = []
        for path in paths:
            for reference in element.findall(path):
                href = reference.get("href", "")
                target = self._find(href)
                if target is None:
                    self.problems.append(ModelProblem(element.get("id", ""), _MISSING.format(href=href)))
                else:
                    found.append(target)
        return found

    def _find(self, href: str) -> tuple[str, Node] | None:
        namespace, _, identity = href.rpartition("#")
        if identity in self.nodes and namespace in ("", self.namespace):
            return "", self.nodes[identity]
        for name, graph in self._imported:
            if graph.namespace == namespace and identity in graph.nodes:
                return name, graph.nodes[identity]
        return None

    def _compile(self, element: Element, node: Node) -> None:
        names = {prefix or required.name for prefix, required in node.requirements}
        around = Surroundings(node.id, self.types, frozenset(names), self.entries, self.problems, self.tables)
        if node.kind == "decision":
            node.run = compile_box(box_in(element), around)
        elif node.kind == "knowledge":
            logic = element.find("encapsulatedLogic")
            if logic is not None:
                logic.tag = "functionDefinition"
                node.run = compile_box(logic, around.knowing([node.name]))

    def _tell_type_problems(self) -> None:
        for identity, error in self.types.problems:
            self.problems.append(ModelProblem(identity, error.reason))
        for name in self.types.unknown:
            self.problems.append(ModelProblem(self._root.get("id", ""), _NO_TYPE.format(name=name)))


class _Imports:
    """The models that may be imported, each read once."""

    def __init__(self, roots: Mapping[str, Element]) -> None:
        self._roots = {**roots, **{root.get("namespace", ""): root for root in roots.values()}}
        self._graphs: dict[str, Graph] = {}
        self._reading: list[str] = []

    def graph(self, root: Element) -> Graph:
        """The graph of a model, after those of its imports."""
        namespace = root.get("namespace", "")
        if namespace in self._reading:
            raise DecisionError(name_of(root), 0, _IMPORT_CIRCLE)
        self._reading.append(namespace)
        imported: list[tuple[str, Graph]] = []
        for element in root.findall("import"):
            if "/dmn/" in element.get("importType", "").lower():
                wanted = element.get("namespace", "")
                imported.append((name_of(element), self._imported(wanted, name_of(root))))
        self._reading.pop()
        return Graph(root, imported)

    def _imported(self, namespace: str, importer: str) -> Graph:
        if namespace not in self._graphs:
            if namespace not in self._roots:
                raise DecisionError(importer, 0, _NO_IMPORT.format(namespace=namespace))
            self._graphs[namespace] = self.graph(self._roots[namespace])
        return self._graphs[namespace]


_MISSING = Text(
    "the required element {href} does not exist; draw the requirement again",
    "العنصر المطلوب {href} غير موجود؛ ارسم المتطلب من جديد",
)
_NO_TYPE = Text(
    "the type “{name}” is not defined; define it or choose another", "النوع «{name}» غير معرف؛ عرفه أو اختر نوعا آخر"
)
_NO_IMPORT = Text(
    "the imported model {namespace} was not given; add its file",
    "النموذج المستورد {namespace} غير متوفر؛ أضف ملفه",
)
_IMPORT_CIRCLE = Text("models import each other in a circle", "النماذج تستورد بعضها في دائرة")
