"""Start, intermediate and end events: BPMN 2.0.2, 10.5 and 13.5."""

import pytest

from engine.rehearsal.views import NeverRests, NotOneReceiver

from .playing import NOW, Play, codes, play

WAIT = "start s\n catch c {}\n end e\n s > c > e"
THROW_AND_CATCH = """
    start s
    and f
    user u
    throw t {}
    catch c {}
    end a
    end b
    s > f > u > t > a
    f > c > b"""


# Intermediate
def test_a_none_event_passes():
    assert play("start s\n throw n\n end e\n s > n > e").trace == "s n e"


def test_a_message_event_waits_for_its_message():
    assert play(WAIT.format("message order"), "send order").trace == "s c e"


def test_a_message_event_does_not_take_another_message():
    assert play(WAIT.format("message order"), "send letter").trace == "s"


def test_a_message_leaves_its_payload_in_the_variable_of_the_event():
    assert play(WAIT.format("message order")).act("send order", amount=3)["c"] == {"amount": 3}


def test_a_thrown_message_reaches_a_catch_of_the_same_instance():
    assert play(THROW_AND_CATCH.format("message m", "message m"), "do u").state == "completed"


def test_a_signal_event_waits_for_its_signal():
    assert play(WAIT.format("signal alarm"), "signal alarm").trace == "s c e"


def test_a_signal_event_does_not_take_a_message_of_its_name():
    assert play(WAIT.format("signal alarm"), "send alarm").trace == "s"


def test_a_thrown_signal_reaches_a_catch_of_the_same_instance():
    assert play(THROW_AND_CATCH.format("signal x", "signal x"), "do u").state == "completed"


def test_a_signal_reaches_every_catch_of_an_instance():
    text = "start s\n and f\n catch a signal x\n catch b signal x\n s > f > a\n f > b"
    assert play(text, "signal x").state == "completed"


def test_a_signal_nobody_waits_for_is_lost():
    assert play(WAIT.format("signal alarm")).act("signal other", "signal alarm").state == "completed"


def test_a_timer_does_not_fire_before_its_time():
    assert play(WAIT.format("timer PT2H"), "wait 1h").trace == "s"


def test_a_timer_fires_after_its_duration():
    assert play(WAIT.format("timer PT2H"), "wait 2h").trace == "s c e"


def test_a_timer_may_name_a_date():
    assert play(WAIT.format("date 2026-03-03T09:00:00Z"), "wait 2d").trace == "s c e"


def test_a_timer_with_a_date_does_not_fire_before():
    assert play(WAIT.format("date 2026-03-03T09:00:00Z"), "wait 1d").trace == "s"


def test_a_timer_whose_date_has_passed_fires_at_once():
    assert play(WAIT.format("date 2026-02-01T00:00:00Z"), "wait 0d").state == "completed"


def test_a_timer_may_count_a_duration_from_a_variable():
    assert play(WAIT.format("timer patience"), "wait 3h", patience="PT3H").state == "completed"


def test_a_timer_may_count_a_computed_duration():
    assert play(WAIT.format('timer duration("PT" + string(hours) + "H")'), "wait 3h", hours=3).state == "completed"


def test_a_cycle_of_no_length_that_is_only_known_when_it_runs_fails():
    assert play(WAIT.format("cycle rhythm"), rhythm="R/PT0S").state == "failed"


def test_an_intermediate_cycle_goes_on_once():
    assert play(WAIT.format("cycle R3/PT1H"), "wait 9h").trace == "s c e"


def test_timers_fire_in_the_order_of_their_times():
    text = """
    start s
    and f
    catch late timer PT3H
    catch early timer PT1H
    end e
    s > f > late > e
    f > early > e"""
    assert play(text, "wait 9h").passed("early", "late") == ["early", "late"]


def test_a_timer_after_a_timer_counts_from_the_first():
    assert play("start s\n catch a timer PT1H\n catch b timer PT1H\n s > a > b", "wait 2h").state == "completed"


def test_a_condition_that_holds_already_lets_its_event_pass():
    assert play(WAIT.format("if x > 1"), x=2).state == "completed"


