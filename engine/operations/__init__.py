"""What a service task may do inside a step: named operations over the port `World`, in the step's transaction.

What leaves the database (a notice by e-mail) is only written to the outbox by `World.tell`; the worker sends it after
the commit.
"""

from __future__ import annotations

from engine.operations.catalogue import OPERATIONS, Operation
from engine.operations.world import IN_THE_DIRECTORY, OperationFailed, Values, World

__all__ = ["IN_THE_DIRECTORY", "OPERATIONS", "Operation", "OperationFailed", "Values", "World", "perform"]


def perform(name: str, world: World, inputs: Values, element: str) -> Values:
    """Run the operation; raises `OperationFailed` where an input is missing or wrong, or the world refuses."""
    operation = OPERATIONS.get(name)
    if operation is None:
        known = ", ".join(sorted(OPERATIONS))
        raise OperationFailed("unknown_operation", element, f"'{name}'", known)
    missing = [key for key in operation.inputs if key not in operation.optional and inputs.get(key) in (None, "")]
    if missing:
        raise OperationFailed("missing_input", element, ", ".join(missing), ", ".join(operation.inputs))
    return operation.perform(world, inputs, element)
