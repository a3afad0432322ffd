"""Gateways: BPMN 2.0.2, 10.6 and 13.4."""

import pytest

from .playing import Play, codes, play

CHOICE = """
    start s
    xor g
    throw a
    throw b
    throw c
    end e
    s > g
    g > a if x > 10
    g > b if x > 5
    g > c else
    a > e
    b > e
    c > e"""
SOME = CHOICE.replace("xor g", "or g")
SOME_JOINED = """
    start s
    or g
    user a
    user b
    user c
    or j
    throw after
    end e
    s > g
    g > a if x > 10
    g > b if x > 5
    g > c else
    a > j
    b > j
    c > j > after > e"""
BOTH = """
    start s
    and g
    user a
    user b
    and j
    throw after
    end e
    s > g > a > j > after > e
    g > b > j"""


# Exclusive
def test_an_exclusive_gateway_takes_the_first_true_flow_only():
    assert play(CHOICE, x=11).trace == "s g a e"


def test_an_exclusive_gateway_skips_what_is_false():
    assert play(CHOICE, x=7).trace == "s g b e"


def test_an_exclusive_gateway_takes_its_default_where_nothing_holds():
    assert play(CHOICE, x=1).trace == "s g c e"


def test_an_exclusive_gateway_without_match_and_default_fails():
    assert play(CHOICE.replace(" else", " if x = 3"), x=1).state == "failed"


def test_a_gateway_that_could_not_choose_was_not_completed():
    assert play(CHOICE.replace(" else", " if x = 3"), x=1).trace == "s"


def test_a_condition_that_is_neither_true_nor_false_fails():
    assert play(CHOICE).state == "failed"


def test_an_exclusive_gateway_passes_each_token_on_when_it_merges():
    text = "start s\n and f\n throw a\n throw b\n xor m\n throw c\n end e\n s > f > a > m > c > e\n f > b > m"
    assert play(text).count("c") == 2


def test_an_exclusive_gateway_may_merge_and_split_at_once():
    text = """
    start s
    xor g
    script more n = n + 1
    end e
    s > g
    g > more if n < 3
    g > e else
    more > g"""
    assert play(text, n=0).trace == "s g more g more g more g e"


def test_a_default_flow_is_no_first_choice_however_it_is_drawn():
    text = "start s\n xor g\n end a\n end b\n s > g\n g > a else\n g > b if true"
    assert play(text).trace == "s g b"


def test_a_gateway_with_one_unconditional_way_out_passes():
    assert play("start s\n xor g\n end e\n s > g > e").trace == "s g e"


def test_a_gateway_may_begin_a_process_without_start_event():
    assert play("xor g\n end a\n end b\n g > a if x = 1\n g > b else", x=1).trace == "g a"


def test_a_gateway_may_end_a_process_without_end_event():
    assert play("start s\n throw a\n xor g\n s > a > g").state == "completed"


# Inclusive
def test_an_inclusive_gateway_takes_every_true_flow():
    assert play(SOME, x=11).passed("a", "b", "c") == ["a", "b"]


def test_an_inclusive_gateway_takes_one_flow_where_one_is_true():
    assert play(SOME, x=7).passed("a", "b", "c") == ["b"]


def test_an_inclusive_gateway_takes_its_default_where_nothing_holds():
    assert play(SOME, x=1).passed("a", "b", "c") == ["c"]


def test_an_inclusive_gateway_leaves_its_default_where_something_holds():
    assert play(SOME, x=11).count("c") == 0


def test_an_inclusive_gateway_without_match_and_default_fails():
    assert play(SOME.replace(" else", " if x = 3"), x=1).state == "failed"


def test_an_inclusive_join_waits_for_all_that_were_taken():
    assert play(SOME_JOINED, "do a", x=11).count("after") == 0


def test_an_inclusive_join_goes_on_once_when_all_have_come():
    assert play(SOME_JOINED, "do a", "do b", x=11).trace == "s g a b j after e"


def test_an_inclusive_join_waits_for_no_branch_that_was_not_taken():
    assert play(SOME_JOINED, "do b", x=7).state == "completed"


def test_an_inclusive_join_waits_for_a_parallel_branch_that_can_still_come():
    text = """
    start s
    and f
    user a
    user b
    xor g
    or j
    end e
    end other
    s > f > a > j > e
    f > b > g
    g > j if b.go = true
    g > other else"""
    assert play(text, "do a").state == "running"


def test_an_inclusive_join_goes_on_when_the_other_token_went_elsewhere():
    text = """
    start s
    and f
    user a
    user b
    xor g
    or j
    end e
    end other
    s > f > a > j > e
    f > b > g
    g > j if b.go = true
    g > other else"""
    assert play(text, "do a").act("do b", go=False).passed("j", "e") == ["j", "e"]


