"""A morning in Cairo, and ways to answer forms then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.forms import Accepted, Answers, Form

CAIRO = ZoneInfo("Africa/Cairo")
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=CAIRO)

Read = Callable[..., Answers]
Accept = Callable[..., Accepted]


@pytest.fixture
def read() -> Read:
    """Answers as typed: each name and its one text, or a list of texts."""

    def typed(form: Form, variables: Mapping[str, object] | None = None, /, **texts: Any) -> Answers:
        posted = {
            name.replace("__", "-"): [text] if isinstance(text, str) else list(text) for name, text in texts.items()
        }
        return form.read(posted, variables or {}, now=NOW, zone=CAIRO)

    return typed


@pytest.fixture
def accept() -> Accept:
    def given(form: Form, /, **answers: object) -> Accepted:
        return form.accept(answers, {}, now=NOW, zone=CAIRO)

    return given
