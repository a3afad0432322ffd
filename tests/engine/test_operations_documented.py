"""docs/operations.md lists every operation a diagram may name, as the code has it."""

from pathlib import Path

from engine.operations import OPERATIONS
from engine.operations.documentation import as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_page_of_operations_says_what_the_code_does() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(OPERATIONS)
