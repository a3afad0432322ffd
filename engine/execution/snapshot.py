"""Instance to bytes and back: only what still goes on, no diagram, no finished task; compressed, numbered by format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from zlib import crc32

import orjson
import zstandard

from engine.decisions.values import from_json, to_json
from engine.execution.failures import DamagedSnapshot
from engine.execution.history import History
from engine.execution.running.tokens import Token
from engine.execution.running.workflows import ScopeFlow, SubFlow, TopFlow
from engine.text import Text

FORMAT = 1
"""The first byte of a snapshot. A change of what follows raises it; older formats stay readable."""

_COMPRESSOR = zstandard.ZstdCompressor(level=3, write_checksum=True)
_FORMAT = Text("a snapshot of format {number}", "حالة محفوظة بالصيغة {number}")
_WHOLE = Text("a whole snapshot", "حالة محفوظة كاملة")
_OTHER = Text("bytes that were changed or cut off", "بيانات معدَّلة أو مبتورة")
_FITTING = Text("a state that fits its diagrams", "حالة تطابق مخططاتها")

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
        "checksum": crc32(history.sealed),
        "top": _scope(top),
        "scopes": [[flow.host.hex if flow.host else "", flow.spec.name, _scope(flow)] for flow in scopes],
    }
    main = _COMPRESSOR.compress(orjson.dumps(content))
    return bytes([FORMAT]) + len(main).to_bytes(4, "big") + main + history.sealed


def read(state: bytes) -> dict[str, Any]:
    """The content of a snapshot; raises `DamagedSnapshot` for bytes of no known format and for damaged ones."""
    if not state or state[0] != FORMAT:
        raise DamagedSnapshot(expected=_FORMAT.format(number=FORMAT), found=state[:1].hex() or "-")
    end = 5 + int.from_bytes(state[1:5], "big")
    try:
        content: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(state[5:end]))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise DamagedSnapshot(expected=_WHOLE, found=_OTHER) from error
    content["sealed"] = state[end:]
    if content.get("checksum", crc32(content["sealed"])) != crc32(content["sealed"]):  # older snapshots have none
        raise DamagedSnapshot(expected=_WHOLE, found=_OTHER)
    return content


@contextmanager
def whole() -> Iterator[None]:
    """What does not fit while an instance is made of a snapshot's content is damage, whatever part of it does not."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise DamagedSnapshot(expected=_FITTING, found=str(error)[:80]) from error


def fill(top: TopFlow, content: dict[str, Any]) -> None:
    """Give a fresh top scope the tokens, variables and inner scopes of a snapshot."""
    _fill(top, content["top"])
    for host_hex, spec_name, saved in content["scopes"]:
        host = top.find(host_hex)
        if host is None:
            raise ValueError(f"{spec_name}, {host_hex}")
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
