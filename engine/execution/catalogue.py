"""Loads a set of files once per process: checks, normalises, reads and builds; the same set again costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePosixPath
from threading import Lock
from types import MappingProxyType
from typing import Any

from lxml import etree

from engine.decisions import dmn
from engine.errors import CannotRun
from engine.execution.checking.check import check
from engine.execution.checking.material import Material, read
from engine.execution.digests import files_digest, process_digests, table_digest
from engine.execution.mechanism import Mechanism
from engine.execution.model import Beginning, Element, Process
from engine.execution.reading.definitions import Mappings, Scope
from engine.execution.reading.scopes import read_process
from engine.execution.reading.triggers import declared
from engine.execution.reading.words import is_true, name_of
from engine.execution.specs.building import build
from engine.execution.xml import Element as XmlElement
from engine.execution.xml import bpmn

KEPT = 16
"""How many loaded sets a process keeps: the releases that running cases need, and the drafts being tried out."""

EXECUTED = "::executed"
"""Follows a file's name where its executed text counts in a digest; no file of a release is called so."""

_loaded: dict[str, Mechanism] = {}
_lock = Lock()


def load(files: Mapping[str, bytes], executed: Mapping[str, bytes] | None = None) -> Mechanism:
    """The mechanism these files are, from the cache if it was loaded before; raises `CannotRun` with every problem.

    With `executed`, what the diagrams were rewritten into when they were published, that very text runs and nothing is
    checked anew: a later version of the checks or of the rewriting changes nothing under a running case.
    """
    key = files_digest({**files, **{f"{file}{EXECUTED}": text for file, text in (executed or {}).items()}})
    with _lock:
        if key in _loaded:
            _loaded[key] = _loaded.pop(key)
            return _loaded[key]
    problems = [] if executed else [problem for problem in check(files, ()) if problem.severity == "cannot_run"]
    if problems:
        raise CannotRun(problems)
    mechanism = build_mechanism(files, files_digest(files), executed)
    with _lock:
        _loaded[key] = mechanism
        while len(_loaded) > KEPT:
            _loaded.pop(next(iter(_loaded)))
    return mechanism


def build_mechanism(files: Mapping[str, bytes], digest: str, executed: Mapping[str, bytes] | None = None) -> Mechanism:
    """The mechanism, built anew and unchecked."""
    material = read(files, executed)
    forms = {PurePosixPath(file).stem: form for file, form in material.forms.items()}
    form_files = {PurePosixPath(file).stem: files[file] for file in material.forms}
    scopes, sources, properties = _processes(material, form_files)
    models, files_of = _tables(material.tables)

    @cache
    def digests() -> Mapping[str, str]:
        """Only a release that is being made asks for them."""
        of_file = {file: table_digest(content, file) for file, content in material.tables.items()}
        return process_digests(scopes, {name: of_file[file] for name, file in files_of.items()}, form_files)

    specs: dict[str, Any] = {}
    for scope in scopes.values():
        specs.update(build(scope))
    processes = {process_id: _process(scope, *sources[process_id], digests) for process_id, scope in scopes.items()}
    return Mechanism(
        digest=digest,
        files=MappingProxyType(dict(files)),
        processes=MappingProxyType(processes),
        forms=MappingProxyType(forms),
        decisions=MappingProxyType(models),
        specs=MappingProxyType(specs),
        message_properties=MappingProxyType(properties),
        settings=MappingProxyType(dict(material.mechanism or {})),
        executed=MappingProxyType(
            {file: _text(one.executed) for file, one in material.diagrams.items() if one.executed is not None}
        ),
    )


Source = tuple[str, XmlElement]


def _processes(
    material: Material, forms: Mapping[str, bytes]
) -> tuple[dict[str, Scope], dict[str, Source], dict[str, Mappings]]:
    """Every executable process with its file and XML, and how messages are correlated."""
    scopes: dict[str, Scope] = {}
    sources: dict[str, Source] = {}
    properties: dict[str, Mappings] = {}
    for diagram in material.diagrams.values():
        root = diagram.executed
        if root is None:
            continue
        known = declared(root)
        properties.update({known.name(message): found for message, found in known.properties.items()})
        for process in root.findall(bpmn("process")):
            if is_true(process, "isExecutable", "true"):
                scope = read_process(process, known, forms)
                scopes[scope.id], sources[scope.id] = scope, (diagram.file, process)
    return scopes, sources, properties


def _tables(tables: Mapping[str, bytes]) -> tuple[dict[str, dmn.Model], dict[str, str]]:
    """Each decision, service and knowledge model under its id and its name, ids before names; and its file."""
    models: dict[str, dmn.Model] = {}
    named: dict[str, dmn.Model] = {}
    files: dict[str, str] = {}
    for file, content in sorted(tables.items()):
        model = dmn.load(content, {other: body for other, body in tables.items() if other != file})
        for kind in (model.decisions, model.services, model.knowledge):
            for node_id, node in kind.items():
                models.setdefault(node_id, model)
                named.setdefault(node.name, model)
                files.setdefault(node_id, file)
                files.setdefault(node.name, file)
    return {**named, **models}, files


def _process(scope: Scope, file: str, source: XmlElement, digests: Callable[[], Mapping[str, str]]) -> Process:
    elements: dict[str, Element] = {}
    flows: dict[str, tuple[str, str]] = {}
    _collect(scope, elements, flows)
    beginnings = tuple(
        Beginning(
            node.id.split("::", 1)[0],
            node.trigger.kind,
            node.trigger.name,
            node.trigger.timing.text if node.trigger.timing else node.trigger.condition,
            node.id,
        )
        for node in scope.starts()
    )
    xml = _text(source)
    return Process(
        scope.id,
        name_of(source),
        MappingProxyType(elements),
        MappingProxyType(flows),
        beginnings,
        xml,
        file,
        digests,
    )


def _text(element: XmlElement) -> bytes:
    """The whole document an element stands in."""
    return etree.tostring(element.getroottree(), xml_declaration=True, encoding="UTF-8")


def _collect(scope: Scope, elements: dict[str, Element], flows: dict[str, tuple[str, str]]) -> None:
    """The author's elements and flows, those of embedded sub-processes too."""
    for node in scope.nodes.values():
        if node.element is not None:
            elements[node.element.id] = node.element
        for flow in node.outgoing:
            if "::" not in flow.id:
                flows[flow.id] = (flow.source.split("::", 1)[0], flow.target.split("::", 1)[0])
        inner = scope.scopes.get(node.id)
        if inner is not None:
            _collect(inner, elements, flows)
