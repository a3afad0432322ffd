"""Words for values that no form has words for."""

from __future__ import annotations

from engine.rehearsal.expectations import listed
from engine.text import Text


def plain_words(value: object) -> Text:
    """Yes and no, nothing, and what was typed, which may be of either language."""
    if isinstance(value, bool):
        return Text("yes", "نعم") if value else Text("no", "لا")
    if value is None:
        return Text("nothing", "لا شيء")
    return Text(listed(value), f"\u2068{listed(value)}\u2069")


CONSENT_STATES = {
    "given": Text("given", "ممنوحة"),
    "refused": Text("refused", "مرفوضة"),
    "withdrawn": Text("withdrawn", "عُدل عنها"),
    "overridden": Text("overridden, with a reason", "جرى تجاوزها بسبب مذكور"),
}
