"""Whether the text of a timer is a time: ISO 8601, or FEEL that gives one."""

from __future__ import annotations

import re
from datetime import datetime

from engine.execution.running.clocks import is_too_long

DURATION = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?", re.ASCII)
CYCLE = re.compile(r"R(\d*)(/.+)", re.ASCII)
LOOKS_ISO = re.compile(r"-?P[\d.T]|R\d*/|\d{4}-\d\d|\d+[YMWDHS]\b", re.ASCII)
LOOKS_CRON = re.compile(r"[\d*?/,\-]+(\s+[\d*?/,\-A-Z]+){4,6}", re.ASCII)


def is_duration(text: str) -> bool:
    return DURATION.fullmatch(text) is not None and not is_too_long(text)


def takes_time(text: str) -> bool:
    """A duration above zero: a cycle of no length would go round at once, and for ever."""
    return is_duration(text) and not text.startswith("-") and re.search("[1-9]", text) is not None


def is_moment(text: str) -> bool:
    """A date, or a date and time; without a zone it is in the mechanism's own."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_cycle(text: str) -> bool:
    """`R3/PT10M`, `R/P7D`, `R5/2026-03-01T08:00/P1D`, `R2/P1D/2026-03-10`."""
    match = CYCLE.fullmatch(text)
    if match is None:
        return False
    parts = match.group(2).strip("/").split("/")
    if len(parts) == 1:
        return takes_time(parts[0])
    return (
        len(parts) == 2
        and any(takes_time(part) for part in parts)
        and all(is_duration(part) or is_moment(part) for part in parts)
    )


FORMS = {
    "timeDuration": (is_duration,),
    "timeDate": (is_moment,),
    "timeCycle": (is_cycle, is_duration),
}


def is_time(element: str, text: str) -> bool:
    """Whether the text of a `timeDuration`, `timeDate` or `timeCycle` is ISO 8601 of that kind."""
    return any(fits(text) for fits in FORMS[element])


def looks_like_time(text: str) -> bool:
    """Whether the author meant a fixed time, not FEEL: then it must be a right one."""
    return LOOKS_ISO.match(text) is not None or LOOKS_CRON.fullmatch(text) is not None
