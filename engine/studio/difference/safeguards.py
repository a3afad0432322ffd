"""The difference between two lists of safeguards, in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from engine.text import Text


def differences(before: bytes | None, after: bytes) -> tuple[Text, ...]:
    """What is new, gone or otherwise in the second list, in words; both must be readable."""
    old, new = _items(before), _items(after)
    said = [_NEW.format(name=_name(new[one])) for one in new if one not in old]
    said += [_GONE.format(name=_name(old[one])) for one in old if one not in new]
    for one in (one for one in new if one in old and old[one] != new[one]):
        words = any(old[one].get(key) != new[one].get(key) for key in _WORDS)
        said += [_REWORDED.format(name=_name(new[one]))] if words else []
        said += [_PROVEN_OTHERWISE.format(name=_name(new[one]))] if old[one]["proof"] != new[one]["proof"] else []
    return tuple(said)


def _items(content: bytes | None) -> dict[str, Mapping[str, Any]]:
    return {} if content is None else {one["id"]: one for one in tomllib.loads(content.decode())["safeguard"]}


def _name(item: Mapping[str, Any]) -> Text:
    return Text(item["name"]["en"], item["name"]["ar"])


_WORDS = ("name", "meaning", "endangers", "enforced")
_NEW = Text("New: “{name}”.", "جديدة: «{name}».")
_GONE = Text("No longer asked of a release: “{name}”.", "لم تعد مطلوبة من أي إصدار: «{name}».")
_REWORDED = Text("“{name}” is said in other words.", "تغيّرت صياغة «{name}».")
_PROVEN_OTHERWISE = Text("What proves “{name}” is different.", "تغيّر ما يُثبت «{name}».")
