"""The page `docs/constructs.md`, written from the list of constructs and the registry of rules."""

from __future__ import annotations

import sys

from engine.execution.checking.rules import RULES
from engine.execution.checking.standard import STANDARD, Construct

OPENING = """# BPMN constructs

What the engine does with every construct of BPMN 2.0. *Runs*: as it is drawn. *Rewritten*: into an equivalent that is
executed; the author's ids stay, and the trace shows only what the author drew. *Refused*: when the files are loaded, in
words, since it would not do what it shows. *Note*: kept, and read by people only. Below, every rule of `ihala check`.

This page is written from the code: `python -m engine.execution.checking.documentation > docs/constructs.md`.
"""
LEVELS = {
    "cannot_run": "refused wherever the files are loaded, rehearsal included",
    "not_publishable": "blocks proposing a release (sets with a `mechanism.toml`)",
    "advice": "blocks nothing",
}


def as_markdown() -> str:
    """The whole page."""
    parts = [OPENING]
    for title, constructs in STANDARD:
        parts += [f"## {title}", "", "| construct | decision | how, or why not |", "|---|---|---|"]
        parts += [*map(_row, constructs), ""]
    for severity, meaning in LEVELS.items():
        parts += [f"## Rules: `{severity}`", "", f"{meaning[0].upper()}{meaning[1:]}.", ""]
        parts += ["| code | sentence | الجملة |", "|---|---|---|"]
        parts += [
            f"| `{rule.code}` | {rule.text.en} {rule.mend.en} | {rule.text.ar} {rule.mend.ar} |"
            for rule in RULES.values()
            if rule.severity == severity
        ]
        parts.append("")
    return "\n".join(parts)


def _row(construct: Construct) -> str:
    rules = "".join(f" (`{rule}`)" for rule in construct.rules)
    return f"| {construct.name} | {construct.decision} | {construct.how}{rules} |"


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
