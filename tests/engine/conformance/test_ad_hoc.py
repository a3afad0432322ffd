"""Ad-hoc sub-processes: steps in the order people choose (BPMN 2.0.2, 13.3.5)."""

from __future__ import annotations

import pytest

from .playing import codes, play

VISITS = "start s\n adhoc w {}{{\n user a\n user b\n {}\n }}\n end e\n s > w > e"
UNTIL = "xml <completionCondition>{}</completionCondition>"
DONE = VISITS.format("", UNTIL.format("b.enough"))
STAYING = VISITS.format("cancelRemainingInstances=false ", UNTIL.format("b.enough"))


def test_every_step_is_offered_at_once():
    assert play(DONE).waiting == "a b"


def test_the_steps_are_done_in_any_order():
    assert play(VISITS.format("", ""), "do b", "do a").passed("a", "b", "e") == ["b", "a", "e"]


def test_without_a_condition_each_step_is_done_once():
    assert play(VISITS.format("", ""), "do a").waiting == "b"


def test_until_the_condition_holds_a_step_is_offered_anew():
    assert play(DONE, "do a", "do a").waiting == "a b"


def test_the_condition_is_looked_at_after_each_step():
    assert play(DONE, "do a").act("do b", enough=True).state == "completed"


def test_a_condition_that_does_not_hold_lets_the_steps_go_on():
    assert play(DONE).act("do b", enough=False).waiting == "a b"


def test_the_steps_that_are_left_are_cancelled_when_the_condition_holds():
    assert play(DONE).act("do b", enough=True).count("a") == 0


def test_the_steps_that_are_left_may_be_finished_where_the_author_says_so():
    assert play(STAYING).act("do b", enough=True).waiting == "a"


def test_the_last_of_the_steps_left_ends_the_sub_process():
    assert play(STAYING).act("do b", enough=True).act("do a").state == "completed"


def test_the_results_of_the_steps_are_the_result_of_the_sub_process():
    assert play(VISITS.format("", ""), "do a").act("do b", n=1)["w"]["b"] == {"n": 1}  # type: ignore[index]


CHAIN = f"start s\n adhoc w {{\n user a\n user b\n user c\n a > b\n {UNTIL.format('c.x')}\n }}\n s > w"


def test_a_flow_inside_gives_an_order_to_two_steps():
    assert play(CHAIN).waiting == "a c"


def test_a_step_that_leads_to_another_is_offered_anew_beside_it():
    assert play(CHAIN, "do a").waiting == "a b c"


def test_a_step_at_the_end_of_a_flow_waits_for_its_next_token():
    assert play(CHAIN, "do a", "do b").waiting == "a c"


def test_what_nobody_chooses_is_carried_out_once():
    text = (
        "start s\n adhoc w {\n script n n = 1\n user b\n xml <completionCondition>b.x</completionCondition>\n }\n s > w"
    )
    assert play(text, "do b").count("n") == 1


@pytest.mark.parametrize("ordering", ["Parallel", "Sequential"])
def test_scripts_run_in_either_ordering(ordering: str):
    text = f"start s\n adhoc w ordering={ordering} {{\n script n n = 1\n script m m = 2\n }}\n end e\n s > w > e"
    assert sorted(play(text).passed("n", "m", "e")) == ["e", "m", "n"]


def test_steps_for_people_one_at_a_time_are_refused():
    assert "ad_hoc_sequential" in codes(VISITS.format("ordering=Sequential ", ""))


def test_one_step_for_people_may_be_alone_in_a_sequential_ordering():
    text = "start s\n adhoc w ordering=Sequential {\n user a\n script n n = 1\n }\n s > w"
    assert play(text, "do a").state == "completed"


def test_an_event_on_the_border_ends_the_steps():
    text = DONE + "\n boundary t on w timer PT1H\n end late\n t > late"
    assert play(text, "do a", "wait 2h").passed("late", "e") == ["late"]


def test_an_ad_hoc_sub_process_is_repeated_for_each_item():
    text = "start s\n adhoc w times 2 {\n user a\n user b\n }\n end e\n s > w > e"
    assert play(text).waiting == "a a b b"
