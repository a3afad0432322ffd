"""Says at the end of a run how much of the mechanism the stories took."""

from __future__ import annotations

import pytest

from tests.workflows.stories import stories


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Only where the stories were played in this run."""
    summary = stories().summary() if stories.cache_info().currsize else ""
    if summary:
        terminalreporter.write_line(summary)
