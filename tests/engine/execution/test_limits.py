"""What no diagram can do: reach Python, or run without end."""

from __future__ import annotations

import pytest

from engine.errors import CannotRun
from engine.execution import StepFailed
from engine.execution.running.script_engine import FeelOnly, PythonReached
from tests.engine.execution.diagrams import (
    call,
    diagram,
    end,
    flow,
    gateway,
    many,
    path,
    script,
    start,
    text,
    user,
)
from tests.engine.execution.stage import Stage

PYTHON = ["__import__('os').getcwd()", "open('/etc/passwd').read()", "().__class__.__bases__", "exec('x = 1')"]


@pytest.mark.parametrize("expression", PYTHON)
def test_python_in_a_condition_is_never_run(stage: Stage, expression: str) -> None:
    parts = (start(), gateway("exclusive", "g", "g-b"), user("a"), user("b"), path("s", "g"))
    with pytest.raises((CannotRun, StepFailed)):
        stage.start(diagram("p", *parts, flow("g", "a", expression), flow("g", "b")))


@pytest.mark.parametrize("act", ["evaluate", "execute", "call_service"])
def test_the_script_engine_of_the_library_runs_nothing(act: str) -> None:
    with pytest.raises(PythonReached):
        getattr(FeelOnly(), act)(None, "1 + 1")


@pytest.mark.parametrize("act", ["evaluate", "execute", "call_service"])
def test_its_environment_runs_nothing_either(act: str) -> None:
    with pytest.raises(PythonReached):
        getattr(FeelOnly().environment, act)("1 + 1", {})


def test_an_instance_has_that_script_engine(stage: Stage) -> None:
    stage.start(diagram("p", start(), user("u"), path("s", "u")))
    assert type(stage.instance._top.script_engine) is FeelOnly


def test_a_process_that_calls_itself_without_end_is_a_failed_step(stage: Stage) -> None:
    parts = (start(), gateway("exclusive", "g", "g-c"), call("c", "p"), end(), path("s", "g"), flow("g", "c"))
    with pytest.raises(StepFailed, match="60 deep"):
        stage.start(diagram("p", *parts, flow("g", "e", "1 > 2"), path("c", "e")))


@pytest.mark.parametrize("number", ["10001", "10 ** 12"])
def test_a_loop_over_too_many_items_is_a_failed_step(stage: Stage, number: str) -> None:
    loop = many(text("loopCardinality", number))
    with pytest.raises(StepFailed, match="at most 1000"):
        stage.start(diagram("p", start(), script("x", "y = 1", loop), path("s", "x")))


def test_a_loop_over_no_whole_number_is_a_failed_step(stage: Stage) -> None:
    loop = many(text("loopCardinality", "1.5"))
    with pytest.raises(StepFailed, match="whole number"):
        stage.start(diagram("p", start(), script("x", "y = 1", loop), path("s", "x")))
