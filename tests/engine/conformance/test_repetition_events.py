"""What a repetition throws when its instances end (BPMN 2.0.2, table 10.30: behavior None, One, Complex)."""

from __future__ import annotations

import pytest

from .playing import codes, play

LOOP = "<multiInstanceLoopCharacteristics {}><loopCardinality>3</loopCardinality>{}</multiInstanceLoopCharacteristics>"
DRAWN = """
    root <signalEventDefinition id="tell" signalRef="signal_g"/>
    start s
    xml <userTask id="a">{}</userTask>
    boundary b on a {} signal g
    user h
    end e
    s > a > e
    b > h"""
NONE = LOOP.format('behavior="None" noneBehaviorEventRef="tell"', "")
ONE = LOOP.format('behavior="One" oneBehaviorEventRef="tell"', "")
COMPLEX = LOOP.format(
    'behavior="Complex"',
    "<complexBehaviorDefinition><condition>numberOfCompletedInstances >= 2</condition>"
    '<event id="said"><signalEventDefinition signalRef="signal_g"/></event></complexBehaviorDefinition>',
)


def after(loop: str, times: int, *, interrupting: bool = False) -> str:
    return play(DRAWN.format(loop, "" if interrupting else "non"), *["do a"] * times).waiting


def test_none_throws_its_event_for_each_instance_that_ends():
    assert after(NONE, 2) == "a h h"


def test_one_throws_its_event_for_the_first_instance_only():
    assert after(ONE, 2) == "a h"


def test_complex_throws_what_its_condition_asks_for():
    assert after(COMPLEX, 2) == "a h"


def test_complex_throws_nothing_before_its_condition_holds():
    assert after(COMPLEX, 1) == "a a"


def test_the_event_may_end_the_repetition_from_its_border():
    assert after(ONE, 1, interrupting=True) == "h"


def test_the_activity_completes_when_all_instances_have_ended():
    assert play(DRAWN.format(NONE, "non"), "do a", "do a", "do a").count("e") == 1


def test_all_throws_nothing():
    assert after(LOOP.format('behavior="All"', ""), 2) == "a"


def test_an_error_thrown_by_the_first_instance_is_caught_on_the_border():
    text = DRAWN.replace("signalEventDefinition", "errorEventDefinition").replace(
        'signalRef="signal_g"', 'errorRef="error_x"'
    )
    text = text.replace("{} signal g", "error x")
    assert play(text.format(ONE), "do a").waiting == "h"


@pytest.mark.parametrize(
    "loop",
    [
        LOOP.format('behavior="One"', ""),
        LOOP.format('behavior="None" noneBehaviorEventRef="nowhere"', ""),
        LOOP.format('behavior="Complex"', ""),
        LOOP.format('behavior="Often"', ""),
    ],
)
def test_a_behaviour_that_names_nothing_to_throw_is_refused(loop: str):
    assert "repetition_events" in codes(DRAWN.format(loop, "non"))
