"""What pages and workers write of themselves: one JSON object a line, ids and kinds only, never what an error says."""

from __future__ import annotations

import logging
import sys

import structlog


def begin() -> None:
    """Log to standard error as lines for machines. Other libraries are heard from warnings on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def place(error: BaseException) -> str:
    """The module and line an error came from: enough to find it, and nothing of what it was about."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
