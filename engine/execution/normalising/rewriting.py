"""Rewrites a diagram into one that SpiffWorkflow executes as it is drawn; the author's ids and drawing are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from engine.execution.checking.refusals import refuse
from engine.execution.normalising.ad_hoc import open_ad_hoc
from engine.execution.normalising.called_tasks import write_global_tasks
from engine.execution.normalising.data import take_out_data_flow
from engine.execution.normalising.diagram import Element, author_element, author_id
from engine.execution.normalising.event_subprocesses import wrap_scopes
from engine.execution.normalising.links import join_links
from engine.execution.normalising.quantities import gather_tokens
from engine.execution.normalising.references import (
    codes,
    executable,
    flow_ids,
    free_reserved_ids,
    inline_definitions,
    operation_messages,
    order_of_choices,
    plain_references,
)
from engine.execution.normalising.repetition_events import write_behaviours
from engine.execution.normalising.settle import origins, settle_flows
from engine.execution.normalising.several_events import one_definition_each
from engine.execution.normalising.splits import write_splits
from engine.execution.normalising.starts import begin_and_end, start_by_receiving
from engine.execution.xml import parse

NORMALISER_VERSION = 2
"""Stored with every release. A change of what is written raises it; running cases keep the text they began with."""

READING: tuple[Callable[[Element], None], ...] = (
    plain_references,
    executable,
    flow_ids,
    inline_definitions,
    operation_messages,
)
"""What only makes the author's text plain; the refusals look at the result."""

REWRITING: tuple[Callable[[Element], None], ...] = (
    free_reserved_ids,
    codes,
    write_behaviours,
    order_of_choices,
    write_global_tasks,
    take_out_data_flow,
    join_links,
    start_by_receiving,
    open_ad_hoc,
    begin_and_end,
    wrap_scopes,
    one_definition_each,
    gather_tokens,
    write_splits,
    settle_flows,
)
"""In this order: wrapping needs every start and end written out, splitting needs every flow."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """The executed text of a diagram, and which author's element each generated one stands for."""

    xml: bytes
    origin: Mapping[str, str]
    version: int = NORMALISER_VERSION

    def author_id(self, element_id: str) -> str:
        """The author's element that an executed element stands for."""
        return self.origin.get(element_id, element_id)

    def author_element(self, element_id: str) -> str | None:
        """The author's element that an executed one is; None where it was generated beside it and is never shown."""
        return author_element(element_id)


def rewrite(root: Element) -> Element:
    """Rewrite a diagram that nothing is refused in; the element is changed and given back."""
    for step in (*READING, *REWRITING):
        step(root)
    return root


def normalise(xml: bytes, file: str = "") -> Normalised:
    """The diagram as it is executed; doing it twice changes nothing. Raises `CannotRun` for what has no rewriting."""
    root = parse(xml, file)
    for step in READING:
        step(root)
    refuse(root, file)
    text = etree.tostring(rewrite(root), xml_declaration=True, encoding="UTF-8")
    return Normalised(text, MappingProxyType(origins(root)))


__all__ = ["NORMALISER_VERSION", "Normalised", "author_element", "author_id", "normalise", "rewrite"]
