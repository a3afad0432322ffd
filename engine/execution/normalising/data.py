"""Data objects and stores: variables live once per scope, so arrows that only draw the data are taken out."""

from __future__ import annotations

from engine.execution.normalising.diagram import Element, executed_scopes, id_of, kind, nodes, parent_of, q

DRAWN = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property")


def take_out_data_flow(root: Element) -> None:
    """SpiffWorkflow would demand drawn inputs, hang on a data object of an outer scope, refuse any data store."""
    for scope in executed_scopes(root):
        for node in nodes(scope):
            _name_loop_data(root, node)
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
