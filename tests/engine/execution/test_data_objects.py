"""Data objects and the arrows that draw where data flows, as other tools write them."""

from __future__ import annotations

from decimal import Decimal

from tests.engine.execution.diagrams import (
    call,
    catch,
    declare,
    diagram,
    end,
    event,
    extensions,
    many,
    path,
    script,
    start,
    user,
)
from tests.engine.execution.stage import Stage

ORDER = '<dataObject id="order"/><dataObjectReference id="order_drawn" name="the order" dataObjectRef="order"/>'


def arrow_in(source: str, target: str = "") -> str:
    inside = f"<targetRef>{target}</targetRef>" if target else ""
    return f'<dataInputAssociation id="in_{source}"><sourceRef>{source}</sourceRef>{inside}</dataInputAssociation>'


def arrow_out(target: str, source: str = "") -> str:
    inside = f"<sourceRef>{source}</sourceRef>" if source else ""
    return f'<dataOutputAssociation id="out_{target}">{inside}<targetRef>{target}</targetRef></dataOutputAssociation>'


def specification(*ends: str) -> str:
    return f"<ioSpecification>{''.join(ends)}<inputSet/><outputSet/></ioSpecification>"


def test_the_answers_of_a_task_flow_into_a_data_object(stage: Stage) -> None:
    drawn = diagram(
        "p", ORDER, start(), user("ask", arrow_out("order_drawn")), user("after"), path("s", "ask", "after")
    )
    assert stage.start(drawn).complete("ask", total=5).instance.variables["order"] == {"total": Decimal(5)}


def test_one_drawn_output_flows_into_a_data_object(stage: Stage) -> None:
    out = specification('<dataOutput id="o1" name="total"/>') + arrow_out("order_drawn", "o1")
    drawn = diagram("p", ORDER, start(), user("ask", out), user("after"), path("s", "ask", "after"))
    assert stage.start(drawn).complete("ask", total=5, other=1).instance.variables["order"] == Decimal(5)


def test_the_payload_of_a_message_flows_into_a_data_object(stage: Stage) -> None:
    waiting = catch("wait", arrow_out("order_drawn") + event("message", "news"))
    drawn = diagram(
        "p", ORDER, start(), waiting, user("u"), path("s", "wait", "u"), declared=declare("message", "news")
    )
    assert stage.start(drawn).deliver("wait", n=1).instance.variables["order"] == {"n": Decimal(1)}


def test_a_data_object_is_read_by_its_id_and_by_its_name(stage: Stage) -> None:
    drawn = diagram("p", ORDER, start(), script("x", "a = order\nb = the order"), user("u"), path("s", "x", "u"))
    stage.start(drawn, variables={"order": 1})
    assert (stage.instance.variables["a"], stage.instance.variables["b"]) == (Decimal(1), Decimal(1))


def test_a_data_object_written_by_its_name_is_the_same(stage: Stage) -> None:
    drawn = diagram("p", ORDER, start(), script("x", "the order = order + 1"), user("u"), path("s", "x", "u"))
    assert stage.start(drawn, variables={"order": 1}).instance.variables == {"order": Decimal(2)}


def test_drawn_inputs_and_outputs_of_a_call_are_what_it_receives_and_returns(stage: Stage) -> None:
    ends = specification('<dataInput id="i1" name="given"/>', '<dataOutput id="o1" name="answer"/>')
    caller = call("c", "q", ends, arrow_in("order_drawn", "i1"), arrow_out("order_drawn", "o1"))
    called = diagram("q", start(), script("x", "answer = given + 1"), end(), path("s", "x", "e"))
    drawn = diagram("p", ORDER, start(), caller, user("u"), path("s", "c", "u"))
    assert stage.start(drawn, called, variables={"order": 1}).instance.variables["c"] == {"answer": Decimal(2)}


def test_a_loop_runs_over_a_drawn_data_object(stage: Stage) -> None:
    ends = specification('<dataInput id="i1" name="orders"/>')
    loop = many('<loopDataInputRef>i1</loopDataInputRef><inputDataItem id="one"/>')
    drawn = diagram("p", ORDER, start(), user("ask", ends, arrow_in("order_drawn", "i1"), loop), path("s", "ask"))
    stage.start(drawn, variables={"order": ["x", "y"]})
    assert [task.item for task in stage.instance.tasks] == ["x", "y"]


def test_declared_outputs_of_a_task_are_plain_variables(stage: Stage) -> None:
    given = extensions(outputs={"total": "2 * ask.n"})
    drawn = diagram("p", start(), user("ask", given), user("after"), path("s", "ask", "after"))
    assert stage.start(drawn).complete("ask", n=4).instance.variables["total"] == Decimal(8)
