"""What a process executes, as a digest: where it stays equal, running cases simply go on with the newer release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from lxml import etree

from engine.execution.reading.definitions import Scope
from engine.execution.xml import parse

WORDS = frozenset({"name", "documentation", "aliases"})
"""What an element only says to people: a mended word strands no case."""
FORM_WORDS = ("label", "description", "text", "hint", "ar", "placeholder")
TABLE_WORDS = (
    "description",
    "annotation",
    "annotationEntry",
    "DMNDI",
    "extensionElements",
    "question",
    "allowedAnswers",
)


def files_digest(files: Mapping[str, bytes]) -> str:
    """The digest of a whole set: names and contents, in the order of names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()


def process_digests(
    scopes: Mapping[str, Scope], tables: Mapping[str, str], forms: Mapping[str, bytes]
) -> dict[str, str]:
    """Process id -> digest over everything it calls and uses. `tables`: digest of the model behind a decision."""
    own = {process_id: _own(scope, tables, forms) for process_id, scope in scopes.items()}
    calls = {process_id: _reached(process_id, scopes) for process_id in scopes}
    return {process_id: _hash(sorted(f"{other}={own[other]}" for other in calls[process_id])) for process_id in scopes}


def table_digest(content: bytes, file: str) -> str:
    """The digest of a decision model without its drawing and its annotations."""
    root = parse(content, file)
    for element in [one for one in root.iter() if _local(one) in TABLE_WORDS]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return hashlib.sha256(etree.canonicalize(root, strip_text=True).encode()).hexdigest()


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _own(scope: Scope, tables: Mapping[str, str], forms: Mapping[str, bytes]) -> str:
    nodes = list(_nodes(scope))
    used = sorted(
        f"{node.decision}={tables.get(node.decision, '')}" for node in nodes if node.kind == "businessRuleTask"
    )
    asked = sorted(f"{node.id}={_form(forms[node.id])}" for node in nodes if node.id in forms)
    return _hash([json.dumps(_plain(scope), sort_keys=True), *used, *asked])


def _nodes(scope: Scope) -> Iterable[Any]:
    yield from scope.nodes.values()
    for inner in scope.scopes.values():
        yield from _nodes(inner)


def _reached(process_id: str, scopes: Mapping[str, Scope]) -> set[str]:
    """The process and all it calls, directly or through others."""
    reached, ahead = {process_id}, [process_id]
    while ahead:
        called = {node.called for node in _nodes(scopes[ahead.pop()]) if node.called in scopes}
        ahead += called - reached
        reached |= called
    return reached


def _plain(value: object) -> Any:
    """A definition as plain JSON, without the words for people."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in WORDS or _means(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _means(value: object) -> bool:
    """The name of a message or signal is no mere word: it is what receiver and sender meet by."""
    return type(value).__name__ == "Trigger"


def _form(content: bytes) -> str:
    try:
        return _hash([json.dumps(_without_words(json.loads(content)), sort_keys=True)])
    except ValueError:
        return hashlib.sha256(content).hexdigest()


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if not k.lower().endswith(FORM_WORDS)}
    return [_without_words(one) for one in value] if isinstance(value, list) else value


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