def test_a_condition_waits_until_it_holds():
    text = "start s\n and f\n user u\n catch c if u.done = true\n s > f > u\n f > c"
    assert play(text).act("do u", done=True).state == "completed"


def test_a_condition_that_does_not_hold_keeps_waiting():
    text = "start s\n and f\n user u\n catch c if u.done = true\n s > f > u\n f > c"
    assert play(text).act("do u", done=False).state == "running"


def test_a_link_leads_to_the_catch_of_its_name():
    text = "start s\n throw t link A\n catch c link A\n end e\n s > t\n c > e"
    assert play(text).trace == "s t c e"


def test_several_links_may_lead_to_one_catch():
    text = """
    start s
    and f
    throw t link A
    throw u link A
    catch c link A
    end e
    s > f > t
    f > u
    c > e"""
    assert play(text).count("c") == 2


def test_links_of_two_names_are_kept_apart():
    text = "start s\n throw t link B\n catch c link A\n catch d link B\n throw z link A\n s > t\n c > z\n d > z"
    assert "trigger" not in " ".join(codes(text))


def test_a_catch_of_several_events_goes_on_with_the_first():
    assert play(WAIT.format("message m & timer P1D"), "wait 1d").trace == "s c e"


def test_a_catch_of_several_events_goes_on_once():
    assert play(WAIT.format("message m & signal n"), "send m", "signal n").trace == "s c e"


def test_a_parallel_catch_waits_for_all_of_its_events():
    assert play(WAIT.format("all message m & signal n"), "send m").trace == "s"


def test_a_parallel_catch_goes_on_when_all_of_its_events_have_come():
    assert play(WAIT.format("all message m & signal n"), "signal n", "send m").trace == "s c e"


def test_a_throw_of_several_events_throws_all():
    text = """
    start s
    and f
    catch a signal x
    catch b signal y
    user u
    throw t signal x & signal y
    end e
    s > f > a > e
    f > b > e
    f > u > t > e"""
    assert sorted(play(text, "do u").passed("a", "b")) == ["a", "b"]


def test_a_receive_task_waits_for_its_message():
    assert play("start s\n receive r order\n end e\n s > r > e", "send order").trace == "s r e"


def test_a_send_task_reaches_a_receive_task():
    text = "start s\n and f\n user u\n send t order\n receive r order\n end e\n s > f > u > t > e\n f > r > e"
    assert play(text, "do u").state == "completed"


def test_a_send_task_nobody_waits_for_completes():
    assert play("start s\n send t order\n end e\n s > t > e").trace == "s t e"


def test_an_escalation_nobody_catches_goes_on():
    assert play("start s\n throw x escalation far\n end e\n s > x > e").trace == "s x e"


# End
def test_an_end_event_ends_its_own_token_only():
    assert play("start s\n user a\n user b\n end e\n end f\n s > a > e\n s > b > f", "do a").waiting == "b"


def test_an_instance_completes_with_its_last_token():
    assert (
        play("start s\n user a\n user b\n end e\n end f\n s > a > e\n s > b > f", "do a", "do b").state == "completed"
    )


def test_a_terminate_end_event_ends_every_token():
    assert play("start s\n user a\n user b\n end e terminate\n s > a > e\n s > b > e", "do a").waiting == ""


def test_a_terminated_instance_is_completed():
    assert play("start s\n user a\n user b\n end e terminate\n s > a > e\n s > b", "do a").state == "completed"


def test_a_terminated_instance_leaves_no_timer():
    text = "start s\n user a\n catch b timer P1D\n end e terminate\n s > a > e\n s > b"
    assert play(text, "do a").rehearsal.timers == []


def test_a_signal_end_event_throws_and_ends():
    text = "start s\n user u\n catch c signal x\n end e signal x\n end f\n s > u > e\n s > c > f"
    assert play(text, "do u").passed("e", "f") == ["e", "f"]


def test_a_message_end_event_throws_and_ends():
    text = "start s\n user u\n catch c message x\n end e message x\n end f\n s > u > e\n s > c > f"
    assert play(text, "do u").state == "completed"


def test_an_escalation_end_event_nobody_catches_ends_its_token():
    assert play("start s\n end e escalation far\n s > e").state == "completed"


