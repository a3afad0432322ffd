"""Variables live once per scope: who reads and writes what."""

from __future__ import annotations

from decimal import Decimal

from tests.engine.execution.diagrams import (
    boundary,
    call,
    declare,
    diagram,
    end,
    event,
    extensions,
    flow,
    gateway,
    path,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.engine.execution.stage import Stage


def test_the_answers_of_a_task_are_the_variable_named_by_its_id(stage: Stage) -> None:
    drawn = diagram("p", start(), user("ask"), user("b"), path("s", "ask", "b"))
    assert stage.start(drawn).complete("ask", age=17).instance.variables == {"ask": {"age": Decimal(17)}}


def test_a_repeat_visit_replaces_the_value(stage: Stage) -> None:
    parts = (start(), gateway("exclusive", "m"), user("u"), gateway("exclusive", "g", "g-m"), end())
    drawn = diagram("p", *parts, path("s", "m", "u", "g", "m"), flow("g", "e", "u.done"))
    assert stage.start(drawn).complete("u", done=False).complete("u", done=True).instance.variables["u"] == {
        "done": True
    }


def test_a_script_writes_plain_variables(stage: Stage) -> None:
    drawn = diagram("p", start(), script("x", "a = 1\nb = a + 1"), user("u"), path("s", "x", "u"))
    assert stage.start(drawn).instance.variables == {"a": Decimal(1), "b": Decimal(2)}


def test_a_script_line_goes_on_inside_brackets(stage: Stage) -> None:
    drawn = diagram("p", start(), script("x", "a = {\n  b: 1,\n  c: 2\n}\nd = a.c"), user("u"), path("s", "x", "u"))
    assert stage.start(drawn).instance.variables["d"] == Decimal(2)


def test_branches_see_each_others_answers_after_the_join(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "f"), user("a"), user("b"), gateway("parallel", "j"), user("after"))
    drawn = diagram("p", *parts, path("s", "f", "a", "j", "after"), path("f", "b", "j"))
    stage.start(drawn).complete("a", x=1).complete("b", y=2)
    assert stage.instance.variables == {"a": {"x": Decimal(1)}, "b": {"y": Decimal(2)}}


def test_a_branch_sees_what_the_other_has_written_meanwhile(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "f"), user("a"), user("b"), script("x", "seen = a.x"), user("after"))
    drawn = diagram("p", *parts, path("s", "f", "a"), path("f", "b", "x", "after"))
    assert stage.start(drawn).complete("a", x=1).complete("b").instance.variables["seen"] == Decimal(1)


def embedded(*inner: str, after: str = "") -> bytes:
    return diagram("p", start(), sub("inner", start("is"), *inner), user("after"), path("s", "inner", "after"), after)


def test_an_embedded_sub_process_reads_outwards(stage: Stage) -> None:
    drawn = embedded(script("x", "y = outer + 1"), user("u"), path("is", "x", "u"))
    stage.start(drawn, variables={"outer": 1})
    assert stage.instance.visible_variables(stage.instance.tasks[0].id)["y"] == Decimal(2)


def test_a_new_variable_of_a_sub_process_stays_inside(stage: Stage) -> None:
    drawn = embedded(script("x", "y = 1"), user("u"), path("is", "x", "u"))
    assert "y" not in stage.start(drawn).instance.variables


def test_a_script_in_a_sub_process_writes_an_outer_variable_where_it_lives(stage: Stage) -> None:
    drawn = embedded(script("x", "y = y + 1"), user("u"), path("is", "x", "u"))
    assert stage.start(drawn, variables={"y": 1}).instance.variables["y"] == Decimal(2)


def test_the_variables_of_a_sub_process_are_its_result(stage: Stage) -> None:
    drawn = embedded(user("u"), end("ie"), path("is", "u", "ie"))
    assert stage.start(drawn).complete("u", ok=True).instance.variables["inner"] == {"u": {"ok": True}}


def test_a_boundary_handler_sees_the_answers_of_the_sub_process_it_stopped(stage: Stage) -> None:
    parts = (
        start(),
        sub("inner", start("is"), user("u"), user("v"), path("is", "u", "v")),
        boundary("late", "inner", timer("P1D")),
        user("handle"),
        path("s", "inner"),
        path("late", "handle"),
    )
    stage.start(diagram("p", *parts)).complete("u", ok=True).fire("late")
    assert stage.instance.variables["inner"] == {"u": {"ok": True}}


def test_a_handler_beside_a_sub_process_sees_its_answers_so_far(stage: Stage) -> None:
    parts = (
        start(),
        sub("inner", start("is"), user("u"), user("v"), path("is", "u", "v")),
        boundary("late", "inner", timer("P1D"), stops=False),
        script("x", "seen = inner.u.ok"),
        user("handle"),
        path("s", "inner"),
        path("late", "x", "handle"),
    )
    stage.start(diagram("p", *parts)).complete("u", ok=True).fire("late")
    assert stage.instance.variables["seen"] is True


CALLED = diagram(
    "q", start(), script("x", 'answer = 2 * given\nleak = "no"'), user("u"), end(), path("s", "x", "u", "e")
)


def calling(inputs: dict[str, str], outputs: dict[str, str]) -> bytes:
    parts = (start(), call("ask_q", "q", extensions(inputs=inputs, outputs=outputs)), user("after"))
    return diagram("p", *parts, path("s", "ask_q", "after"))


def test_a_called_process_receives_only_the_declared_inputs(stage: Stage) -> None:
    stage.start(calling({"given": "n + 1"}, {}), CALLED, variables={"n": 1})
    seen = stage.instance.visible_variables(stage.instance.tasks[0].id)
    assert seen == {"given": Decimal(2), "answer": Decimal(4), "leak": "no"}


def test_a_called_process_returns_only_the_declared_outputs(stage: Stage) -> None:
    stage.start(calling({"given": "n"}, {"doubled": "answer"}), CALLED, variables={"n": 3}).complete("u")
    assert stage.instance.variables == {"n": Decimal(3), "ask_q": {"doubled": Decimal(6)}}


def test_a_task_of_a_called_process_tells_where_it_was_called(stage: Stage) -> None:
    stage.start(calling({"given": "n"}, {}), CALLED, variables={"n": 3})
    assert [(task.element.process_id, task.scope) for task in stage.instance.tasks] == [("q", ("ask_q",))]


def test_an_error_leaves_a_called_process_with_its_code(stage: Stage) -> None:
    called = diagram("q", start(), user("u"), end("bad", event("error", "refused")), path("s", "u", "bad"),
                     declared=declare("error", "refused"))  # fmt: skip
    parts = (start(), call("ask_q", "q"), boundary("caught", "ask_q", event("error", "refused")), user("handle"))
    drawn = diagram("p", *parts, path("s", "ask_q"), path("caught", "handle"), declared=declare("error", "refused"))
    assert stage.start(drawn, called).complete("u").instance.variables["caught"] == {"code": "refused"}


def test_names_of_several_words_are_read(stage: Stage) -> None:
    drawn = diagram("p", start(), script("x", "y = monthly salary + 1"), user("u"), path("s", "x", "u"))
    assert stage.start(drawn, variables={"monthly salary": 10}).instance.variables["y"] == Decimal(11)


def test_the_library_keeps_no_data_of_its_own(stage: Stage) -> None:
    stage.start(embedded(user("u"), end("ie"), path("is", "u", "ie"))).complete("u", ok=True)
    assert all(token.data == {} for token in stage.instance._top.all_tokens())
