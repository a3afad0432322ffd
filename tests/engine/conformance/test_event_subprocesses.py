"""Event sub-processes: BPMN 2.0.2, 10.3.5 and 13.5.4."""

import pytest

from .playing import Play, codes, play

IN_PROCESS = """
    start s
    user a
    end e
    s > a > e
    eventsub x {{
    start xs {}
    user h
    end xe
    xs > h > xe
    }}"""
HAPPENS = [
    ("message m", "send m"),
    ("signal x", "signal x"),
    ("timer PT1H", "wait 1h"),
    ("message m & signal y", "signal y"),
]


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_sub_process_replaces_its_process(event: str, act: str):
    assert play(IN_PROCESS.format(event), act).waiting == "h"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_sub_process_ends_its_process_when_it_ends(event: str, act: str):
    assert play(IN_PROCESS.format(event), act, "do h").state == "completed"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_an_interrupting_event_sub_process_is_traced_as_drawn(event: str, act: str):
    assert play(IN_PROCESS.format(event), act, "do h").trace == "s xs h xe x"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_a_non_interrupting_event_sub_process_runs_beside(event: str, act: str):
    assert play(IN_PROCESS.format(f"non {event}"), act).waiting == "a h"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_a_process_waits_for_its_non_interrupting_event_sub_process(event: str, act: str):
    assert play(IN_PROCESS.format(f"non {event}"), act, "do a").state == "running"


@pytest.mark.parametrize(("event", "act"), HAPPENS)
def test_a_process_completes_where_its_event_sub_process_never_began(event: str, act: str):
    assert play(IN_PROCESS.format(event), "do a").state == "completed"


@pytest.mark.parametrize(("event", "act"), HAPPENS[:2])
def test_a_non_interrupting_event_sub_process_may_begin_again(event: str, act: str):
    assert play(IN_PROCESS.format(f"non {event}"), act, act).waiting == "a h h"


def test_a_cycle_begins_an_event_sub_process_each_time():
    assert play(IN_PROCESS.format("non cycle R3/PT1H"), "wait 9h").waiting == "a h h h"


def test_a_condition_that_holds_from_the_beginning_begins_an_event_sub_process():
    assert play(IN_PROCESS.format("if a = null")).waiting == "h"


def test_a_condition_that_becomes_true_begins_an_event_sub_process():
    text = IN_PROCESS.format("non if b.stop = true") + "\n user b\n s > b"
    assert play(text).act("do b", stop=True).waiting == "a h"


def test_the_payload_is_seen_in_the_event_sub_process():
    begun = play(IN_PROCESS.format("message m")).act("send m", n=7)
    assert begun.rehearsal.tasks[0].variables["xs"] == {"n": 7}


THROWS = """
    start s
    user u
    end e {}
    s > u > e
    eventsub x {{
    start xs {}
    end xe
    xs > xe
    }}"""


@pytest.mark.parametrize("catch", ["error lost", "error"])
def test_an_error_begins_the_event_sub_process_of_its_scope(catch: str):
    assert play(THROWS.format("error lost", catch), "do u").trace == "s u e xs xe x"


def test_a_handled_error_completes_the_instance():
    assert play(THROWS.format("error lost", "error lost"), "do u").state == "completed"


def test_an_error_of_another_code_begins_nothing():
    assert play(THROWS.format("error lost", "error found"), "do u").state == "failed"


@pytest.mark.parametrize("catch", ["escalation far", "non escalation far", "non escalation"])
def test_an_escalation_begins_the_event_sub_process_of_its_scope(catch: str):
    assert play(THROWS.format("escalation far", catch), "do u").passed("xe") == ["xe"]


def test_an_interrupting_escalation_takes_the_rest_away():
    text = THROWS.format("escalation far", "escalation far") + "\n user other\n s > other"
    assert play(text, "do u").state == "completed"


def test_a_non_interrupting_escalation_leaves_the_rest():
    text = THROWS.format("escalation far", "non escalation far") + "\n user other\n s > other"
    assert play(text, "do u").waiting == "other"


IN_SUB = """
    start s
    sub w {{
    start ws
    user a
    end we {}
    ws > a > we
    eventsub x {{
    start xs {}
    user h
    end xe {}
    xs > h > xe
    }}
    }}
    boundary b on w {}
    user after
    user rescued
    s > w > after
    b > rescued"""


def test_after_an_interrupting_event_sub_process_its_scope_goes_on_normally():
    assert play(IN_SUB.format("", "message m", "", "error z"), "send m", "do h").waiting == "after"


def test_an_error_is_caught_inside_before_the_border():
    assert play(IN_SUB.format("error z", "error z", "", "error z"), "do a").waiting == "h"


def test_an_error_handled_inside_does_not_reach_the_border():
    assert play(IN_SUB.format("error z", "error z", "", "error z"), "do a", "do h").waiting == "after"


def test_an_error_thrown_again_by_its_handler_reaches_the_border():
    assert play(IN_SUB.format("error z", "error z", "error z", "error z"), "do a", "do h").waiting == "rescued"


def test_an_event_sub_process_does_not_catch_what_it_throws():
    again = play(IN_SUB.format("error z", "error z", "error z", "error q"), "do a", "do h")
    assert again.state == "failed"


def test_the_border_ends_an_event_sub_process_that_runs():
    assert play(IN_SUB.format("", "non message m", "", "message n"), "send m", "send n").waiting == "rescued"


