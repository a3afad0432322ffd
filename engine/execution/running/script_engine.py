"""The only script engine ever installed: SpiffWorkflow's own would evaluate an author's text as Python."""

from __future__ import annotations

from typing import NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment


class PythonReached(RuntimeError):
    """SpiffWorkflow asked for Python to be evaluated, but expressions are FEEL: a fault of ours, not of an author."""


class NoPython(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # SpiffWorkflow has no types
    """An environment that evaluates nothing."""

    def evaluate(self, expression: object, *_: object, **__: object) -> NoReturn:
        raise PythonReached(f"expected FEEL, found a call for Python: {expression!r}")

    execute = evaluate
    call_service = evaluate


class FeelOnly(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """Refuses everything SpiffWorkflow might want to evaluate by itself."""

    def __init__(self) -> None:
        super().__init__(NoPython())

    def evaluate(self, task: object, expression: object, external_context: object = None) -> NoReturn:
        raise PythonReached(f"expected FEEL, found a call for Python: {expression!r}")

    execute = evaluate
    call_service = evaluate
