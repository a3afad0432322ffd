"""What no rewriting can make executable: found in one diagram, before it is rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import CannotRun
from engine.execution.checking.constructs import construct_findings
from engine.execution.checking.events import event_findings
from engine.execution.checking.rules import problems
from engine.execution.checking.rules.rule import Finding
from engine.execution.checking.scopes import scope_findings
from engine.execution.xml import Element


def refusals(root: Element) -> Iterator[Finding]:
    """Every place where the diagram could not do what it shows, in the order of the rules."""
    yield from scope_findings(root)
    yield from construct_findings(root)
    yield from event_findings(root)


def refuse(root: Element, file: str) -> None:
    """Raise `CannotRun` with every refusal, or pass."""
    refused = [problem for problem in problems(file, refusals(root)) if problem.severity == "cannot_run"]
    if refused:
        raise CannotRun(refused)
