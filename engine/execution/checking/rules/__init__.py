"""The one registry of what `check` can say: every rule with its code, its level, its sentence and what mends it."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import Problem
from engine.execution.checking.rules.constructs import CONSTRUCT_RULES
from engine.execution.checking.rules.expressions import EXPRESSION_RULES
from engine.execution.checking.rules.flow import FLOW_RULES
from engine.execution.checking.rules.publishing import PUBLISHING_RULES
from engine.execution.checking.rules.rule import Finding, Rule
from engine.execution.checking.rules.structure import STRUCTURE_RULES

RULES: dict[str, Rule] = {
    rule.code: rule for rule in (*CONSTRUCT_RULES, *STRUCTURE_RULES, *FLOW_RULES, *EXPRESSION_RULES, *PUBLISHING_RULES)
}


def problems(file: str, findings: Iterable[Finding]) -> list[Problem]:
    """The findings in one file, in the words of their rules."""
    return [RULES[finding.code].problem(file, finding) for finding in findings]


__all__ = ["RULES", "Finding", "Rule", "problems"]
