"""An office on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.application.office import Office, office


@pytest.fixture
def at(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path)
    yield opened
    opened.ihala.close()
