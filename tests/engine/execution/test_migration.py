"""Running instances go on with other diagrams, whatever stands in them: before, after, to the end, and corrected."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from engine.clock import MovableClock
from engine.execution import Instance, NoLongerWaiting, load
from engine.execution.migration.plan import CannotMove, Plan
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.scenario import Scenario, play
from engine.rehearsal.stories import directory_in, scenarios_in
from engine.rehearsal.views import Instance as Rehearsed
from engine.rehearsal.world import World
from engine.releases import read_folder
from tests.engine.execution.diagrams import (
    boundary,
    call,
    catch,
    declare,
    diagram,
    element,
    end,
    event,
    flow,
    gateway,
    many,
    path,
    start,
    sub,
    timer,
    user,
    when,
)
from tests.engine.execution.random_diagrams import Author
from tests.engine.execution.stage import BEGINNING, Stage

PLAIN = diagram("p", start(), user("ask"), user("decide"), end(), path("s", "ask", "decide", "e"))


def ids(stage: Stage) -> dict[str, str]:
    return {task.element.id: task.id for task in stage.instance.tasks}


def changes(stage: Stage, *files: bytes, **plan: object) -> list[tuple[str, str]]:
    transfer = stage.move(*files, **plan)  # type: ignore[arg-type]
    return [(one.change, one.element) for one in transfer.findings]


def hindrances(stage: Stage, *files: bytes, **plan: object) -> list[tuple[str, bool]]:
    with pytest.raises(CannotMove) as refused:
        stage.move(*files, **plan)  # type: ignore[arg-type]
    return [(one.element, one.is_choice) for one in refused.value.hindrances]


# Tasks ---------------------------------------------------------------------------------------------------------------
def test_a_task_stays_the_task_it_is_and_a_new_step_after_it_comes(stage: Stage) -> None:
    stage.start(PLAIN, variables={"known": 1}).complete("ask", risk=3)
    before = ids(stage)
    longer = diagram(
        "p", start(), user("ask"), user("decide"), user("tell"), end(), path("s", "ask", "decide", "tell", "e")
    )
    assert changes(stage, longer) == []
    assert ids(stage) == before
    assert stage.instance.variables["ask"] == {"risk": 3}
    assert stage.complete("decide").open == ["tell"]
    assert stage.complete("tell").instance.state == "completed"


def test_a_new_step_before_the_present_one_is_passed_over(stage: Stage) -> None:
    stage.start(PLAIN).complete("ask")
    earlier = diagram(
        "p", start(), user("ask"), user("check"), user("decide"), end(), path("s", "ask", "check", "decide", "e")
    )
    changes(stage, earlier)
    assert stage.open == ["decide"]


def test_a_removed_step_needs_a_choice(stage: Stage) -> None:
    stage.start(PLAIN).complete("ask")
    shorter = diagram("p", start(), user("ask"), user("close"), end(), path("s", "ask", "close", "e"))
    saved = stage.instance.dump()
    assert hindrances(stage, shorter) == [("decide", True)]
    stage.files = {"0.bpmn": PLAIN}
    stage.instance = stage.mechanism().restore(saved, stage.around, keep_trace=True)
    was = ids(stage)["decide"]
    transfer = stage.move(shorter, targets={"decide": "close"})
    assert stage.open == ["close"]
    assert transfer.carried == {was: ids(stage)["close"]}
    assert [(one.event, one.element) for one in stage.instance.steps][-1] == ("cancelled", "decide")
    assert stage.complete("close").instance.state == "completed"


def test_a_step_that_is_done_by_the_system_now_needs_a_choice(stage: Stage) -> None:
    stage.start(PLAIN).complete("ask")
    made = diagram("p", start(), user("ask"), element("task", "decide"), end(), path("s", "ask", "decide", "e"))
    assert hindrances(stage, made) == [("decide", True)]


def test_a_chosen_step_must_be_there(stage: Stage) -> None:
    stage.start(PLAIN)
    shorter = diagram("p", start(), user("other"), end(), path("s", "other", "e"))
    assert hindrances(stage, shorter, targets={"ask": "nowhere"}) == [("ask", True)]


def test_a_start_is_no_place_to_go_on(stage: Stage) -> None:
    stage.start(PLAIN)
    shorter = diagram("p", start(), user("other"), end(), path("s", "other", "e"))
    assert hindrances(stage, shorter, targets={"ask": "s"}) == [("ask", True)]


def test_whoever_is_asked_is_asked_anew_where_the_diagram_says_it_otherwise(stage: Stage) -> None:
    stage.start(PLAIN, variables={"who": "guardian"})
    other = diagram("p", start(), user("ask", ihala_role="who"), user("decide"), end(), path("s", "ask", "decide", "e"))
    stage.move(other)
    assert [task.role for task in stage.instance.tasks] == ["guardian"]


# Clocks --------------------------------------------------------------------------------------------------------------
def limited(days: int, *more: str) -> bytes:
    late = boundary("late", "ask", timer(f"P{days}D"))
    parts = (start(), user("ask"), late, user("chase"), end(), path("s", "ask", "e"), path("late", "chase", "e"))
    return diagram("p", *parts, *more)


def test_a_clock_with_another_length_counts_from_the_same_day(stage: Stage) -> None:
    stage.start(limited(5))
    stage.around.clock.move_to(BEGINNING + timedelta(days=2))
    clock = stage.instance.timers[0]
    assert changes(stage, limited(7)) == [("clock_changed", "late")]
    after = stage.instance.timers[0]
    assert (after.id, after.due_at) == (clock.id, BEGINNING + timedelta(days=7))
    assert stage.fire("late").open == ["chase"]


def test_a_clock_that_is_new_counts_from_the_day_its_step_began(stage: Stage) -> None:
    stage.start(diagram("p", start(), user("ask"), end(), path("s", "ask", "e")))
    stage.around.clock.move_to(BEGINNING + timedelta(days=2))
    assert changes(stage, limited(5)) == [("clock_new", "late")]
    assert stage.instance.timers[0].due_at == BEGINNING + timedelta(days=5)


def test_or_from_the_move_where_that_is_chosen(stage: Stage) -> None:
    stage.start(diagram("p", start(), user("ask"), end(), path("s", "ask", "e")))
    stage.around.clock.move_to(BEGINNING + timedelta(days=2))
    changes(stage, limited(5), from_now=True)
    assert stage.instance.timers[0].due_at == BEGINNING + timedelta(days=7)


def test_a_clock_that_fell_away_is_said(stage: Stage) -> None:
    stage.start(limited(5))
    gone = diagram("p", start(), user("ask"), end(), path("s", "ask", "e"))
    assert changes(stage, gone) == [("clock_gone", "late")]
    assert stage.instance.timers == []
    assert stage.complete("ask").instance.state == "completed"


def test_a_reminder_that_has_fired_goes_on_in_its_cycle(stage: Stage) -> None:
    remind = (user("nudge"), end("n"), path("late", "nudge", "n"))
    every = (start(), user("ask"), end(), path("s", "ask", "e"), *remind)
    stage.start(diagram("p", *every, boundary("late", "ask", timer("R/P2D", "timeCycle"), stops=False))).fire("late")
    stage.move(diagram("p", *every, boundary("late", "ask", timer("R/P3D", "timeCycle"), stops=False)))
    assert stage.open == ["ask", "nudge"]
    assert stage.instance.timers[0].due_at == BEGINNING + timedelta(days=5)


def test_a_clock_on_the_way_goes_on(stage: Stage) -> None:
    def waiting(days: int) -> bytes:
        return diagram(
            "p", start(), catch("wait", timer(f"P{days}D")), user("ask"), end(), path("s", "wait", "ask", "e")
        )

    stage.start(waiting(3))
    assert changes(stage, waiting(4)) == [("clock_changed", "wait")]
    assert stage.instance.timers[0].due_at == BEGINNING + timedelta(days=4)
    assert stage.fire("wait").open == ["ask"]


# Events --------------------------------------------------------------------------------------------------------------
HANDLED = (declare("message", "gone"), declare("message", "found"))


def handled(*bodies: str) -> bytes:
    flow_of_it = (start(), user("ask"), user("decide"), end(), path("s", "ask", "decide", "e"))
    return diagram("p", *flow_of_it, *bodies, declared="".join(HANDLED))


def handler(name: str, task: str, stops: bool) -> str:
    begin = element("startEvent", f"{name}_s", event("message", name), isInterrupting=str(stops).lower())
    inside = (begin, user(task), end(f"{name}_e"), path(f"{name}_s", task, f"{name}_e"))
    return sub(f"{name}_body", *inside, triggeredByEvent="true")


def test_a_handler_that_is_new_begins_to_wait(stage: Stage) -> None:
    stage.start(handled()).complete("ask")
    before = ids(stage)
    assert changes(stage, handled(handler("gone", "search", True))) == [("event_new", "gone_s")]
    assert ids(stage) == before
    assert stage.deliver("gone_s").open == ["search"]


def test_a_handler_that_waits_goes_on_when_another_of_the_other_kind_comes_beside_it(stage: Stage) -> None:
    stage.start(handled(handler("gone", "search", False)))
    known = {one.element.id: one.id for one in stage.instance.catches}
    both = handled(handler("gone", "search", False), handler("found", "greet", True))
    assert changes(stage, both) == [("event_new", "found_s")]
    assert {one.element.id: one.id for one in stage.instance.catches}["gone_s"] == known["gone_s"]
    assert stage.deliver("gone_s").open == ["ask", "search"]
    assert stage.deliver("found_s").open == ["greet"]


def test_a_handler_that_runs_goes_on_beside_the_flow(stage: Stage) -> None:
    stage.start(handled(handler("gone", "search", False))).deliver("gone_s")
    changes(stage, handled(handler("gone", "search", False), handler("found", "greet", True)))
    assert stage.open == ["ask", "search"]
    stage.complete("search").complete("ask").complete("decide")
    assert stage.instance.state == "completed"


def test_a_handler_that_fell_away_is_said_and_one_that_runs_needs_a_choice(stage: Stage) -> None:
    stage.start(handled(handler("gone", "search", False)))
    assert changes(stage, handled()) == [("event_gone", "gone_s")]
    assert stage.instance.catches == []
    again = Stage(stage.reloads).start(handled(handler("gone", "search", False))).deliver("gone_s")
    assert hindrances(again, handled()) == [("gone_body", True)]


def test_events_that_race_lose_one_and_win_one(stage: Stage) -> None:
    declared = declare("message", "yes") + declare("message", "no")

    def race(*ways: str) -> bytes:
        parts = [start(), gateway("eventBased", "g"), end(), path("s", "g")]
        for way in ways:
            definition = timer("P9D") if way == "late" else event("message", way)
            parts += [catch(f"c_{way}", definition), path("g", f"c_{way}", "e")]
        return diagram("p", *parts, declared=declared)

    stage.start(race("yes", "no"))
    assert sorted(changes(stage, race("yes", "late"))) == [("clock_new", "c_late"), ("event_gone", "c_no")]
    assert [one.element.id for one in stage.instance.catches] == ["c_yes"]
    assert stage.deliver("c_yes").instance.state == "completed"


def test_a_condition_that_is_new_and_true_happens_at_once(stage: Stage) -> None:
    stage.start(PLAIN, variables={"urgent": True})
    begin = element("startEvent", "w", when("urgent"), isInterrupting="false")
    inside = (begin, user("hurry"), end("h"), path("w", "hurry", "h"))
    body = sub("body", *inside, triggeredByEvent="true")
    stage.move(diagram("p", start(), user("ask"), user("decide"), end(), path("s", "ask", "decide", "e"), body))
    assert stage.open == ["ask", "hurry"]


# Repetitions, parts and calls ----------------------------------------------------------------------------------------
def repeated(sequential: bool, *more: str) -> bytes:
    loop = many(
        element("loopDataInputRef", "unused").replace(' id="unused"', "").replace("></", ">people</"),
        element("inputDataItem", "person"),
        sequential=sequential,
    )
    return diagram("p", start(), user("each", loop, *more), user("done"), end(), path("s", "each", "done", "e"))


@pytest.mark.parametrize("sequential", [False, True])
def test_inside_a_repetition_items_and_results_stay(stage: Stage, sequential: bool) -> None:
    stage.start(repeated(sequential), variables={"people": ["a", "b", "c"]}).complete("each", n=1)
    before = sorted(task.id for task in stage.instance.tasks)
    stage.move(repeated(sequential, element("documentation", "words")))
    assert sorted(task.id for task in stage.instance.tasks) == before
    while "each" in stage.open:
        stage.complete("each", n=2)
    assert stage.instance.variables["each"] == [{"n": 1}, {"n": 2}, {"n": 2}]


def test_a_repetition_that_became_one_needs_a_choice(stage: Stage) -> None:
    stage.start(repeated(False), variables={"people": ["a", "b"]})
    once = diagram("p", start(), user("each"), user("done"), end(), path("s", "each", "done", "e"))
    assert hindrances(stage, once) == [("each", True)]


def test_inside_a_part_its_values_stay(stage: Stage) -> None:
    def parted(*more: str) -> bytes:
        inside = (start("i"), user("first"), user("second"), end("x"), path("i", "first", "second", "x"), *more)
        return diagram("p", start(), sub("part", *inside), user("last"), end(), path("s", "part", "last", "e"))

    stage.start(parted()).complete("first", risk=2)
    late = boundary("late", "second", timer("P2D"))
    changes(stage, parted(late, user("chase"), path("late", "chase", "x")))
    assert stage.fire("late").open == ["chase"]
    assert stage.complete("chase").open == ["last"]
    assert stage.instance.variables["part"]["first"] == {"risk": 2}  # type: ignore[index]


def test_in_a_called_process_what_is_called_and_what_calls_are_both_new(stage: Stage) -> None:
    def calling(extra: str) -> list[bytes]:
        inner = diagram("q", start("i"), user("inner"), user(extra), end("x"), path("i", "inner", extra, "x"))
        return [
            diagram("p", start(), call("c", "q"), user(f"after_{extra}"), end(), path("s", "c", f"after_{extra}", "e")),
            inner,
        ]

    stage.start(*calling("one"))
    before = ids(stage)
    changes(stage, *calling("two"))
    assert ids(stage) == before
    assert stage.complete("inner").open == ["two"]
    assert stage.complete("two").open == ["after_two"]


# Joins ---------------------------------------------------------------------------------------------------------------
def forked(*branches: str) -> bytes:
    parts = [start(), gateway("parallel", "f"), gateway("parallel", "j"), user("after"), end()]
    flows = [path("s", "f"), path("j", "after", "e")]
    for branch in branches:
        parts.append(user(branch))
        flows.append(path("f", branch, "j"))
    return diagram("p", *parts, *flows)


def test_a_join_keeps_the_token_that_has_come(stage: Stage) -> None:
    stage.start(forked("a", "b")).complete("a")
    changes(stage, forked("a", "b"))
    assert stage.complete("b").open == ["after"]


def test_a_join_with_a_new_way_would_wait_for_ever_until_that_way_begins_besides(stage: Stage) -> None:
    stage.start(forked("a", "b")).complete("a")
    saved, files = stage.instance.dump(), stage.files
    assert hindrances(stage, forked("a", "b", "c")) == [("j", True)]
    stage.files = files
    stage.instance = stage.mechanism().restore(saved, stage.around, keep_trace=True)
    stage.move(forked("a", "b", "c"), also=("c",))
    assert stage.open == ["b", "c"]
    assert stage.complete("b").open == ["c"]
    assert stage.complete("c").open == ["after"]


def test_a_join_lost_the_way_on_which_a_token_came(stage: Stage) -> None:
    stage.start(forked("a", "b")).complete("a")
    assert hindrances(stage, forked("b", "c")) != []


# Correcting ----------------------------------------------------------------------------------------------------------
def test_an_answer_of_before_the_move_is_corrected_on_the_diagrams_of_its_day(stage: Stage) -> None:
    def chosen(extra: str) -> bytes:
        parts = (
            start(),
            user("ask"),
            gateway("exclusive", "g", "g-low"),
            user("high"),
            user("low"),
            user(extra),
            end(),
        )
        ways = (path("s", "ask", "g"), flow("g", "high", "ask.risk > 5"), flow("g", "low"))
        return diagram("p", *parts, *ways, path("high", extra, "e"), path("low", extra))

    stage.start(chosen("one"))
    asked = ids(stage)["ask"]
    stage.complete("ask", risk=1)
    stage.move(chosen("two"))
    assert stage.open == ["low"]
    stage.instance.correct(asked, {"risk": 9})
    assert stage.open == ["high"]
    assert stage.complete("high").open == ["two"]


def test_what_was_done_after_the_move_stays_done(stage: Stage) -> None:
    stage.start(PLAIN)
    asked = ids(stage)["ask"]
    stage.complete("ask", risk=1)
    longer = diagram(
        "p", start(), user("ask"), user("decide"), user("tell"), end(), path("s", "ask", "decide", "tell", "e")
    )
    stage.move(longer)
    stage.complete("decide")
    stage.instance.correct(asked, {"risk": 2})
    assert stage.open == ["tell"]
    assert stage.instance.variables["ask"] == {"risk": 2}


def test_what_is_no_more_cannot_be_completed(stage: Stage) -> None:
    stage.start(PLAIN)
    was = ids(stage)["ask"]
    other = diagram("p", start(), user("begin"), end(), path("s", "begin", "e"))
    stage.move(other, targets={"ask": "begin"})
    with pytest.raises(NoLongerWaiting):
        stage.instance.complete(was, {})


def test_a_process_that_is_no_more_keeps_its_instances(stage: Stage) -> None:
    stage.start(PLAIN)
    other = diagram("q", start(), user("ask"), end(), path("s", "ask", "e"))
    assert hindrances(stage, other) == [("p", False)]


# Nothing changed -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(60))
def test_a_move_to_the_same_diagrams_changes_nothing(seed: int) -> None:
    """Random diagrams in random order, one instance moved after every act, the other never."""
    author, dice = Author(seed), random.Random(seed)
    drawn = author.draw()
    stayed, moving = Stage(reloads=True), Stage(reloads=True)
    for one in (stayed, moving):
        one.start(drawn, variables=author.variables)
    for _ in range(30):
        moving.move(drawn)
        waits = [(one.open, sorted((t.element.id, t.due_at) for t in one.instance.timers)) for one in (stayed, moving)]
        assert waits[0] == waits[1]
        clocks = sorted({t.element.id for t in stayed.instance.timers})
        if not stayed.open:
            break
        by_clock = bool(clocks) and dice.random() < 0.25
        chosen = dice.choice(clocks if by_clock else stayed.open)
        for one in (stayed, moving):
            if by_clock:
                one.fire(chosen)
            else:
                one.complete(chosen)
    assert stayed.instance.state == moving.instance.state
    assert stayed.instance.variables == moving.instance.variables


class Moving(Rehearsal):
    """A rehearsal in which every instance is moved, to the very same diagrams, before each act."""

    def _open(self, one: Rehearsed) -> Instance:
        found = super()._open(one)
        found.move(self.mechanism, Plan())
        return found


STORIES = scenarios_in(read_folder(Path("workflows")))


@pytest.mark.parametrize("story", STORIES[::6], ids=lambda story: story.name)
def test_stories_of_the_mechanism_go_as_told_while_their_cases_are_moved(story: Scenario) -> None:
    files = read_folder(Path("workflows"))
    rehearsal = Moving(load(files), MovableClock(story.starts), World(directory_in(files)))
    play(story, rehearsal)