def test_nested_inclusive_gateways_join_where_they_belong():
    text = """
    start s
    or g1
    or g2
    user a
    user b
    user c
    or j2
    or j1
    end e
    s > g1
    g1 > g2 if true
    g1 > c if true
    g2 > a if true
    g2 > b if true
    a > j2
    b > j2
    j2 > j1
    c > j1 > e"""
    assert play(text, "do c", "do a", "do b").passed("j1", "j2", "e") == ["j2", "j1", "e"]


LOOP = """
    start s
    or g
    user a
    user b
    or j
    xor again
    end e
    s > g
    g > a if true
    g > b if n > 0
    a > j
    b > j > again
    again > g if a.more = true
    again > e else"""


def test_an_inclusive_join_in_a_loop_waits_in_each_round():
    assert play(LOOP, n=1).act("do b").act("do a", more=True).waiting == "a b"


def test_an_inclusive_join_in_a_loop_ends_after_the_last_round():
    rounds = play(LOOP, n=1).act("do b").act("do a", more=True).act("do b").act("do a", more=False)
    assert rounds.count("j") == 2


def test_an_inclusive_join_before_a_loop_is_not_held_up_by_what_comes_after_it():
    text = """
    start s
    and f
    throw a
    throw b
    or j
    user c
    xor again
    end e
    s > f > a > j > c > again
    f > b > j
    again > j if c.more = true
    again > e else"""
    assert play(text).act("do c", more=True).waiting == "c"


def test_an_inclusive_gateway_may_end_several_tokens_without_a_join():
    text = "start s\n or g\n end a\n end b\n s > g\n g > a if true\n g > b if true"
    assert sorted(play(text).one.trace) == ["a", "b", "g", "s"]


# Parallel
def test_a_parallel_gateway_sends_a_token_along_each_flow():
    assert play(BOTH).waiting == "a b"


def test_a_parallel_join_waits_for_all():
    assert play(BOTH, "do b").waiting == "a"


def test_a_parallel_join_goes_on_once():
    assert play(BOTH, "do b", "do a").trace == "s g b a j after e"


def test_a_parallel_gateway_may_join_and_fork_at_once():
    text = """
    start s
    and f
    throw a
    throw b
    and m
    throw c
    throw d
    end e
    s > f > a > m > c > e
    f > b > m > d > e"""
    assert sorted(play(text).passed("c", "d", "m")) == ["c", "d", "m"]


def test_three_parallel_branches_join_as_one():
    text = """
    start s
    and f
    throw a
    throw b
    throw c
    and j
    end e
    s > f > a > j > e
    f > b > j
    f > c > j"""
    assert play(text).count("e") == 1


def test_a_parallel_join_fed_by_one_token_per_flow_twice_fires_twice():
    text = """
    start s
    and f
    and g
    throw a
    throw b
    xor x
    xor y
    and j
    throw after
    end e
    s > f
    f > a > x
    f > b > y
    f > g
    g > x
    g > y
    x > j
    y > j > after > e"""
    assert play(text).count("after") == 2


def test_nested_parallel_gateways_join_inside_out():
    text = """
    start s
    and f
    and g
    user a
    user b
    user c
    and h
    and j
    end e
    s > f > g > a > h > j > e
    g > b > h
    f > c > j"""
    assert play(text, "do c", "do a", "do b").passed("h", "j", "e") == ["h", "j", "e"]


def test_a_parallel_loop_joins_anew_in_each_round():
    text = """
    start s
    xor m
    and f
    user a
    user b
    and j
    xor again
    end e
    s > m > f > a > j > again
    f > b > j
    again > m if a.more = true
    again > e else"""
    assert play(text).act("do a", more=True).act("do b", "do b").act("do a", more=False).state == "completed"


def test_two_flows_from_a_fork_straight_into_its_join_are_two_tokens():
    text = """
    start s
    and f
    and j
    end e
    xml <sequenceFlow id="one" sourceRef="f" targetRef="j"/><sequenceFlow id="two" sourceRef="f" targetRef="j"/>
    s > f
    j > e"""
    assert play(text).state == "completed"


# Uncontrolled flow
def test_several_flows_out_of_a_task_are_taken_at_once():
    assert play("start s\n user a\n user b\n user c\n end e\n s > a > b > e\n a > c > e", "do a").waiting == "b c"


def test_several_flows_out_of_a_start_event_are_taken_at_once():
    assert play("start s\n user b\n user c\n end e\n s > b > e\n s > c > e").waiting == "b c"


def test_a_task_with_two_flows_in_is_done_for_each_token():
    assert play("start s\n and f\n throw a\n throw b\n user c\n s > f > a > c\n f > b > c").waiting == "c c"


def test_an_end_event_reached_twice_ends_each_token_only():
    text = "start s\n and f\n user a\n user b\n end e\n s > f > a > e\n f > b > e"
    assert play(text, "do a").state == "running"


