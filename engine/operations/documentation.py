"""The page `docs/operations.md`, written from the operations themselves so that it never lies."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from engine.operations.catalogue import OPERATIONS, Operation

_OPENING = """# Operations of service tasks

What a service task may do (`ihala:operation`). Every operation runs inside the step's transaction: it happens with
the step or not at all. What leaves the database is only written to the outbox in that transaction and sent by the
worker after the commit. The outputs are the variable named by the service task's id. An operation that cannot be done
(an input missing or of the wrong kind) fails with the code `missing_input`, `wrong_input` or `unknown_operation`; an
error boundary event of that code may catch it, else the step is undone and an incident says so.

This page is written from the code: `python -m engine.operations.documentation > docs/operations.md`.
"""


def as_markdown(operations: Mapping[str, Operation]) -> str:
    """The whole page."""
    return "\n".join([_OPENING, *(_section(operations[name]) for name in sorted(operations))])


def _section(operation: Operation) -> str:
    where = "notices by outbox" if operation.leaves_by_outbox else "in the transaction"
    inputs = [
        f"| in | `{name}`{' (optional)' if name in operation.optional else ''} | {words.en} | {words.ar} |"
        for name, words in operation.inputs.items()
    ]
    further = ["| in | any other | handed on to the table, or kept as a figure | تُمرَّر إلى الجدول أو تُحفظ رقمًا |"]
    outputs = [f"| out | `{name}` | {words.en} | {words.ar} |" for name, words in operation.outputs.items()]
    head = [f"## `{operation.name}`", "", f"{operation.meaning.en} · {operation.meaning.ar} · {where}", ""]
    rows = [
        "| | name | meaning | المعنى |",
        "|---|---|---|---|",
        *inputs,
        *(further if operation.open_inputs else []),
        *outputs,
        "",
    ]
    return "\n".join(head + rows)


if __name__ == "__main__":
    sys.stdout.write(as_markdown(OPERATIONS))
