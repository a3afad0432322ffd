"""The page for process owners says all that the profile allows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.forms import Form
from engine.forms.profile import ATTRIBUTES
from engine.forms.profile_rules import PROPERTIES, QUESTION_RULES

PAGE = (Path(__file__).parents[3] / "docs" / "forms.md").read_text(encoding="utf-8")
RULES = {rule for rules in QUESTION_RULES.values() for rule in rules}


@pytest.mark.parametrize("word", sorted({*ATTRIBUTES, *PROPERTIES, *RULES}))
def test_the_page_names_what_the_profile_allows(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_the_first_form_of_the_page_has_no_problems() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    assert Form.load(json.dumps(json.loads(example[1])).encode()).problems() == []
