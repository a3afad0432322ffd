"""Instance to bytes and back: only what still goes on, no diagram, no finished task; compressed, numbered by format."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
import zstandard

from engine.decisions.values import from_json, to_json
from engine.execution.history import History
from engine.execution.running.tokens import Token
from engine.execution.running.workflows import ScopeFlow, SubFlow, TopFlow

FORMAT = 1
"""The first byte of a snapshot. A change of what follows raises it; older formats stay readable."""

VALUES = frozenset({"locals"})
"""What a token remembers that is FEEL and no plain JSON."""

Row = list[Any]


def dump(top: TopFlow, state: str, history: History) -> bytes:
    """The instance as bytes, about 1 KB for a dozen open tokens."""
    scopes = list(top.subprocesses.values())  # in order of creation: outer scopes come before inner ones
    content = {
        "process": top.spec.name,
        "state": state,
        "seed": top.ledger.seed,
        "counts": top.ledger.counts,
        "made": top.ledger.made,
        "latest": history.latest,
        "top": _scope(top),
        "scopes": [[flow.host.hex if flow.host else "", flow.spec.name, _scope(flow)] for flow in scopes],
    }
    main = zstandard.ZstdCompressor(level=3).compress(orjson.dumps(content))
    return bytes([FORMAT]) + len(main).to_bytes(4, "big") + main + history.sealed


def read(state: bytes) -> dict[str, Any]:
    """The content of a snapshot; raises `ValueError` for bytes of no known format."""
    if not state or state[0] != FORMAT:
        raise ValueError(f"expected a snapshot of format {FORMAT}, found {state[:1]!r}")
    end = 5 + int.from_bytes(state[1:5], "big")
    content: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state[5:end]))
    content["sealed"] = state[end:]
    return content


def fill(top: TopFlow, content: dict[str, Any]) -> None:
    """Give a fresh top scope the tokens, variables and inner scopes of a snapshot."""
    _fill(top, content["top"])
    for host_hex, spec_name, saved in content["scopes"]:
        host = top.find(host_hex)
        if host is None:
            raise ValueError(f"expected the activity of scope {spec_name}, found none under {host_hex}")
        _fill(SubFlow(top.subprocess_specs[spec_name], host, top, {}), saved)


def _scope(flow: ScopeFlow) -> dict[str, Any]:
    saved: dict[str, Any] = {"tokens": [_row(token) for token in _parents_first(flow)]}
    if not flow.shares_store:
        saved["variables"] = _to_json(flow.variables)
    if flow.is_called and flow.correlations:
        saved["correlations"] = _to_json(flow.correlations)
    return saved


def _parents_first(flow: ScopeFlow) -> list[Token]:
    """Tokens in order of creation: an instance of a loop comes after its loop."""
    return list(flow.tokens())


def _row(token: Token) -> Row:
    flow = token.flow
    parent = "" if token.parent is flow.task_tree else token.parent.hex
    remembered = {name: _to_json(value) if name in VALUES else value for name, value in token.internal_data.items()}
    return [token.hex, parent, token.state, token.task_spec.name, remembered]


def _fill(flow: ScopeFlow, saved: dict[str, Any]) -> None:
    flow.plant()
    if not flow.shares_store:
        flow.variables.update(_from_json(saved["variables"]))
    if flow.is_called:
        flow.correlations.update(_from_json(saved.get("correlations", {})))
    for token_hex, parent_hex, state, name, remembered in saved["tokens"]:
        parent = flow.tasks[UUID(hex=parent_hex)] if parent_hex else flow.task_tree
        token = Token(flow, flow.spec.task_specs[name], parent, state=state, id=UUID(hex=token_hex))
        token.internal_data = {key: _from_json(value) if key in VALUES else value for key, value in remembered.items()}


def _to_json(value: Any) -> Any:
    return to_json(value)


def _from_json(value: Any) -> Any:
    return from_json(value)
