"""Boundary events and how errors and escalations travel: BPMN 2.0.2, 10.5.4 and 13.5.3."""

import pytest

from .playing import Play, codes, play

ON_TASK = """
    start s
    user a
    boundary b on a {}
    user handler
    end e
    end h
    s > a > e
    b > handler > h"""
ON_SUB = """
    start s
    sub w {{
    start ws
    user inner
    end we
    ws > inner > we
    }}
    boundary b on w {}
    user handler
    end e
    end h
    s > w > e
    b > handler > h"""
HAPPENS = [
    ("message m", "send m"),
    ("signal x", "signal x"),
    ("timer PT1H", "wait 1h"),
    ("date 2026-03-02T00:00:00Z", "wait 1d"),
    ("cycle R1/PT1H", "wait 1h"),
    ("message m & timer PT1H", "wait 1h"),
]


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_on_a_task_takes_the_task_away(event: str, act: str):
    assert play(ON_TASK.format(event), act).waiting == "handler"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_on_a_task_leads_to_its_handler_only(event: str, act: str):
    assert play(ON_TASK.format(event), act, "do handler").trace == "s b handler h"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_a_non_interrupting_event_on_a_task_leaves_the_task(event: str, act: str):
    assert play(ON_TASK.format(f"non {event}"), act).waiting == "a handler"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_on_a_sub_process_takes_all_inside_away(event: str, act: str):
    assert play(ON_SUB.format(event), act).waiting == "handler"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_a_non_interrupting_event_on_a_sub_process_leaves_it(event: str, act: str):
    assert play(ON_SUB.format(f"non {event}"), act).waiting == "handler inner"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_event_is_not_waited_for_after_its_task(event: str, act: str):
    assert play(ON_TASK.format(event), "do a", act).trace == "s a e"


@pytest.mark.parametrize("event", ["message m", "signal x", "cycle R/PT1H"])
def test_a_non_interrupting_event_may_happen_again(event: str):
    act = dict(HAPPENS).get(event, "wait 1h")
    assert play(ON_TASK.format(f"non {event}"), act, act).waiting == "a handler handler"


def test_a_non_interrupting_duration_happens_once():
    assert play(ON_TASK.format("non timer PT1H"), "wait 9h").count("b") == 1


def test_a_cycle_happens_as_often_as_it_says():
    assert play(ON_TASK.format("non cycle R3/PT1H"), "wait 9h").count("b") == 3


def test_a_cycle_ends_with_its_task():
    assert play(ON_TASK.format("non cycle R/PT1H"), "wait 2h", "do a", "wait 9h").count("b") == 2


def test_a_condition_on_the_border_interrupts_when_it_becomes_true():
    text = "start s\n user a\n user b\n boundary c on a if b.stop = true\n end e\n end h\n s > a > e\n s > b\n c > h"
    assert play(text).act("do b", stop=True).state == "completed"


def test_a_condition_on_the_border_that_stays_false_lets_the_task_wait():
    text = "start s\n user a\n user b\n boundary c on a if b.stop = true\n end e\n end h\n s > a > e\n s > b\n c > h"
    assert play(text).act("do b", stop=False).waiting == "a"


def test_a_parallel_boundary_event_waits_for_all():
    assert play(ON_TASK.format("all message m & signal x"), "send m").waiting == "a"


def test_a_parallel_boundary_event_interrupts_when_all_have_come():
    assert play(ON_TASK.format("all message m & signal x"), "signal x", "send m").waiting == "handler"


def test_several_boundary_events_stand_on_one_task():
    text = ON_TASK.format("timer PT2H") + "\n boundary n on a non timer PT1H\n end k\n n > k"
    assert play(text, "wait 3h").passed("n", "b") == ["n", "b"]


def test_a_boundary_event_without_a_way_out_ends_its_token():
    assert play("start s\n user a\n boundary b on a timer PT1H\n end e\n s > a > e", "wait 1h").state == "completed"


def test_a_boundary_event_may_lead_back_to_its_task():
    text = "start s\n user a\n boundary b on a timer PT1H\n end e\n s > a > e\n b > a"
    assert play(text, "wait 3h").waiting == "a"


def test_a_boundary_event_stands_on_a_receive_task():
    text = "start s\n receive r m\n boundary b on r timer PT1H\n end e\n end h\n s > r > e\n b > h"
    assert play(text, "wait 1h").trace == "s b h"


def test_a_signal_thrown_inside_reaches_the_border_around():
    text = """
    start s
    sub w {
    start ws
    throw t signal x
    user inner
    ws > t > inner
    }
    boundary b on w signal x
    end e
    end h
    s > w > e
    b > h"""
    assert play(text).passed("h", "e") == ["h"]


# Errors
RISES = """
    start s
    sub w {{
    start ws
    user inner
    end we {}
    ws > inner > we
    }}
    boundary b on w {}
    end e
    end h
    s > w > e
    b > h"""


