"""Data objects and stores: variables live once per scope; arrows that draw data flow become inputs and outputs."""

from __future__ import annotations

from engine.execution.normalising.diagram import Element, executed_scopes, id_of, kind, nodes, parent_of, q
from engine.execution.xml import ihala

THROWERS = frozenset({"sendTask", "intermediateThrowEvent", "endEvent"})
RECEIVERS = frozenset({"callActivity", "businessRuleTask", "serviceTask", "scriptTask", *THROWERS})
"""What sees or sends what it is given, under the name that is drawn; the others read the variables themselves."""
DRAWN = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property")


def take_out_data_flow(root: Element) -> None:
    """SpiffWorkflow would demand drawn inputs, hang on a data object of an outer scope, refuse any data store."""
    for scope in executed_scopes(root):
        for node in nodes(scope):
            _name_loop_data(root, node)
            _write_arrows(root, node)
            for name in DRAWN:
                for child in node.findall(q(name)):
                    node.remove(child)
        for child in scope.findall(q("ioSpecification")):
            scope.remove(child)
    for store in root.findall(q("dataStore")):
        root.remove(store)


def _name_loop_data(root: Element, node: Element) -> None:
    """`loopDataInputRef` names a variable: the data object that flows into the activity's data input, by its id."""
    for loop in node.findall(q("multiInstanceLoopCharacteristics")):
        for name, association, near, far in (
            ("loopDataInputRef", "dataInputAssociation", "targetRef", "sourceRef"),
            ("loopDataOutputRef", "dataOutputAssociation", "sourceRef", "targetRef"),
        ):
            for reference in loop.findall(q(name)):
                reference.text = _variable(root, node, (reference.text or "").strip(), association, near, far)


def _write_arrows(root: Element, node: Element) -> None:
    """What an arrow draws, as `ihala:input` and `ihala:output`, unless the author has written these."""
    drawn = {id_of(one): one.get("name") or id_of(one) for one in node.iter(q("dataInput"), q("dataOutput"))}
    written = {child.get("name") for child in node.iter(ihala("input"), ihala("output"))}
    for arrow in node.findall(q("dataInputAssociation")):
        source, target = _end(root, arrow, "sourceRef"), (arrow.findtext(q("targetRef")) or "").strip()
        name = drawn.get(target, "") or source
        is_seen = kind(node) == "scriptTask" and name == source
        if name and source and name not in written and kind(node) in RECEIVERS and not is_seen:
            _extension(node, "input", name, source)
    for arrow in node.findall(q("dataOutputAssociation")):
        source, target = (arrow.findtext(q("sourceRef")) or "").strip(), _end(root, arrow, "targetRef")
        if target and target not in written:
            _output(node, drawn.get(source, ""), target)


def _output(node: Element, name: str, target: str) -> None:
    """The data object gets the drawn output of the activity, or its entry of the same name, or all its result.

    What a call returns is written as `ihala:returned`, since its `ihala:output` is evaluated inside the called process.
    """
    result = id_of(node)
    if kind(node) == "callActivity":
        _extension(node, "output", name or target, name or target)
        _extension(node, "returned", target, f"{result}.{name or target}")
    elif kind(node) != "scriptTask":
        entry = f"{result}.{name or target}"
        _extension(node, "output", target, f"if {entry} != null then {entry} else {result}")
    elif name and name != target:
        _extension(node, "output", target, name)


def _end(root: Element, arrow: Element, name: str) -> str:
    """The variable at one end of an arrow: a data object by its id, however it is referred to."""
    reference = (arrow.findtext(q(name)) or "").strip()
    for element in root.iter(q("dataObjectReference")):
        if id_of(element) == reference:
            return element.get("dataObjectRef", reference)
    return "" if any(id_of(store) == reference for store in root.iter(q("dataStoreReference"))) else reference


def _extension(node: Element, tag: str, name: str, expression: str) -> None:
    extensions = node.find(q("extensionElements"))
    if extensions is None:
        extensions = node.makeelement(q("extensionElements"), {})
        node.insert(len(node.findall(q("documentation"))), extensions)
    written = extensions.makeelement(ihala(tag), {"name": name})
    written.text = expression
    extensions.append(written)


def _variable(root: Element, node: Element, reference: str, association: str, near: str, far: str) -> str:
    for drawn in node.findall(q(association)):
        ends = {name: (drawn.findtext(q(name)) or "").strip() for name in (near, far)}
        if ends[near] == reference and ends[far]:
            reference = ends[far]
    by_id = {id_of(element): element for element in root.iter() if kind(element) == "dataObjectReference"}
    found = by_id.get(reference)
    return reference if found is None else found.get("dataObjectRef", reference)


def executed_data(root: Element) -> list[Element]:
    """Associations that do more than show where data flows: they compute."""
    return [
        parent_of(child)
        for name in ("assignment", "transformation")
        for child in root.iter(q(name))
        if kind(parent_of(child)) in ("dataInputAssociation", "dataOutputAssociation")
    ]