def test_a_conditional_flow_out_of_a_task_is_taken_where_it_holds():
    text = "start s\n user t\n end b\n end c\n s > t\n t > b if x = 1\n t > c else"
    assert play(text, "do t", x=1).trace == "s t b"


def test_a_default_flow_out_of_a_task_is_taken_where_no_condition_holds():
    text = "start s\n user t\n end b\n end c\n s > t\n t > b if x = 1\n t > c else"
    assert play(text, "do t", x=2).trace == "s t c"


def test_several_conditional_flows_out_of_a_task_may_all_be_taken():
    text = "start s\n user t\n end b\n end c\n s > t\n t > b if x = 1\n t > c if x > 0"
    assert sorted(play(text, "do t", x=1).passed("b", "c")) == ["b", "c"]


def test_an_unconditional_flow_beside_a_conditional_one_is_always_taken():
    text = "start s\n user t\n end b\n end c\n s > t\n t > b if x = 1\n t > c"
    assert play(text, "do t", x=2).trace == "s t c"


def test_all_nodes_without_an_incoming_flow_begin_where_no_start_event_is_drawn():
    assert play("user a\n user b\n end e\n a > e").waiting == "a b"


def test_a_process_without_end_event_completes_with_its_last_token():
    assert play("user a\n user b\n a > b", "do a", "do b").state == "completed"


# Event-based
RACE = """
    start s
    events g
    catch m message order
    catch t timer P1D
    catch n signal stop
    end em
    end et
    end en
    s > g > m > em
    g > t > et
    g > n > en"""


def test_an_event_gateway_goes_the_way_of_its_message():
    assert play(RACE, "send order").trace == "s g m em"


def test_an_event_gateway_goes_the_way_of_its_timer():
    assert play(RACE, "wait 1d").trace == "s g t et"


def test_an_event_gateway_goes_the_way_of_its_signal():
    assert play(RACE, "signal stop").trace == "s g n en"


def test_an_event_gateway_withdraws_the_events_that_did_not_win():
    assert play(RACE, "send order").rehearsal.timers == []


def test_an_event_gateway_ignores_what_comes_after_the_first():
    assert play(RACE, "signal stop", "send order").trace == "s g n en"


def test_an_event_gateway_waits_until_something_happens():
    assert play(RACE, "wait 23h").state == "running"


def test_an_event_gateway_may_wait_in_receive_tasks():
    text = "start s\n events g\n receive r order\n receive q letter\n end a\n end b\n s > g > r > a\n g > q > b"
    assert play(text, "send letter").trace == "s g q b"


def test_an_event_gateway_may_wait_for_a_condition():
    text = """
    start s
    and f
    user u
    events g
    catch c if u.done = true
    catch t timer P1D
    end a
    end b
    end d
    s > f > u > d
    f > g > c > a
    g > t > b"""
    assert play(text).act("do u", done=True).passed("a", "b") == ["a"]


def test_an_event_gateway_in_a_loop_arms_its_events_anew():
    text = """
    start s
    xor x
    events g
    catch m message order
    catch n message stop
    end e
    s > x > g > m > x
    g > n > e"""
    assert play(text, "send order", "send order", "send stop").trace == "s x g m x g m x g n e"


BEGINS = """
    events g instantiate=true
    catch m message order
    catch n message offer
    user a
    user b
    end e
    g > m > a > e
    g > n > b > e"""


def test_an_event_gateway_that_instantiates_starts_a_process_by_the_first_message():
    assert Play(BEGINS).act("send offer").waiting == "b"


def test_an_event_gateway_that_instantiates_starts_one_process_for_each_message():
    assert len(Play(BEGINS).act("send offer", "send order").rehearsal.instances) == 2


def test_a_parallel_event_gateway_that_instantiates_waits_for_the_other_messages():
    text = BEGINS.replace("instantiate=true", "instantiate=true eventGatewayType=Parallel")
    assert Play(text).act("send offer").state == "running"


def test_a_parallel_event_gateway_gathers_all_messages_in_one_instance():
    text = BEGINS.replace("instantiate=true", "instantiate=true eventGatewayType=Parallel")
    assert Play(text).act("send offer", "send order").waiting == "a b"


# Refused
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("start s\n complex g\n end e\n s > g > e", "complex_gateway"),
        ("start s\n xor g\n end a\n end b\n s > g\n g > a if x = 1\n g > b", "condition_missing"),
        ("start s\n events g\n user a\n catch m message o\n s > g > a\n g > m", "event_gateway_target"),
        (
            "start s\n xor g\n throw a\n throw b\n and j\n end e\n s > g\n g > a if x\n g > b else\n a > j\n b > j > e",
            "deadlock",
        ),
    ],
)
def test_a_gateway_that_would_not_do_what_it_shows_is_refused(text: str, code: str):
    assert code in codes(text)