def test_an_error_end_event_nobody_catches_fails_the_instance():
    assert play("start s\n end e error lost\n s > e").state == "failed"


def test_an_error_end_event_stops_everything_else():
    text = "start s\n user a\n user b\n end e error lost\n s > a > e\n s > b"
    assert play(text, "do a").waiting == ""


def test_an_end_event_may_throw_several_events():
    text = """
    start s
    catch c signal x
    catch d message y
    user u
    end e signal x & message y
    s > c
    s > d
    s > u > e"""
    assert play(text, "do u").state == "completed"


# Start
def test_a_message_starts_a_process():
    assert Play("start s message order\n user a\n s > a").act("send order").waiting == "a"


def test_the_payload_of_a_starting_message_is_the_variable_of_the_event():
    assert Play("start s message order\n user a\n s > a").act("send order", n=1)["s"] == {"n": 1}


def test_a_message_nothing_begins_with_starts_nothing():
    assert Play("start s message order\n user a\n s > a").act("send letter").rehearsal.instances == []


def test_a_second_message_starts_a_second_instance():
    assert len(Play("start s message o\n user a\n s > a").act("send o", "send o").rehearsal.instances) == 2


def test_a_signal_starts_a_process():
    assert Play("start s signal x\n user a\n s > a").act("signal x").waiting == "a"


def test_a_signal_starts_every_process_that_begins_with_it():
    assert (
        Play("start s signal x\n user a\n s > a", "start s signal x\n user b\n s > b").act("signal x").waiting == "a b"
    )


def test_a_signal_thrown_by_one_process_starts_another():
    both = Play("start s\n end e signal x\n s > e", "start s signal x\n user b\n s > b").start("p")
    assert both.waiting == "b"


def test_a_signal_reaches_waiting_instances_and_starts_others():
    both = Play("start s\n catch c signal x\n user a\n s > c > a", "start s signal x\n user b\n s > b").start("p")
    assert both.act("signal x").waiting == "a b"


def test_a_signal_reaches_every_instance_that_waits():
    text = "start s\n catch c signal x\n s > c"
    assert [one.state for one in Play(text).start().start().act("signal x").rehearsal.instances] == ["completed"] * 2


def test_a_signal_thrown_in_one_instance_reaches_another():
    waits, throws = "start s\n catch c signal x\n s > c", "start s\n end e signal x\n s > e"
    assert Play(waits, throws).start("p").start("q").state == "completed"


def test_a_duration_starts_a_process_when_it_has_passed():
    assert Play("start s timer PT2H\n user a\n s > a").act("wait 2h").waiting == "a"


def test_a_duration_starts_nothing_before_it_has_passed():
    assert Play("start s timer PT2H\n user a\n s > a").act("wait 1h").waiting == ""


def test_a_duration_starts_a_process_once():
    assert Play("start s timer PT2H\n user a\n s > a").act("wait 9h").waiting == "a"


def test_a_date_starts_a_process():
    assert Play("start s date 2026-03-02T09:00:00Z\n user a\n s > a").act("wait 1d").waiting == "a"


def test_a_cycle_starts_a_process_as_often_as_it_says():
    assert Play("start s cycle R3/PT1H\n user a\n s > a").act("wait 9h").waiting == "a a a"


def test_an_endless_cycle_starts_a_process_each_time():
    assert Play("start s cycle R/PT1H\n user a\n s > a").act("wait 5h").waiting == "a a a a a"


def test_a_started_clock_is_seen_at_the_time_it_was_due():
    text = "start s timer PT2H\n catch c timer PT1H\n user a\n s > c > a"
    assert Play(text).act("wait 3h").waiting == "a"


def test_a_process_with_a_timer_start_event_may_be_started_by_hand():
    assert play("start s timer PT2H\n user a\n s > a").waiting == "a"


def test_the_clock_stands_where_it_was_moved_to():
    assert Play("start s timer PT2H\n user a\n s > a").act("wait 24h").rehearsal.clock.now() == NOW.replace(day=2)


SEVERAL = """
    start n
    start m message order
    start x signal alarm
    user a
    user b
    user c
    end e
    n > a > e
    m > b > e
    x > c > e"""


