"""How many tokens an activity needs to begin and gives when it completes (BPMN 2.0.2, table 10.3)."""

from __future__ import annotations

import pytest

from .playing import codes, play

TWO = """
    start s
    and f
    user a
    user b
    user c
    manual n startQuantity=2
    end e
    s > f
    f > a > n
    f > b > n
    f > c > n
    n > e"""
OUT = "start s\n manual a completionQuantity=3\n user b\n end e\n s > a > b > e"


def test_an_activity_waits_for_the_tokens_it_needs():
    assert play(TWO, "do a").waiting == "b c"


def test_the_last_token_it_needs_begins_the_activity():
    assert play(TWO, "do a", "do b").waiting == "c n"


def test_an_activity_that_needs_two_tokens_begins_once_for_them():
    assert play(TWO, "do a", "do b", "do n").count("n") == 1


def test_tokens_of_one_flow_count_like_those_of_several():
    text = "start s\n manual a completionQuantity=2\n user b startQuantity=2\n end e\n s > a > b > e"
    assert play(text, "do a").waiting == "b"


def test_so_many_tokens_leave_an_activity_as_it_says():
    assert play(OUT, "do a").waiting == "b b b"


def test_each_token_that_leaves_is_a_path_of_its_own():
    assert play(OUT, "do a", "do b", "do b", "do b").count("e") == 3


def test_the_gate_before_an_activity_is_never_shown():
    assert all("::" not in element for element in play(TWO, "do a", "do b").one.trace)


def test_tokens_that_can_never_be_enough_are_refused():
    assert "deadlock" in codes("start s\n user a startQuantity=2\n end e\n s > a > e")


def test_tokens_that_can_be_enough_are_not_refused():
    assert codes(TWO.replace("startQuantity=2", "startQuantity=3")) == set()


@pytest.mark.parametrize("quantity", ["0", "-1", "many", "1.5", ""])
def test_a_quantity_that_is_no_number_is_refused(quantity: str):
    assert "token_quantity" in codes(f"start s\n xml <userTask id='a' startQuantity='{quantity}'/>\n end e\n s > a > e")
