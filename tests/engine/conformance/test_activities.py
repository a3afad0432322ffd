"""Activities, loops and calls: BPMN 2.0.2, 10.3 and 13.3."""

from decimal import Decimal

import pytest

from .playing import Play, codes, play

ONE = "start s\n {}\n end e\n s > a > e"


def numbers(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


# Tasks
@pytest.mark.parametrize("kind", ["user", "manual"])
def test_a_task_of_a_person_waits(kind: str):
    assert play(ONE.format(f"{kind} a")).waiting == "a"


def test_the_answers_of_a_user_task_are_the_variable_of_its_id():
    assert play(ONE.format("user a")).act("do a", ok=True)["a"] == {"ok": True}


def test_a_script_task_assigns():
    assert play(ONE.format("script a x = 1"))["x"] == 1


def test_a_script_task_assigns_several_variables_in_order():
    assert play(ONE.format("script a x = 1; y = x + 1"))["y"] == 2


def test_a_script_task_changes_a_variable():
    assert play(ONE.format("script a x = x * 3"), x=2)["x"] == 6


def test_a_script_task_reads_an_entry():
    assert play(ONE.format("script a y = x.n + 1"), x={"n": 2})["y"] == 3


def test_a_script_that_divides_by_nothing_known_gives_null():
    assert play(ONE.format("script a y = missing"))["y"] is None


def test_an_operation_that_is_not_there_is_refused():
    text = 'start s\n xml <serviceTask id="a" ihala:operation="launch_rocket"/>\n end e\n s > a > e'
    assert "operation_unknown" in codes(text)


def test_a_service_task_that_names_no_operation_is_refused():
    assert codes(ONE.format("service a"))


def test_an_unknown_decision_is_refused():
    assert "decision_unknown" in codes(ONE.format("rule a"))


def test_a_call_of_an_unknown_process_is_refused():
    assert "called_process_unknown" in codes(ONE.format("call a nowhere"))


@pytest.mark.parametrize("attribute", ["isForCompensation=true", "startQuantity=0", "completionQuantity=0"])
def test_an_attribute_that_would_be_ignored_is_refused(attribute: str):
    text = f"start s\n xml <userTask id='a' {attribute.replace('=', '=' + chr(34))}\"/>\n end e\n s > a > e"
    assert codes(text)


# Sub-processes
SUB = """
    start s
    sub w {{
    {}
    }}
    user after
    s > w > after"""


def test_a_sub_process_completes_after_all_inside():
    assert play(SUB.format("start i\n script x n = 1\n end j\n i > x > j")).trace == "s i x j w"


def test_a_sub_process_waits_for_all_its_tokens():
    assert play(SUB.format("start i\n user a\n user b\n i > a\n i > b"), "do a").waiting == "b"


def test_a_sub_process_without_start_event_begins_everywhere():
    assert play(SUB.format("user a\n user b")).waiting == "a b"


def test_a_sub_process_with_several_end_events_completes_once():
    text = SUB.format("start i\n and f\n throw a\n throw b\n end c\n end d\n i > f > a > c\n f > b > d")
    assert play(text).waiting == "after"


def test_a_sub_process_reads_the_variables_around_it():
    assert play(SUB.format("start i\n script x n = m + 1\n i > x"), m=1)["w"] == {"n": 2}


def test_a_sub_process_changes_the_variables_around_it():
    assert play(SUB.format("start i\n script x m = m + 1\n i > x"), m=1)["m"] == 2


def test_sub_processes_lie_in_one_another():
    text = SUB.format("sub v {\n sub u {\n start i\n user a\n i > a\n }\n }")
    assert play(text, "do a").waiting == "after"


def test_a_sub_process_with_nothing_in_it_is_passed_or_refused():
    assert codes(SUB.format("")) or play(SUB.format("")).waiting == "after"


def test_a_sub_process_in_a_loop_of_flows_runs_anew():
    text = """
    start s
    xor m
    sub w {
    start i
    script x n = n + 1
    i > x
    }
    xor g
    end e
    s > m > w > g
    g > m if n < 3
    g > e else"""
    assert play(text, n=0)["n"] == 3


# Calls
def test_a_called_process_runs_inside_the_caller():
    assert Play("start s\n call c q\n end e\n s > c > e", "start qs\n end qe\n qs > qe").start().trace == "s qs qe c e"


def test_a_called_process_waits():
    both = Play("start s\n call c q\n end e\n s > c > e", "start qs\n user a\n qs > a").start()
    assert both.waiting == "a"


CALL = """
    start s
    xml <callActivity id="c" calledElement="q"><extensionElements><ihala:input name="n">m + 1</ihala:input>
    xml <ihala:output name="result">n * 10</ihala:output></extensionElements></callActivity>
    end e
    s > c > e"""


def test_a_called_process_receives_its_inputs_and_returns_its_outputs():
    assert Play(CALL, "start qs\n script qx n = n + 1\n qs > qx").start(m=1)["c"] == {"result": 30}


def test_a_called_process_does_not_see_the_variables_of_its_caller():
    assert Play(CALL, "start qs\n script qx n = m\n qs > qx").start(m=1)["c"] == {"result": None}


def test_a_called_process_does_not_change_the_variables_of_its_caller():
    assert Play(CALL, "start qs\n script qx m = 99\n qs > qx").start(m=1)["m"] == 1


STANDARD_CALL = """
    start s
    xml <dataObject id="mine" name="mine"/><dataObject id="yours" name="yours"/>
    xml <callActivity id="c" calledElement="q"><ioSpecification><dataInput id="c_in" name="n"/>
    xml <dataOutput id="c_out" name="doubled"/><inputSet><dataInputRefs>c_in</dataInputRefs></inputSet><outputSet>
    xml <dataOutputRefs>c_out</dataOutputRefs></outputSet></ioSpecification><dataInputAssociation>
    xml <sourceRef>mine</sourceRef><targetRef>c_in</targetRef></dataInputAssociation><dataOutputAssociation>
    xml <sourceRef>c_out</sourceRef><targetRef>yours</targetRef></dataOutputAssociation></callActivity>
    script x mine = 4
    end e
    s > x > c > e"""


def test_drawn_data_flows_into_a_called_process_and_out_again():
    both = Play(STANDARD_CALL, "start qs\n script qx doubled = n * 2\n qs > qx").start()
    assert both["yours"] == 8


def test_a_process_may_be_called_twice():
    text = "start s\n call c q\n call d q\n end e\n s > c > d > e"
    assert Play(text, "start qs\n end qe\n qs > qe").start().count("qe") == 2


def test_calls_lie_in_one_another():
    texts = ("start s\n call c q\n s > c", "start qs\n call qc r\n qs > qc", "start rs\n user a\n rs > a")
    assert Play(*texts).start().act("do a").trace == "s qs rs a qc c"


# Standard loops
def test_a_loop_goes_on_while_its_condition_holds():
    assert play(ONE.format("script a n = n + 1 while n < 3"), n=0)["n"] == 3


def test_a_loop_tested_afterwards_is_done_once_at_least():
    assert play(ONE.format("script a n = n + 1 while n < 3"), n=7)["n"] == 8


def test_a_loop_tested_first_may_not_be_done_at_all():
    assert play(ONE.format("script a n = n + 1 while first n < 3"), n=7)["n"] == 7


def test_a_loop_ends_at_its_maximum():
    assert play(ONE.format("script a n = n + 1 while true max 4"), n=0)["n"] == 4


def test_a_loop_of_a_user_task_asks_again():
    text = ONE.format("user a while a.more = true")
    assert play(text).act("do a", more=True).waiting == "a"


def test_a_loop_of_a_user_task_ends():
    text = ONE.format("user a while a.more = true")
    assert play(text).act("do a", more=True).act("do a", more=False).state == "completed"


def test_a_loop_of_a_sub_process_runs_all_of_it_each_time():
    text = "start s\n sub w while n < 3 {\n start i\n script x n = n + 1\n i > x\n }\n end e\n s > w > e"
    assert play(text, n=0).count("x") == 3


def test_a_loop_counts_its_rounds():
    assert play(ONE.format("script a n = loopCounter while loopCounter < 3"))["n"] == 3


# Multi-instance
def test_a_parallel_repetition_opens_all_at_once():
    assert play(ONE.format("user a times 3")).waiting == "a a a"


def test_a_sequential_repetition_opens_one_after_the_other():
    assert play(ONE.format("user a seq times 3")).waiting == "a"


def test_a_parallel_repetition_ends_with_its_last_instance():
    assert play(ONE.format("user a times 2"), "do a", "do a").state == "completed"


def test_a_sequential_repetition_ends_with_its_last_instance():
    assert play(ONE.format("user a seq times 2"), "do a", "do a").state == "completed"


def test_a_repetition_goes_on_once():
    assert play(ONE.format("script a x = 1 times 3")).count("e") == 1


@pytest.mark.parametrize("seq", ["", "seq "])
def test_a_repetition_over_nothing_is_passed(seq: str):
    assert play(ONE.format(f"user a {seq}each xs as x"), xs=[]).state == "completed"


def test_a_repetition_of_zero_times_is_passed():
    assert play(ONE.format("user a times 0")).state == "completed"


@pytest.mark.parametrize("seq", ["", "seq "])
def test_each_instance_has_its_own_item(seq: str):
    text = ONE.format(f"script a y = x * 2 {seq}each xs as x into ys from y")
    assert play(text, xs=[1, 2, 3])["ys"] == numbers(2, 4, 6)


def test_a_cardinality_may_be_computed():
    assert play(ONE.format("user a times n + 1"), n=1).waiting == "a a"


def test_results_are_in_the_order_of_the_items_however_they_were_done():
    both = play(ONE.format("user a each xs as x"), xs=["p", "q"])
    tasks = sorted(both.rehearsal.tasks, key=lambda task: str(task.variables["x"]), reverse=True)
    for task in tasks:
        both.rehearsal.complete(task, {"was": task.variables["x"]})
    assert both["a"] == [{"was": "p"}, {"was": "q"}]


def test_an_output_item_is_taken_from_the_answers():
    both = play(ONE.format("user a each xs as x into ys from grade"), xs=["p", "q"])
    both.act("do a", grade=1).act("do a", grade=2)
    assert both["ys"] == numbers(1, 2)


@pytest.mark.parametrize("seq", ["", "seq "])
def test_a_completion_condition_ends_a_repetition_early(seq: str):
    text = ONE.format(f"user a {seq}times 5 until numberOfCompletedInstances = 2")
    assert play(text, "do a", "do a").state == "completed"


def test_a_completion_condition_reads_the_last_answers():
    text = ONE.format("user a times 5 until a.stop = true")
    assert play(text).act("do a", stop=False).act("do a", stop=True).state == "completed"


def test_a_completion_condition_may_count_what_is_left():
    text = ONE.format("user a times 3 until numberOfActiveInstances = 1")
    assert play(text, "do a", "do a").state == "completed"


@pytest.mark.parametrize("seq", ["", "seq "])
def test_a_sub_process_is_repeated_for_each_item(seq: str):
    text = f"start s\n sub w {seq}each xs as x {{\n start i\n script y z = x + 1\n i > y\n }}\n end e\n s > w > e"
    assert play(text, xs=[1, 2]).count("y") == 2


@pytest.mark.parametrize("seq", ["", "seq "])
def test_the_output_item_of_a_sub_process_is_a_variable_inside(seq: str):
    text = (
        f"start s\n sub w {seq}each xs as x into zs from z {{\n"
        " start i\n script y z = x + 1\n i > y\n }\n end e\n s > w > e"
    )
    assert play(text, xs=[1, 2])["zs"] == numbers(2, 3)


def test_a_call_is_repeated_for_each_item():
    text = "start s\n call c q each xs as x\n end e\n s > c > e"
    assert Play(text, "start qs\n user a\n qs > a").start(xs=[1, 2]).waiting == "a a"


def test_repetitions_lie_in_one_another():
    text = "start s\n sub w times 2 {\n start i\n user a times 3\n i > a\n }\n end e\n s > w > e"
    assert play(text).waiting == "a a a a a a"


def test_the_instances_of_a_repeated_sub_process_do_not_share_variables():
    text = (
        "start s\n sub w each xs as x into zs from z {\n start i\n script y z = x\n user u\n script v z = z * 10\n"
        " i > y > u > v\n }\n end e\n s > w > e"
    )
    assert play(text, "do u", "do u", xs=[1, 2])["zs"] == numbers(10, 20)


def test_a_receive_task_is_repeated():
    assert play(ONE.format("receive a m seq times 2"), "send m", "send m").state == "completed"


@pytest.mark.parametrize(
    ("loop", "code"),
    [
        ('<standardLoopCharacteristics loopMaximum="-1"/>', "loop_count"),
        ("<standardLoopCharacteristics/>", "loop_without_end"),
        ("<multiInstanceLoopCharacteristics/>", "repetition_without_list"),
        (
            '<multiInstanceLoopCharacteristics behavior="One"><loopCardinality>2</loopCardinality>'
            "</multiInstanceLoopCharacteristics>",
            "repetition_events",
        ),
    ],
)
def test_a_loop_that_makes_no_sense_is_refused(loop: str, code: str):
    assert code in codes(f"start s\n xml <userTask id='a'>{loop}</userTask>\n end e\n s > a > e")
