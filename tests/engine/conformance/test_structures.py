"""Constructs in one another: events, scopes, joins and repetitions where they meet."""

from decimal import Decimal

from .playing import Play, play

LATE = """
    start s
    user a
    boundary t on a {}timer PT1H
    user h
    or j
    end e
    s > a > j > e
    t > h > j"""


def test_an_inclusive_join_waits_for_a_handler_that_runs_beside():
    assert play(LATE.format("non "), "wait 1h", "do a").waiting == "h"


def test_an_inclusive_join_brings_a_handler_and_its_task_together():
    assert play(LATE.format("non "), "wait 1h", "do a", "do h").count("e") == 1


def test_an_inclusive_join_waits_for_no_handler_that_never_began():
    assert play(LATE.format("non "), "do a").state == "completed"


def test_an_inclusive_join_waits_for_the_handler_instead_of_its_task():
    assert play(LATE.format(""), "wait 1h", "do h").state == "completed"


RISING = """
    start s
    sub w {
    start ws
    throw x escalation far
    user a
    ws > x > a
    eventsub es {
    start ess non escalation far
    throw z escalation far
    user k
    ess > z > k
    }
    }
    boundary b on w non escalation far
    user h
    s > w
    b > h"""


def test_an_escalation_is_handled_inside_and_thrown_on_outwards():
    assert play(RISING).waiting == "a h k"


def test_an_escalation_that_is_caught_inside_goes_no_further_by_itself():
    assert play(RISING.replace("throw z escalation far", "throw z")).waiting == "a k"


def test_one_signal_begins_every_event_sub_process_that_waits_for_it():
    text = "start s\n user a\n s > a"
    for name in ("x", "y"):
        text += f"\n eventsub {name} {{\n start {name}s non signal g\n user {name}u\n {name}s > {name}u\n }}"
    assert play(text, "signal g").waiting == "a xu yu"


def test_a_process_interrupts_itself_by_its_own_signal():
    text = "start s\n throw t signal g\n user a\n s > t > a\n eventsub x {\n start xs signal g\n user k\n xs > k\n }"
    assert play(text).waiting == "k"


def test_a_terminate_ends_the_sub_processes_of_its_scope():
    text = "start s\n and f\n sub w {\n user a\n }\n user b\n end t terminate\n s > f > w\n f > b > t"
    assert play(text, "do b").state == "completed"


def test_an_error_of_one_call_ends_the_calls_for_the_other_items():
    calls = "start s\n call c q each xs as x\n boundary b on c error z\n end h\n s > c\n b > h"
    assert Play(calls, "start qs\n user qa\n end qe error z\n qs > qa > qe").start(xs=[1, 2]).act("do qa").waiting == ""


def test_each_call_of_a_repetition_gets_its_own_item():
    text = """
    start s
    xml <callActivity id="c" calledElement="q"><extensionElements><ihala:input name="n">x</ihala:input>
    xml <ihala:output name="r">n * 10</ihala:output></extensionElements><multiInstanceLoopCharacteristics>
    xml <loopDataInputRef>xs</loopDataInputRef><loopDataOutputRef>rs</loopDataOutputRef><inputDataItem id="x"/>
    xml <outputDataItem id="r"/></multiInstanceLoopCharacteristics></callActivity>
    xml <sequenceFlow id="f" sourceRef="s" targetRef="c"/>"""
    assert Play(text, "start qs\n end qe\n qs > qe").start(xs=[1, 2])["rs"] == [Decimal(10), Decimal(20)]


def test_a_called_process_begins_at_its_plain_start_event():
    called = "start qm message m\n start qs\n user a\n user b\n qm > a\n qs > b"
    assert Play("start s\n call c q\n s > c", called).start().waiting == "b"


def test_a_clock_on_a_repeated_task_goes_on_through_all_its_rounds():
    text = "start s\n user a seq times 2\n boundary b on a non cycle R/PT1H\n end h\n s > a\n b > h"
    assert play(text, "wait 1h", "do a", "wait 1h", "do a").count("b") == 2


def test_the_border_of_a_sub_process_ends_the_race_inside():
    text = """
    start s
    sub w {
    events g
    catch m message m
    catch c timer P1D
    g > m
    g > c
    }
    boundary b on w timer PT1H
    end h
    s > w
    b > h"""
    assert play(text, "wait 1h").rehearsal.timers == []


def test_a_transaction_nobody_cancels_for_fails_in_words():
    text = "start s\n transaction w {\n start ws\n end we cancel\n ws > we\n }\n user after\n s > w > after"
    assert play(text).state == "failed"


def test_a_condition_on_a_border_sees_what_happens_inside():
    text = """
    start s
    sub w {
    start ws
    script v x = 5
    user a
    ws > v > a
    }
    boundary b on w if x > 1
    user h
    s > w
    b > h"""
    assert play(text, x=0).waiting == "h"
