"""Numbers as people type them, in any digits, to numbers."""

from __future__ import annotations

import re
from decimal import Decimal

_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
LONGEST_NUMBER = 30
"""Characters; longer input is no number a form asks for."""


def western(text: str) -> str:
    """The text with Arabic-Indic and Persian digits as 0-9."""
    return text.translate(_WESTERN)


def number(text: str) -> Decimal | None:
    """The number typed, with Arabic or Western separators; None where it is none."""
    plain = western(text).strip().replace("٫", ".").replace("٬", ",").replace("−", "-")
    if len(plain) > LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def whole(text: str) -> int | None:
    """The whole number typed (a day, a month, a year), or None."""
    plain = western(text).strip()
    return int(plain) if re.fullmatch(r"\d{1,4}", plain) else None
