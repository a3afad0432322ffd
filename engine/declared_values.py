"""Values that operators declare: written as FEEL literals, with a reason that the journal keeps."""

from __future__ import annotations

from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.errors import Refusal
from engine.text import Text


class ReasonMissing(Refusal):
    sentence = Text("Say why this is done.", "يُرجى ذكر السبب.")


class ValueUnreadable(Refusal):
    sentence = Text(
        "The value of '{name}' was expected as one such as true, 3, \"text\" or null; found {found}.",
        "المتوقع في '{name}' قيمة مثل true أو 3 أو \"text\" أو null؛ والموجود {found}.",
    )


def declared_value(name: str, text: str) -> object:
    """The value of a FEEL expression without variables; nothing is null. Raises `ValueUnreadable`."""
    try:
        return feel.evaluate(text.strip() or "null", {})
    except DecisionError as error:
        raise ValueUnreadable(name=name, found=text) from error


def given_reason(text: str) -> str:
    """Raises `ReasonMissing` where nothing is written."""
    if not text.strip():
        raise ReasonMissing
    return text.strip()