def test_the_plain_one_of_several_start_events_begins_where_nothing_happened():
    assert play(SEVERAL).waiting == "a"


def test_a_message_begins_at_its_own_of_several_start_events():
    assert Play(SEVERAL).act("send order").waiting == "b"


def test_a_signal_begins_at_its_own_of_several_start_events():
    assert Play(SEVERAL).act("signal alarm").waiting == "c"


def test_a_start_event_of_several_triggers_begins_by_any():
    assert Play("start s message m & signal x\n user a\n s > a").act("signal x").waiting == "a"


def test_a_start_event_of_several_triggers_is_shown_as_the_one_that_was_drawn():
    assert Play("start s message m & signal x\n user a\n s > a").act("send m").trace == "s"


def test_a_start_event_of_several_triggers_may_have_a_clock():
    assert Play("start s message m & timer PT1H\n user a\n s > a").act("wait 1h").waiting == "a"


def test_a_parallel_start_event_waits_for_all_its_triggers():
    assert Play("start s all message m & message n\n user a\n s > a").act("send m").waiting == ""


def test_a_parallel_start_event_begins_when_all_its_triggers_have_come():
    assert Play("start s all message m & message n\n user a\n s > a").act("send m", "send n").waiting == "a"


def test_a_receive_task_that_instantiates_starts_its_process():
    text = """
    xml <receiveTask id="r" instantiate="true" messageRef="message_o"/>
    xml <sequenceFlow id="f" sourceRef="r" targetRef="a"/>
    user a
    throw t message o
    a > t"""
    assert Play(text).act("send o").waiting == "a"


def test_a_process_that_starts_itself_without_end_is_stopped_in_words():
    with pytest.raises(NeverRests):
        Play("start s message o\n end e message o\n s > e").act("send o")


def test_a_signal_passes_only_what_waited_when_it_was_thrown():
    text = "start s\n user u\n throw t signal x\n catch a signal x\n catch b signal x\n s > u > t\n s > a > b"
    assert play(text, "do u").state == "running"


def test_what_was_done_before_an_instance_failed_is_shown():
    assert play("start s\n throw a\n end e error lost\n s > a > e").trace == "s a e"


def test_a_message_two_processes_begin_with_has_no_one_receiver():
    both = Play("start s message o\n user a\n s > a", "start s message o\n user b\n s > b")
    with pytest.raises(NotOneReceiver):
        both.act("send o")


# Between instances
def test_a_message_thrown_by_one_process_starts_another():
    both = Play("start s\n end e message o\n s > e", "start s message o\n user b\n s > b").start("p")
    assert both.waiting == "b"


def test_two_processes_may_converse():
    asks = "start s\n send ask question\n receive heard answer\n end e\n s > ask > heard > e"
    answers = "start s message question\n user think\n end e message answer\n s > think > e"
    assert Play(asks, answers).start("p").act("do think").state == "completed"


# Refused
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("start s\n catch c\n end e\n s > c > e", "trigger_missing"),
        ("start s\n catch c timer soon-ish (\n end e\n s > c > e", "expression_unreadable"),
        ("start s\n catch c cycle R/PT0S\n end e\n s > c > e", "timer_text"),
        ("start s\n catch c cycle R/2026-04-01/PT0S\n end e\n s > c > e", "timer_text"),
        ("start s\n catch c if \n end e\n s > c > e", "condition_event_empty"),
        ("start s\n throw t compensate\n end e\n s > t > e", "compensation"),
        ("start s\n end e compensate\n s > e", "compensation"),
        ("start s\n throw t link A\n s > t", "link_without_partner"),
        ("start s\n throw t timer P1D\n s > t", "trigger_not_here"),
        ("start s\n catch t error x\n s > t", "trigger_not_here"),
        ("start s\n end t cancel\n s > t", "cancel_without_transaction"),
        ("start s\n end e\n s > e\n e > s", "flow_into_start"),
        ("start s\n user a\n end e\n s > e > a", "flow_out_of_end"),
        ("start s error x\n end e\n s > e", "trigger_not_here"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(text: str, code: str):
    assert code in codes(text)