@pytest.mark.parametrize("catch", ["error lost", "error"])
def test_an_error_is_caught_on_the_border_of_its_sub_process(catch: str):
    assert play(RISES.format("error lost", catch), "do inner").trace == "s ws inner we b h"


def test_an_error_is_not_caught_by_another_code():
    assert play(RISES.format("error lost", "error found"), "do inner").state == "failed"


@pytest.mark.parametrize("catch", ["escalation far", "escalation"])
def test_an_escalation_is_caught_on_the_border_of_its_sub_process(catch: str):
    assert play(RISES.format("escalation far", catch), "do inner").passed("h", "e") == ["h"]


@pytest.mark.parametrize("catch", ["non escalation far", "non escalation"])
def test_a_non_interrupting_escalation_lets_the_sub_process_complete(catch: str):
    assert sorted(play(RISES.format("escalation far", catch), "do inner").passed("h", "e")) == ["e", "h"]


def test_an_escalation_of_another_code_passes_by():
    assert play(RISES.format("escalation far", "escalation near"), "do inner").passed("h", "e") == ["e"]


def test_an_error_is_no_escalation():
    assert play(RISES.format("error far", "escalation far"), "do inner").state == "failed"


def test_an_error_ends_everything_in_the_sub_process():
    text = RISES.format("error lost", "error lost").replace("user inner", "user inner\n user other\n ws > other")
    assert play(text, "do inner").waiting == ""


NESTED = """
    start s
    sub outer {{
    start os
    sub inner {{
    start is
    end ie {}
    is > ie
    }}
    boundary bi on inner {}
    end hi
    end oe
    os > inner > oe
    bi > hi
    }}
    boundary bo on outer {}
    end ho
    end e
    s > outer > e
    bo > ho"""


def test_the_innermost_catch_takes_an_error():
    assert play(NESTED.format("error x", "error x", "error x")).passed("bi", "bo") == ["bi"]


def test_an_error_is_caught_no_more_than_once():
    assert play(NESTED.format("error x", "error", "error x")).passed("bi", "bo") == ["bi"]


def test_an_error_passes_a_border_that_catches_another():
    assert play(NESTED.format("error x", "error y", "error x")).passed("bi", "bo") == ["bo"]


def test_an_error_that_passes_leaves_the_outer_activity_uncompleted():
    assert play(NESTED.format("error x", "error y", "error x")).passed("inner", "outer", "e") == []


def test_the_innermost_catch_takes_an_escalation():
    assert play(NESTED.format("escalation x", "non escalation x", "non escalation x")).passed("bi", "bo") == ["bi"]


def test_an_escalation_passes_a_border_that_catches_another():
    assert play(NESTED.format("escalation x", "escalation y", "non escalation x")).passed("bi", "bo") == ["bo"]


def test_an_error_with_a_code_goes_to_the_catch_of_its_code_first():
    text = RISES.format("error lost", "error") + "\n boundary c on w error lost\n end k\n c > k"
    assert play(text, "do inner").passed("b", "c") == ["c"]


NAMELESS = """
    start s
    sub w {{
    start ws
    xml <endEvent id="we"><{0}EventDefinition {0}Ref="thrown"/></endEvent>
    xml <sequenceFlow id="wf" sourceRef="ws" targetRef="we"/>
    }}
    root <{0} id="thrown" name="thrown" {0}Code="T1"/><{0} id="other" name="other"/>
    xml <boundaryEvent id="b" attachedToRef="w"><{0}EventDefinition {0}Ref="other"/></boundaryEvent>
    xml <sequenceFlow id="bf" sourceRef="b" targetRef="h"/>
    end h
    end e
    s > w > e"""


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_a_catch_whose_declaration_has_no_code_takes_every_code(kind: str):
    assert play(NAMELESS.format(kind)).passed("h", "e") == ["h"]


def test_an_event_that_ends_its_own_scope_by_throwing_was_thrown():
    text = RISES.format("", "escalation far").replace("user inner", "throw inner escalation far")
    assert play(text).trace == "s ws inner b h"


def test_an_error_does_not_reach_a_catch_beside_it():
    text = """
    start s
    sub w {
    start ws
    end we error x
    ws > we
    }
    user other
    boundary b on other error x
    end h
    end e
    s > w > e
    s > other > e
    b > h"""
    assert play(text).state == "failed"


def test_a_handled_error_lets_the_rest_of_the_process_go_on():
    text = RISES.format("error lost", "error lost") + "\n user beside\n s > beside"
    assert play(text, "do inner").waiting == "beside"


def test_an_error_in_a_called_process_is_caught_on_the_call():
    calls = "start s\n call c q\n boundary b on c error x\n end e\n end h\n s > c > e\n b > h"
    assert Play(calls, "start qs\n end qe error x\n qs > qe").start().passed("h", "e") == ["h"]


