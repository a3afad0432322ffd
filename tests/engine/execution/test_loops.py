"""Activities carried out several times."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.execution import StepFailed
from tests.engine.execution.diagrams import (
    again,
    boundary,
    call,
    diagram,
    end,
    event,
    extensions,
    gateway,
    many,
    path,
    script,
    start,
    sub,
    text,
    timer,
    user,
)
from tests.engine.execution.stage import Stage


def each(*inside: str, sequential: bool = False, **attributes: str) -> bytes:
    attributes = attributes or {"ihala_collection": "names", "ihala_item": "name"}
    loop = many(*inside, sequential=sequential, **attributes)
    return diagram("p", start(), user("ask", loop), user("after"), path("s", "ask", "after"))


NAMES = {"names": ["x", "y", "z"]}


def items(stage: Stage) -> list[object]:
    return [task.item for task in stage.instance.tasks]


def test_parallel_instances_open_side_by_side(stage: Stage) -> None:
    assert items(stage.start(each(), variables=NAMES)) == ["x", "y", "z"]


def test_sequential_instances_open_one_after_the_other(stage: Stage) -> None:
    stage.start(each(sequential=True), variables=NAMES).complete("ask")
    assert items(stage) == ["y"]


def test_each_instance_is_a_visit_of_its_own(stage: Stage) -> None:
    assert [task.visit for task in stage.start(each(), variables=NAMES).instance.tasks] == [1, 2, 3]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_results_are_a_list_in_item_order(stage: Stage, order: tuple[int, ...]) -> None:
    stage.start(each(), variables=NAMES)
    for visit in order:
        stage.complete("ask", visit, n=visit)
    assert stage.instance.variables["ask"] == [{"n": Decimal(n)} for n in (1, 2, 3)]


def test_sequential_results_are_a_list_too(stage: Stage) -> None:
    stage.start(each(sequential=True), variables=NAMES)
    for n in (1, 2, 3):
        stage.complete("ask", n=n)
    assert stage.instance.variables["ask"] == [{"n": Decimal(n)} for n in (1, 2, 3)]


def test_an_instance_sees_its_item_and_its_number(stage: Stage) -> None:
    stage.start(each(sequential=True), variables=NAMES).complete("ask")
    seen = stage.instance.visible_variables(stage.instance.tasks[0].id)
    assert (seen["name"], seen["loopCounter"]) == ("y", Decimal(2))


def test_an_item_is_no_variable_of_the_scope(stage: Stage) -> None:
    assert "name" not in stage.start(each(), variables=NAMES).instance.variables


def test_an_empty_collection_passes_at_once(stage: Stage) -> None:
    assert stage.start(each(), variables={"names": []}).open == ["after"]


def test_the_result_over_an_empty_collection_is_an_empty_list(stage: Stage) -> None:
    assert stage.start(each(), variables={"names": []}).instance.variables["ask"] == []


def test_a_collection_that_is_no_list_is_a_failed_step(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="must be a list"):
        stage.start(each(), variables={"names": "x"})


def test_a_completion_condition_ends_the_others(stage: Stage) -> None:
    done = text("completionCondition", "ask.enough")
    loop = many(done, ihala_collection="names", ihala_item="name")
    drawn = diagram("p", start(), user("ask", loop), user("after"), path("s", "ask", "after"))
    assert stage.start(drawn, variables=NAMES).complete("ask", 2, enough=True).open == ["after"]


def test_a_completion_condition_counts_instances(stage: Stage) -> None:
    done = text("completionCondition", "numberOfCompletedInstances >= 2")
    loop = many(done, ihala_collection="names", ihala_item="name")
    drawn = diagram("p", start(), user("ask", loop), user("after"), path("s", "ask", "after"))
    assert stage.start(drawn, variables=NAMES).complete("ask", 3).complete("ask", 1).open == ["after"]


def test_only_results_that_came_are_in_the_list(stage: Stage) -> None:
    done = text("completionCondition", "ask.enough")
    loop = many(done, ihala_collection="names", ihala_item="name")
    drawn = diagram("p", start(), user("ask", loop), user("after"), path("s", "ask", "after"))
    stage.start(drawn, variables=NAMES).complete("ask", 2, enough=True)
    assert stage.instance.variables["ask"] == [{"enough": True}]


def test_a_loop_cardinality_counts_instances(stage: Stage) -> None:
    loop = many(text("loopCardinality", "n + 1"))
    drawn = diagram("p", start(), user("ask", loop), user("after"), path("s", "ask", "after"))
    assert len(stage.start(drawn, variables={"n": 1}).open) == 2


def test_standard_data_references_name_collection_item_and_results(stage: Stage) -> None:
    loop = many(
        "<loopDataInputRef>names</loopDataInputRef><loopDataOutputRef>lengths</loopDataOutputRef>",
        '<inputDataItem id="name"/><outputDataItem id="length"/>',
    )
    drawn = diagram("p", start(), script("x", "length = string length(name)", loop), user("u"), path("s", "x", "u"))
    stage.start(drawn, variables={"names": ["a", "bbb"]})
    assert stage.instance.variables["lengths"] == [Decimal(1), Decimal(3)]


def test_a_sub_process_runs_once_for_each_item(stage: Stage) -> None:
    loop = many(ihala_collection="names", ihala_item="name")
    inner = (start("is"), user("u"), user("v"), end("ie"), path("is", "u", "v", "ie"))
    drawn = diagram("p", start(), sub("inner", loop, *inner), user("after"), path("s", "inner", "after"))
    stage.start(drawn, variables={"names": ["x", "y"]}).complete("u", 2, n=2).complete("v", n=3).complete("u", n=1)
    stage.complete("v", n=4)
    assert [one["v"] for one in stage.instance.variables["inner"]] == [{"n": Decimal(4)}, {"n": Decimal(3)}]


def test_a_called_process_runs_once_for_each_item(stage: Stage) -> None:
    loop = many(ihala_collection="names", ihala_item="name")
    called = diagram("q", start(), user("u"), end(), path("s", "u", "e"))
    given = extensions(inputs={"who": "name"}, outputs={"who": "who"})
    drawn = diagram("p", start(), call("c", "q", given, loop), user("after"), path("s", "c", "after"))
    stage.start(drawn, called, variables={"names": ["x", "y"]}).complete("u", 2).complete("u", 1)
    assert stage.instance.variables["c"] == [{"who": "x"}, {"who": "y"}]


def test_a_boundary_event_stands_on_the_whole_loop(stage: Stage) -> None:
    loop = many(ihala_collection="names", ihala_item="name")
    parts = (start(), user("ask", loop), boundary("late", "ask", timer("P1D")), user("handle"))
    drawn = diagram("p", *parts, path("s", "ask"), path("late", "handle"))
    assert stage.start(drawn, variables=NAMES).complete("ask", 1).fire("late").open == ["handle"]


def test_a_loop_inside_a_loop_keeps_both_items(stage: Stage) -> None:
    outer = many(ihala_collection="rows", ihala_item="row")
    inner = many(ihala_collection="row", ihala_item="cell", sequential=True)
    drawn = diagram(
        "p", start(), sub("each_row", outer, start("is"), user("u", inner), path("is", "u")), path("s", "each_row")
    )
    stage.start(drawn, variables={"rows": [[1, 2], [3]]})
    assert items(stage) == [Decimal(1), Decimal(3)]


def test_a_standard_loop_goes_on_while_its_condition_holds(stage: Stage) -> None:
    drawn = diagram("p", start(), script("x", "n = n * 2", again("n < 10")), user("u"), path("s", "x", "u"))
    assert stage.start(drawn, variables={"n": 1}).instance.variables["n"] == Decimal(16)


def test_a_standard_loop_may_be_tested_before(stage: Stage) -> None:
    loop = again("n < 10", test_before=True)
    drawn = diagram("p", start(), script("x", "n = n * 2", loop), user("u"), path("s", "x", "u"))
    assert stage.start(drawn, variables={"n": 50}).instance.variables["n"] == Decimal(50)


def test_a_standard_loop_ends_at_its_maximum(stage: Stage) -> None:
    drawn = diagram("p", start(), user("u", again("true", "2")), user("after"), path("s", "u", "after"))
    assert stage.start(drawn).complete("u").complete("u").open == ["after"]


def test_a_standard_loop_sees_the_answer_it_just_got(stage: Stage) -> None:
    drawn = diagram("p", start(), user("u", again("u.more")), user("after"), path("s", "u", "after"))
    assert stage.start(drawn).complete("u", more=True).complete("u", more=False).open == ["after"]


def test_a_terminate_end_stops_all_instances(stage: Stage) -> None:
    loop = many(ihala_collection="names", ihala_item="name")
    parts = (start(), gateway("parallel", "g"), user("ask", loop), user("b"), end("stop", event("terminate")))
    drawn = diagram("p", *parts, path("s", "g", "ask"), path("g", "b", "stop"))
    assert stage.start(drawn, variables=NAMES).complete("b").instance.state == "completed"
