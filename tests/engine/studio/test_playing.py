"""Playing a draft by hand: from the beginning each time, a step back is a shorter list, a play becomes a story."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.access import NotAllowed, NotFound
from engine.declared_values import ValueUnreadable
from engine.rehearsal.scenario import ScenarioUnreadable
from engine.rehearsal.views import NoSuchBeginning
from engine.studio import carrying, drafts, moves, playing, start_data
from engine.studio.carrying import CarriedBadly, Plan, TooLong, unpacked
from engine.studio.file_limits import PathUnfit
from engine.studio.keeping import TitlesMissing, name_of, save_as_story
from engine.studio.playing import Play, played
from engine.studio.stories import play_some, stories
from engine.studio.written_values import answered
from engine.text import Text
from tests.engine.studio.conftest import Studio
from tests.web.conftest import NOW

REPORT = answered("take_referral", {"source": "hotline", "story": "Seen at a workshop."})
REVIEW = answered("review", {"ok": "yes"})
TITLE = Text("It waits", "تنتظر")
CAIRO = ZoneInfo("Africa/Cairo")
SEVERAL = '<bpmn:multiInstanceLoopCharacteristics isSequential="false" ihala:collection="{what}" ihala:item="office"/>'


def play(studio: Studio, draft_id: str, *steps: dict[str, Any]) -> Play:
    return played(studio.ihala, studio.owner, draft_id, Plan("referral", NOW).then(*steps))


def open_in(one: Play) -> list[str]:
    return [choice.key for choice in one.tasks]


def several(studio: Studio, what: str = "[&quot;police&quot;, &quot;hotline&quot;]") -> str:
    """A draft in which two review the referral at the same time."""
    outgoing = "<bpmn:outgoing>review_to_done</bpmn:outgoing>"
    return studio.changed(outgoing, outgoing + SEVERAL.format(what=what))


def lines(one: Play, turn: int) -> list[str]:
    return [line.text.en for line in one.turns[turn].lines]


def test_a_play_begins_at_the_start(studio: Studio) -> None:
    assert open_in(play(studio, studio.draft())) == ["take_referral.1"]


def test_a_completed_task_leads_on(studio: Studio) -> None:
    assert open_in(play(studio, studio.draft(), REPORT)) == ["review.1"]


def test_it_is_played_on_the_draft_and_not_on_the_release(studio: Studio) -> None:
    one = play(studio, studio.changed(), REPORT)
    assert one.clocks[0].due_at == NOW + timedelta(days=2)


def test_the_next_clock_is_let_fire(studio: Studio) -> None:
    draft_id = studio.draft()
    due = play(studio, draft_id, REPORT).clocks[0].due_at
    one = play(studio, draft_id, REPORT, {"until": due.isoformat()})
    assert (one.now, "late" in one.one.trace) == (due, True)


def test_it_ends_where_the_process_ends(studio: Studio) -> None:
    assert play(studio, studio.draft(), REPORT, REVIEW).one.state == "completed"


def test_a_step_that_cannot_be_taken_is_named_and_left_out(studio: Studio) -> None:
    one = play(studio, studio.draft(), REPORT, answered("nothing", {}))
    assert (len(one.plan.steps), "open task nothing" in (one.problem or Text("")).en) == (1, True)


def test_a_step_that_fails_half_way_leaves_where_it_stood_before(studio: Studio) -> None:
    draft_id = studio.changed('"case_coordinator"</ihala:input>', "[1] + 2</ihala:input>")
    one = play(studio, draft_id, REPORT, {"wait": "P2D"})
    assert (one.problem is not None, one.now, open_in(one)) == (True, NOW, ["review.1"])


def test_answers_that_do_not_fit_are_named(studio: Studio) -> None:
    assert play(studio, studio.draft(), answered("take_referral", {})).problem is not None


def test_a_play_touches_no_case(studio: Studio) -> None:
    play(studio, studio.base_id, REPORT, REVIEW)
    with studio.ihala.database.reading() as tx:
        assert tx.exec_driver_sql('SELECT count(*) FROM "case"').scalar() == 0


def test_another_persons_draft_is_not_played(studio: Studio) -> None:
    with pytest.raises(NotFound):
        played(studio.ihala, studio.second, studio.draft(), Plan("referral", NOW))


def test_whoever_is_no_process_owner_plays_nothing(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        playing.startable(studio.ihala, studio.coordinator, studio.base_id)


@pytest.mark.parametrize("plan", [Plan("nothing", NOW), Plan("referral", NOW, at="nowhere")])
def test_a_beginning_that_is_not_there_is_refused(studio: Studio, plan: Plan) -> None:
    with pytest.raises(NoSuchBeginning):
        played(studio.ihala, studio.owner, studio.draft(), plan)


# One of several ----------------------------------------------------------------------------------------------------
def test_each_of_several_tasks_is_chosen_by_itself(studio: Studio) -> None:
    one = play(studio, several(studio), REPORT)
    assert [(choice.key, choice.about.ar) for choice in one.tasks] == [("review.1", "الشرطة"), ("review.2", "خط ساخن")]


def test_the_second_is_done_before_the_first(studio: Studio) -> None:
    draft_id = several(studio)
    second = play(studio, draft_id, REPORT).tasks[1]
    left = play(studio, draft_id, REPORT, {**REVIEW, **second.named}).tasks
    assert (second.named, [choice.task.variables["office"] for choice in left]) == (
        {"where": {"office": "hotline"}},
        ["police"],
    )


def test_tasks_that_differ_in_nothing_else_are_told_apart_by_their_count(studio: Studio) -> None:
    one = play(studio, several(studio, "[null, null]"), REPORT)
    assert one.tasks[1].named == {"where": {"loopCounter": 2}}


def test_the_last_of_several_is_still_called_by_what_it_is_about(studio: Studio) -> None:
    draft_id = several(studio)
    second = play(studio, draft_id, REPORT).tasks[1]
    (left,) = play(studio, draft_id, REPORT, {**REVIEW, **second.named}).tasks
    assert (left.about.en, left.named) == ("The police", {})


# What happened -----------------------------------------------------------------------------------------------------
def test_what_followed_says_who_waits(studio: Studio) -> None:
    one = play(studio, studio.draft(), REPORT)
    assert lines(one, 1) == ["“Review the referral” now waits for: Case coordinator"]


def test_a_step_says_who_did_it_and_when(studio: Studio) -> None:
    turn = play(studio, studio.draft(), {"wait": "P1D"}, {**REPORT, "as": "first_responder"}).turns[2]
    said = "“Take the referral” is done by First responder"
    assert (turn.told.sentence.en, turn.at) == (said, NOW + timedelta(days=1))


def test_a_clock_that_ran_out_is_told_with_its_moment_and_its_notice(studio: Studio) -> None:
    turn = play(studio, studio.draft(), REPORT, {"wait": "P3D"}).turns[2]
    assert [(line.at, line.text.en) for line in turn.lines] == [
        (NOW + timedelta(days=1), "The clock “Not reviewed in a day” has run out"),
        (NOW + timedelta(days=1), "“Remind” is done by the system"),
        (NOW + timedelta(days=1), "An end is reached: “Told”"),
        (NOW + timedelta(days=3), "A notice to: Case coordinator. A task of case 1 is past its due date."),
    ]


def test_a_consent_is_told_and_lets_a_task_go(studio: Studio) -> None:
    draft_id = studio.changed('<bpmn:userTask id="review"', '<bpmn:userTask id="review" ihala:purpose="support"')
    one = play(studio, draft_id, REPORT, moves.consent("support"))
    assert lines(one, 1) == ["“Review the referral” waits for a consent (role: Case coordinator)"]
    assert lines(one, 2) == ["Consent to “Support”: given", "“Review the referral” now waits for: Case coordinator"]


def test_what_happened_is_told_in_arabic_too(studio: Studio) -> None:
    turn = play(studio, studio.draft(), REPORT, {"wait": "P1D"}).turns[2]
    assert turn.lines[0].text.ar == "انقضى موعد «لم تُراجع خلال يوم»"


def test_the_living_process_says_where_its_token_stands(studio: Studio) -> None:
    (living,) = play(studio, studio.draft(), REPORT).living
    assert (living.process.id, living.active) == ("referral", ["review", "late"])
    assert "take_referral" in living.passed


# What travels with the page ----------------------------------------------------------------------------------------
def test_a_plan_comes_back_as_it_went() -> None:
    plan = Plan("p", NOW, {"a": 1}, "begun", {"b": True}, (REPORT, {"wait": "P1D", "working": True}))
    assert unpacked(plan.packed()) == plan


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "{", "null", '{"a": NaN}', '{"process": "\\ud800"}', "[" * 100_000, "x" * (carrying.LARGEST + 1)],
)
def test_what_is_no_play_is_refused(text: str) -> None:
    with pytest.raises(CarriedBadly):
        unpacked(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"steps": None},
        {"steps": [1]},
        {"steps": [{"do": "x", "answers": "all"}]},
        {"steps": [{"dance": "x"}]},
        {"starts": "soon"},
        {"process": 3},
        {"variables": []},
        {"begins": {"at": []}},
    ],
)
def test_a_play_that_somebody_bent_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ScenarioUnreadable):
        unpacked(json.dumps({**Plan("p", NOW).written(), **changed}))


def test_a_play_without_end_is_refused(studio: Studio) -> None:
    with pytest.raises(TooLong):
        unpacked(Plan("referral", NOW).then(*[REPORT] * 401).packed())


# Moving the clock, messages ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "unit", "step"),
    [
        ("3", "days", {"wait": "P3D"}),
        ("٩٠", "minutes", {"wait": "PT90M"}),
        ("7", "working_days", {"wait": "P7D", "working": True}),
    ],
)
def test_the_clock_is_moved_by_a_length(amount: str, unit: str, step: dict[str, Any]) -> None:
    assert moves.wait(amount, unit) == step


@pytest.mark.parametrize(
    ("amount", "unit"), [("", "days"), ("0", "days"), ("-1", "days"), ("two", "days"), ("1", "eons")]
)
def test_a_length_that_is_none_is_refused(amount: str, unit: str) -> None:
    with pytest.raises(moves.NoLength):
        moves.wait(amount, unit)


def test_the_clock_is_moved_to_a_moment_in_the_zone() -> None:
    at = moves.moment({"day": "٢", "month": "3", "year": "2026"}, "14:30", CAIRO)
    assert moves.until(at, NOW, CAIRO) == {"until": "2026-03-02T14:30:00+02:00"}


@pytest.mark.parametrize("time", ["", "25:00", "14", "14:30:00", "soon"])
def test_a_moment_that_is_none_is_refused(time: str) -> None:
    with pytest.raises(moves.NoMoment):
        moves.moment({"day": "31", "month": "3", "year": "2026"}, time, CAIRO)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(moves.NoMoment):
        moves.moment({"day": "31", "month": "2", "year": "2026"}, "10:00", CAIRO)


def test_the_clock_does_not_go_back() -> None:
    with pytest.raises(moves.NotLater):
        moves.until(NOW, NOW, CAIRO)


def test_what_moves_the_clock_stands_there_again_as_typed() -> None:
    known = [moves.typed(moves.wait("7", unit), CAIRO) for unit in moves.UNITS]
    assert [(one["amount"], one["unit"]) for one in known if one] == [("7", unit) for unit in moves.UNITS]


def test_a_message_carries_what_was_written() -> None:
    step = moves.sent("message", "letter", 'age = 15\n\nname.first = "x"\nurgent = true')
    assert step == {"send": {"message": "letter", "payload": {"age": 15, "name.first": "x", "urgent": True}}}


def test_a_value_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueUnreadable, match="'age'"):
        moves.sent("signal", "bell", "age = (")


# Kept as a story ---------------------------------------------------------------------------------------------------
def test_a_play_is_saved_as_a_story_that_goes_as_told(studio: Studio) -> None:
    draft_id = several(studio)
    second = {**REVIEW, **play(studio, draft_id, REPORT).tasks[1].named}
    one = play(studio, draft_id, REPORT, moves.wait("2", "working_days"), second)
    path = save_as_story(studio.ihala, studio.owner, draft_id, one, TITLE)
    play_some(studio.ihala, studio.owner, draft_id, seconds=60)
    (row,) = [row for row in stories(studio.ihala, studio.owner, draft_id) if row.path == path]
    assert (row.path, row.title, row.went_well) == ("referral/scenarios/it_waits.yaml", TITLE, True)


def test_a_second_story_of_a_title_gets_a_name_of_its_own(studio: Studio) -> None:
    draft_id = studio.draft()
    one = play(studio, draft_id, REPORT)
    paths = [save_as_story(studio.ihala, studio.owner, draft_id, one, TITLE) for _ in range(2)]
    assert paths[1] == "referral/scenarios/it_waits_2.yaml"


@pytest.mark.parametrize("title", [Text("Only", ""), Text(" ", "فقط"), Text("x" * 201, "س")])
def test_a_story_without_both_titles_is_not_saved(studio: Studio, title: Text) -> None:
    draft_id = studio.draft()
    with pytest.raises(TitlesMissing):
        save_as_story(studio.ihala, studio.owner, draft_id, play(studio, draft_id, REPORT), title)


def test_a_story_is_saved_in_ones_own_draft_only(studio: Studio) -> None:
    one = play(studio, studio.base_id, REPORT)
    with pytest.raises(drafts.NotADraft):
        save_as_story(studio.ihala, studio.owner, studio.base_id, one, TITLE)


def test_a_name_that_is_no_file_is_refused(studio: Studio) -> None:
    draft_id = studio.draft()
    with pytest.raises(PathUnfit):
        save_as_story(studio.ihala, studio.owner, draft_id, play(studio, draft_id), TITLE, "../x")


@pytest.mark.parametrize(
    ("title", "name"), [("A girl, 15: café!", "a_girl_15_cafe"), ("فتاة", "story"), ("x" * 99, "x" * 60)]
)
def test_a_name_is_made_of_a_title(title: str, name: str) -> None:
    assert name_of(title) == name


def test_answers_are_written_as_a_story_writes_them() -> None:
    step = answered("ask", {"n": Decimal(3), "share": Decimal("0.5"), "day": NOW.date(), "none": None, "list": ["a"]})
    assert step == {"do": "ask", "answers": {"n": 3, "share": 0.5, "day": "2026-03-01", "list": ["a"]}}


# What it begins with -----------------------------------------------------------------------------------------------
GIVEN = b"""title: {en: x, ar: x}
process: referral
starts: '2026-03-01T09:00:00+02:00'
variables: {profile: {age: 15, source: police, urgent: true, since: 2026-01-01, tags: [a]}, note: text}
steps: []
"""


def asked(studio: Studio) -> dict[str, start_data.Question]:
    stage = playing.opened(studio.ihala, studio.owner, studio.base_id)
    found = start_data.questions(stage, {"referral/scenarios/x.yaml": GIVEN}, "referral")
    return {one.path: one for one in found}


def test_what_a_process_is_given_is_asked_by_its_stories(studio: Studio) -> None:
    kinds = {path: (one.kind, one.value) for path, one in asked(studio).items()}
    assert kinds == {
        "note": ("text", "text"),
        "profile.age": ("number", "15"),
        "profile.since": ("feel", '"2026-01-01"'),
        "profile.source": ("choice", "police"),
        "profile.tags": ("feel", '["a"]'),
        "profile.urgent": ("yes or no", "yes"),
    }


def test_it_is_asked_in_the_words_of_the_forms(studio: Studio) -> None:
    assert asked(studio)["profile.source"].words.ar == "من المُبلّغ؟"


def test_what_was_typed_becomes_variables(studio: Studio) -> None:
    typed = {"profile.age": "16", "profile.urgent": "no", "profile.source": "hotline", "profile.tags": '["b", "c"]'}
    variables = start_data.given(asked(studio).values(), typed, "profile.extra = 3\nother = null")
    assert variables == {
        "note": None,
        "profile": {"age": 16, "since": None, "source": "hotline", "tags": ["b", "c"], "urgent": False, "extra": 3},
        "other": None,
    }


def test_a_number_that_is_none_is_refused_by_name(studio: Studio) -> None:
    with pytest.raises(ValueUnreadable, match=r"profile\.age"):
        start_data.given(asked(studio).values(), {"profile.age": "15 ("})


def test_a_play_begins_with_what_it_is_given(studio: Studio) -> None:
    plan = Plan("referral", datetime(2026, 3, 1, tzinfo=CAIRO), {"profile": {"age": 15}})
    one = played(studio.ihala, studio.owner, studio.draft(), plan)
    assert one.tasks[0].task.variables["profile"] == {"age": 15}