def test_an_error_from_a_call_in_a_sub_process_is_caught_around_both():
    calls = """
    start s
    sub w {
    start ws
    call c q
    end we
    ws > c > we
    }
    boundary b on w error x
    end e
    end h
    s > w > e
    b > h"""
    assert Play(calls, "start qs\n end qe error x\n qs > qe").start().passed("h", "e") == ["h"]


def test_an_escalation_in_a_called_process_is_caught_on_the_call():
    calls = "start s\n call c q\n boundary b on c non escalation x\n end e\n end h\n s > c > e\n b > h"
    both = Play(calls, "start qs\n throw qt escalation x\n end qe\n qs > qt > qe").start()
    assert sorted(both.passed("h", "e")) == ["e", "h"]


def test_a_timer_on_a_call_ends_the_called_process():
    calls = "start s\n call c q\n boundary b on c timer PT1H\n end e\n end h\n s > c > e\n b > h"
    assert Play(calls, "start qs\n user qu\n end qe\n qs > qu > qe").start().act("wait 1h").state == "completed"


def test_a_message_on_a_call_leaves_the_called_process_where_it_does_not_interrupt():
    calls = "start s\n call c q\n boundary b on c non message m\n user h\n end e\n s > c > e\n b > h"
    assert Play(calls, "start qs\n user qu\n end qe\n qs > qu > qe").start().act("send m").waiting == "h qu"


def test_a_terminate_in_a_called_process_ends_only_that_process():
    calls = "start s\n call c q\n user after\n s > c > after"
    inner = "start qs\n user qa\n user qb\n end qe terminate\n qs > qa > qe\n qs > qb"
    assert Play(calls, inner).start().act("do qa").waiting == "after"


def test_a_terminate_in_a_sub_process_ends_only_that_sub_process():
    text = """
    start s
    sub w {
    start ws
    user a
    user b
    end we terminate
    ws > a > we
    ws > b
    }
    user after
    s > w > after"""
    assert play(text, "do a").waiting == "after"


# Transactions
TRANSACTION = """
    start s
    transaction w {
    start ws
    user a
    user b
    end good
    end bad cancel
    ws > a
    ws > b > bad
    a > good
    }
    boundary c on w cancel
    boundary f on w error lost
    end e
    end k
    end h
    s > w > e
    c > k
    f > h"""


def test_a_transaction_that_is_cancelled_goes_the_way_of_its_cancel_event():
    assert play(TRANSACTION, "do b").passed("c", "k", "e") == ["c", "k"]


def test_a_transaction_that_is_cancelled_leaves_nothing_waiting():
    assert play(TRANSACTION, "do b").waiting == ""


def test_a_transaction_that_succeeds_goes_on_as_a_sub_process():
    assert play(TRANSACTION.replace(" cancel", "", 1), "do a", "do b").passed("w", "e") == ["w", "e"]


def test_a_transaction_may_end_in_an_error():
    assert play(TRANSACTION.replace("end good", "end good error lost"), "do a").passed("f", "h") == ["f", "h"]


# Multi-instance
def test_a_timer_on_a_repeated_task_ends_all_its_instances():
    text = "start s\n user a times 3\n boundary b on a timer PT1H\n end e\n end h\n s > a > e\n b > h"
    assert play(text, "do a", "wait 1h").state == "completed"


def test_a_non_interrupting_message_on_a_repeated_task_happens_once():
    text = "start s\n user a times 3\n boundary b on a non message m\n user h\n end e\n s > a > e\n b > h"
    assert play(text, "send m").waiting == "a a a h"


def test_an_error_in_one_of_several_sub_processes_ends_them_all():
    text = """
    start s
    sub w times 3 {
    start ws
    user a
    end we error x
    ws > a > we
    }
    boundary b on w error x
    end e
    end h
    s > w > e
    b > h"""
    assert play(text, "do a").state == "completed"


def test_an_escalation_in_each_of_several_sub_processes_is_caught_each_time():
    text = """
    start s
    sub w times 3 {
    start ws
    end we escalation x
    ws > we
    }
    boundary b on w non escalation x
    end e
    end h
    s > w > e
    b > h"""
    assert play(text).count("h") == 3


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("non error x", "always_interrupts"),
        ("compensate", "compensation"),
        ("terminate", "trigger_not_here"),
        ("cancel", "cancel_without_transaction"),
        ("link A", "trigger_not_here"),
        ("", "trigger_missing"),
    ],
)
def test_a_boundary_event_that_makes_no_sense_is_refused(event: str, code: str):
    assert code in codes(ON_TASK.format(event))


def test_a_flow_into_a_boundary_event_is_refused():
    assert codes(ON_TASK.format("timer P1D") + "\n handler > b")