def test_a_timer_of_an_event_sub_process_begins_with_its_scope():
    text = IN_SUB.format("", "timer PT1H", "", "error z").replace("s > w", "catch c timer PT1H\n s > c > w")
    assert play(text, "wait 1h").waiting == "a"


def test_an_event_sub_process_of_an_outer_scope_interrupts_an_inner_one():
    text = """
    start s
    sub w {
    start ws
    user a
    ws > a
    }
    end e
    s > w > e
    eventsub x {
    start xs signal stop
    user h
    xs > h
    }"""
    assert play(text, "signal stop").waiting == "h"


def test_an_error_of_an_inner_scope_begins_the_event_sub_process_of_an_outer_one():
    text = """
    start s
    sub w {
    start ws
    end we error z
    ws > we
    }
    end e
    s > w > e
    eventsub x {
    start xs error z
    user h
    xs > h
    }"""
    assert play(text).waiting == "h"


TWO = """
    start s
    user a
    end e
    s > a > e
    eventsub x {
    start xs non message m
    user h
    xs > h
    }
    eventsub y {
    start ys signal stop
    user k
    ys > k
    }"""


def test_two_event_sub_processes_stand_in_one_scope():
    assert play(TWO, "send m").waiting == "a h"


def test_an_interrupting_one_ends_what_a_non_interrupting_one_began():
    assert play(TWO, "send m", "signal stop").waiting == "k"


def test_after_an_interrupting_one_no_other_begins():
    assert play(TWO, "signal stop", "send m").waiting == "k"


NESTED = """
    start s
    user a
    end e
    s > a > e
    eventsub x {
    start xs non message m
    user h
    xs > h
    eventsub y {
    start ys message n
    user k
    ys > k
    }
    }"""


def test_an_event_sub_process_in_an_event_sub_process_waits_for_it_to_begin():
    assert play(NESTED, "send n").waiting == "a"


def test_an_event_sub_process_in_an_event_sub_process_interrupts_only_it():
    assert play(NESTED, "send m", "send n").waiting == "a k"


def test_an_event_sub_process_of_a_called_process_begins():
    inner = IN_PROCESS.format("message m").replace("start s\n", "start qs\n").replace("s > a > e", "qs > a > e", 1)
    assert (
        Play("start s\n call c q\n user after\n s > c > after", inner).start().act("send m", "do h").waiting == "after"
    )


def test_an_event_sub_process_reads_the_variables_of_its_process():
    text = IN_PROCESS.format("message m").replace("user h", "script h y = x + 1")
    assert play(text, "send m", x=1)["x"] == {"y": 2}


def test_a_terminate_in_a_non_interrupting_event_sub_process_ends_only_it():
    text = IN_PROCESS.format("non message m").replace("end xe", "end xe terminate")
    assert play(text, "send m", "do h").waiting == "a"


@pytest.mark.parametrize("event", ["non error z", "cancel", "link A", "compensate"])
def test_an_event_sub_process_that_makes_no_sense_is_refused(event: str):
    assert codes(IN_PROCESS.format(event))


def test_an_event_sub_process_without_a_trigger_is_refused():
    assert codes(IN_PROCESS.format(""))


def test_a_flow_into_an_event_sub_process_is_refused():
    assert "event_subprocess_flow" in codes(IN_PROCESS.format("message m") + "\n a > x")


SEVERAL = """
    start m message one
    start n message two
    start s
    user a
    user b
    user c
    m > a
    n > b
    s > c
    eventsub x {
    start xs non signal g
    user k
    xs > k
    }"""
BOTH = SEVERAL + "\n    eventsub y {\n start ys message stop\n user l\n ys > l\n }"


@pytest.mark.parametrize(("message", "waiting"), [("one", "a"), ("two", "b")])
def test_each_start_event_goes_its_own_way_beside_an_event_sub_process(message: str, waiting: str):
    assert Play(SEVERAL).act(f"send {message}").waiting == waiting


def test_the_plain_start_goes_its_own_way_beside_an_event_sub_process():
    assert play(SEVERAL).waiting == "c"


@pytest.mark.parametrize(("message", "waiting"), [("one", "a k"), ("two", "b k")])
def test_handlers_wait_whichever_start_event_began_the_process(message: str, waiting: str):
    assert Play(BOTH).act(f"send {message}", "signal g").waiting == waiting


def test_an_interrupting_handler_ends_a_process_of_several_starts():
    assert Play(BOTH).act("send two", "signal g", "send stop").waiting == "l"


def test_the_start_of_a_process_with_a_handler_is_passed_once():
    assert Play(BOTH).act("send two").passed("m", "n", "s") == ["n"]


CONDITIONAL = """
    start s
    user a
    user b
    s > a > b
    eventsub x {{
    start xs {} if a.n = 1
    user k
    xs > k
    }}"""


def test_a_condition_begins_an_event_sub_process_beside_the_flow():
    assert play(CONDITIONAL.format("non")).act("do a", n=1).waiting == "b k"


def test_a_condition_begins_an_event_sub_process_that_ends_the_flow():
    assert play(CONDITIONAL.format("")).act("do a", n=1).waiting == "k"


def test_a_condition_that_does_not_hold_begins_nothing():
    assert play(CONDITIONAL.format("")).act("do a", n=2).waiting == "b"
