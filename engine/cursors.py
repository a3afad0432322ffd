"""Where a page ended, as a word that can stand in an address: a moment and an id, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.errors import Refusal
from engine.text import Text


class BadCursor(Refusal):
    sentence = Text(
        "This page of the list does not exist. Go back to the first page.",
        "هذه الصفحة من القائمة غير موجودة. يُرجى العودة إلى الصفحة الأولى.",
    )


def cursor_of(moment: datetime, row_id: str) -> str:
    return f"{moment.astimezone(UTC).strftime('%Y%m%dT%H%M%S%f')}-{row_id}"


def read_cursor(text: str | None) -> tuple[datetime, str] | None:
    """Raises `BadCursor` for anything `cursor_of` did not write."""
    if not text:
        return None
    moment, _, row_id = text.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), row_id
    except ValueError:
        raise BadCursor from None
