"""Each behaviour is shown twice: on a live instance, and on one saved and restored after every act."""

from __future__ import annotations

import pytest

from tests.engine.execution.stage import Stage


@pytest.fixture(params=[False, True], ids=["live", "reloaded"])
def stage(request: pytest.FixtureRequest) -> Stage:
    return Stage(reloads=request.param)
