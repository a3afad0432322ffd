"""Random diagrams, random order and forced timers on SpiffWorkflow's own engine and on ours: the same tasks open."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.execution.catalogue import build_mechanism
from tests.engine.execution.random_diagrams import Author
from tests.engine.execution.stage import Around, Stage

IN_EVERY_RUN, WITH_ALL = 200, 5_000
SEEDS = [seed if seed < IN_EVERY_RUN else pytest.param(seed, marks=pytest.mark.slow) for seed in range(WITH_ALL)]
STEPS = 40


class Stock:
    """An instance on SpiffWorkflow's own engine, with its own parser and its Python conditions."""

    def __init__(self, drawn: bytes, variables: dict[str, object]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_str(drawn)
        self.workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.workflow.task_tree.data.update(variables)
        self.workflow.do_engine_steps()

    def ready(self) -> Iterator[tuple[str, object]]:
        for task in self.workflow.get_tasks(state=TaskState.READY, manual=True):
            yield task.task_spec.bpmn_id or task.task_spec.name.removesuffix(" [child]"), task

    @property
    def open(self) -> list[str]:
        return sorted(name for name, _ in self.ready())

    def complete(self, name: str) -> None:
        next(task for found, task in self.ready() if found == name).run()
        self.workflow.do_engine_steps()

    def timers(self) -> list[str]:
        return sorted({task.task_spec.name for task in self._armed()})

    def fire(self, name: str) -> None:
        for task in self._armed():
            if task.task_spec.name == name:
                task.internal_data["event_value"] = "2020-01-01T00:00:00+00:00"
                break
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()

    def _armed(self) -> list[object]:
        tasks = self.workflow.event_manager.tasks.values()
        return [task for task in tasks if task.state == TaskState.WAITING and "event_value" in task.internal_data]


def ours(drawn: bytes, variables: dict[str, object]) -> Stage:
    stage = Stage(reloads=True)
    stage.files, stage.around = {"p.bpmn": drawn}, Around({})
    stage.instance = build_mechanism(stage.files, "").start("p", variables, stage.around, keep_trace=True)
    return stage.reload()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_tasks_open_as_on_the_stock_engine(seed: int) -> None:
    author = Author(seed)
    drawn = author.draw()
    stock, stage, dice = Stock(drawn, author.variables), ours(drawn, author.variables), random.Random(seed)
    walked = []
    for _ in range(STEPS):
        timers = stock.timers()
        assert (stage.open, sorted({t.element.id for t in stage.instance.timers})) == (stock.open, timers), walked
        if not stock.open:
            break
        if timers and dice.random() < 0.25:
            walked.append(dice.choice(timers))
            stock.fire(walked[-1])
            stage.fire(walked[-1])
        else:
            walked.append(dice.choice(stock.open))
            stock.complete(walked[-1])
            stage.complete(walked[-1])
    assert (stage.instance.state == "completed") == (stock.workflow.completed), walked
