"""What no reviewer should have to look for: sizes, unfinished marks, forgotten Arabic, imports in the wrong place."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import command_line
from installation.verbs import ihala_verbs

ROOT = Path(__file__).resolve().parent.parent
LINES_OF_A_MODULE, LINES_OF_A_FUNCTION = 300, 40
PARTS = ("engine", "web", "installation")
MADE_OR_FETCHED = {".git", ".ihala", "node_modules", "__pycache__", "static", "build", ".venv"}
PICTURES_AND_THE_LIKE = {".png", ".woff2", ".mo", ".pyc", ".sqlite"}
# Spelled in pieces, so that these lines do not find themselves.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b(?!.*#\d+)")
REGISTRIES = re.compile(r"(pypi|pythonhosted|npm" r"js|yarnpkg|npmmirror)\.(org|com)", re.IGNORECASE)
KEEPERS = {
    "SpiffWorkflow": "engine/execution/",
    "lxml": "engine/execution/",
    "sqlalchemy": "engine/persistence/",
    "alembic": "engine/persistence/",
}
PLACEHOLDER = re.compile(r"{[^}]*}|`[^`]*`")
WORD, ARABIC = re.compile(r"[A-Za-z]{2}"), re.compile(r"[\u0600-\u06ff]")


def files(folder: Path) -> Iterator[Path]:
    for above, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name not in MADE_OR_FETCHED and not name.endswith("_cache")]
        yield from (Path(above, name) for name in names if Path(name).suffix not in PICTURES_AND_THE_LIKE)


MODULES = {
    path.relative_to(ROOT).as_posix(): path for part in PARTS for path in files(ROOT / part) if path.suffix == ".py"
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


# A migration is written once and never split: it is one step of the tables' history.
BUDGETED = {name: tree for name, tree in TREES.items() if "/migrations/versions/" not in name}


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def texts(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            yield node


def lacks_arabic(call: ast.Call) -> bool:
    """Whether English words stand here as a literal and no Arabic ones beside them."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    english = given[0].value if given and isinstance(given[0], ast.Constant) else ""
    if not WORD.search(PLACEHOLDER.sub("", str(english))):
        return False
    if len(given) < 2:
        return True
    return isinstance(given[1], ast.Constant) and not ARABIC.search(str(given[1].value))


def test_a_module_is_no_longer_than_its_budget() -> None:
    lengths = {name: len(MODULES[name].read_text(encoding="utf-8").splitlines()) for name in BUDGETED}
    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_MODULE} == {}


def test_a_function_is_no_longer_than_its_budget() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in BUDGETED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_a_module_opens_with_its_job() -> None:
    assert [name for name, tree in TREES.items() if tree.body and not ast.get_docstring(tree)] == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED, list(files(ROOT))) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(REGISTRIES, list(files(ROOT))) == []


@pytest.mark.parametrize(("library", "keeper"), KEEPERS.items())
def test_a_library_is_imported_only_by_its_keeper(library: str, keeper: str) -> None:
    strangers = [
        name
        for name, tree in TREES.items()
        if not name.startswith(keeper) and any(module.split(".")[0] == library for module in imported(tree))
    ]
    assert strangers == []


def test_every_sentence_is_in_arabic_too() -> None:
    forgotten = [f"{name}:{call.lineno}" for name, tree in TREES.items() for call in texts(tree) if lacks_arabic(call)]
    assert forgotten == []


def test_help_without_an_environment_lists_every_verb() -> None:
    assert sorted(dict(ihala_verbs())) == list(command_line.verbs(["engine.commands", "web.commands"]))
