"""A story is changed step by step: in words, in its file, and with nothing of it lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from engine.access import NotFound
from engine.rehearsal.scenario import ScenarioUnreadable
from engine.studio import drafts, expecting, retelling, stories, story_file
from engine.studio.retelling import MeanwhileChanged, NoSuchStep, Telling
from engine.text import Text
from tests.engine.studio.conftest import FORM, Studio

PATH = "referral/scenarios/reported_and_reviewed.yaml"
WAIT = {"wait": "P1D"}
COMMENTED = """# A story
title: x
process: p
starts: '2026-03-01T09:00:00+02:00'
steps:
# first
- do: a
  answers: {b: c}   # why

# second
- wait: P1D
expect:
  state: completed  # at last
"""
MECHANISM = Path(__file__).parents[3] / "workflows"


def told(studio: Studio, draft_id: str) -> Telling:
    return retelling.telling(studio.ihala, studio.owner, draft_id, PATH)


def steps(studio: Studio, draft_id: str) -> list[dict[str, Any]]:
    return list(told(studio, draft_id).plan.steps)


def verbs(studio: Studio, draft_id: str) -> list[str]:
    return [next(iter(step)) for step in steps(studio, draft_id)]


def does(studio: Studio, draft_id: str, act: Callable[..., None], *what: object) -> None:
    act(studio.ihala, studio.owner, draft_id, told(studio, draft_id), *what)


def test_a_step_is_put_in_before_another(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.insert, 1, WAIT)
    assert verbs(studio, draft_id) == ["wait", "do", "wait", "do", "expect"]


def test_a_step_is_put_in_at_the_end(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.insert, 5, WAIT)
    assert verbs(studio, draft_id)[-1] == "wait"


def test_a_step_happens_otherwise(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.replace, 2, {"wait": "P9D"})
    assert steps(studio, draft_id)[1] == {"wait": "P9D"}


def test_a_step_is_left_out(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.remove, 2)
    assert verbs(studio, draft_id) == ["do", "do", "expect"]


@pytest.mark.parametrize(
    ("number", "by", "order"),
    [
        (2, -1, ["wait", "do", "do", "expect"]),
        (2, 1, ["do", "do", "wait", "expect"]),
        (1, -1, ["do", "wait", "do", "expect"]),
    ],
)
def test_a_step_is_moved(studio: Studio, number: int, by: int, order: list[str]) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.move, number, by)
    assert verbs(studio, draft_id) == order


def test_the_title_is_changed_in_both_languages(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.rename, Text("Anew", "من جديد"))
    assert told(studio, draft_id).title == Text("Anew", "من جديد")


def test_the_beginning_is_moved(studio: Studio) -> None:
    draft_id, at = studio.draft(), datetime(2026, 5, 3, 8, 30, tzinfo=ZoneInfo("Africa/Cairo"))
    does(studio, draft_id, retelling.start, at)
    assert told(studio, draft_id).plan.starts == at


@pytest.mark.parametrize("number", [0, 5, 99])
def test_a_step_that_is_not_there_is_refused(studio: Studio, number: int) -> None:
    with pytest.raises(NoSuchStep):
        does(studio, studio.draft(), retelling.remove, number)


def test_a_step_of_no_shape_is_refused(studio: Studio) -> None:
    with pytest.raises(ScenarioUnreadable):
        does(studio, studio.draft(), retelling.insert, 1, {"dance": "x"})


def test_a_story_that_was_changed_meanwhile_is_left_alone(studio: Studio) -> None:
    draft_id = studio.draft()
    before = told(studio, draft_id)
    does(studio, draft_id, retelling.remove, 2)
    with pytest.raises(MeanwhileChanged):
        retelling.insert(studio.ihala, studio.owner, draft_id, before, 1, WAIT)


def test_only_ones_own_draft_is_changed(studio: Studio) -> None:
    with pytest.raises(drafts.NotADraft):
        does(studio, studio.base_id, retelling.remove, 2)


@pytest.mark.parametrize("path", [FORM, "referral/scenarios/nothing.yaml"])
def test_what_is_no_story_is_not_found(studio: Studio, path: str) -> None:
    with pytest.raises(NotFound):
        retelling.telling(studio.ihala, studio.owner, studio.draft(), path)


def test_a_changed_story_goes_as_it_is_told_now(studio: Studio) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.remove, 3)
    stories.play_again(studio.ihala, studio.owner, draft_id, PATH)
    one = stories.story(studio.ihala, studio.owner, draft_id, PATH)
    assert (one.row.step, "found running" in one.row.problem.en) == (3, True)
    does(studio, draft_id, retelling.replace, 3, {"expect": {"state": "running", "open": ["review"]}})
    stories.play_again(studio.ihala, studio.owner, draft_id, PATH)
    assert stories.story(studio.ihala, studio.owner, draft_id, PATH).row.went_well


# In words ----------------------------------------------------------------------------------------------------------
def test_a_story_is_told_with_its_days(studio: Studio) -> None:
    one = stories.story(studio.ihala, studio.owner, studio.draft(), PATH)
    assert one.begins is not None
    assert [one.begins.sentence.en, *(step.sentence.en for step in one.steps)] == [
        "It begins on Sunday 1 March 2026, 09:00",
        "“Take the referral” is done by First responder",
        "Time passes: 2 days. It is then Tuesday 3 March 2026, 09:00",
        "“Review the referral” is done by Case coordinator",
        "Expected: the state of the process: completed",
    ]


def test_a_story_is_told_in_arabic(studio: Studio) -> None:
    one = stories.story(studio.ihala, studio.owner, studio.draft(), PATH)
    assert one.steps[1].sentence.ar == "يمضي من الوقت: \u2068يومين\u2069، فيحل الثلاثاء 3 مارس 2026، 09:00"


def test_answers_are_told_as_their_form_asks_them(studio: Studio) -> None:
    answers = stories.story(studio.ihala, studio.owner, studio.draft(), PATH).steps[0].answers
    assert [(question.ar, answer.ar) for question, answer in answers[:1]] == [("من المُبلّغ؟", "خط ساخن")]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"wait": "P7D", "working": True}, "Time passes: 7 working days. It is then Tuesday 10 March 2026, 15:00"),
        ({"until": "2026-03-04T12:00:00+02:00"}, "Time passes until Wednesday 4 March 2026, 12:00"),
        (
            {"do": "review", "where": {"office": "police"}},
            "“Review the referral” (The police) is done by Case coordinator",
        ),
        (
            {"do": "review", "number": 2, "as": "process_owner"},
            "“Review the referral” (number 2) is done by Process owner",
        ),
        ({"do": "review", "refused": True}, "“Review the referral” cannot be done by Case coordinator"),
        (
            {"world": {"consents": {"support": "given"}, "fill": "all"}},
            "Consent: Support: given; All beds are taken: every shelter",
        ),
        ({"send": {"message": "letter"}}, "The message letter arrives"),
        ({"signal": {"name": "bell"}}, "The signal bell is given"),
        ({"expect": {"held": []}}, "Expected: tasks held for a missing consent: none"),
        ({"wait": "P99999999999D"}, "Time passes: 99999999999 days. It is then Sunday 1 March 2026, 09:00"),
    ],
)
def test_every_kind_of_step_is_told(studio: Studio, step: dict[str, Any], said: str) -> None:
    draft_id = studio.draft()
    does(studio, draft_id, retelling.insert, 1, step)
    assert stories.story(studio.ihala, studio.owner, draft_id, PATH).steps[0].sentence.en == said


# Changing answers --------------------------------------------------------------------------------------------------
def test_the_answers_of_a_step_stand_in_its_form(studio: Studio) -> None:
    draft_id = studio.draft()
    one = told(studio, draft_id)
    play = retelling.before(studio.ihala, studio.owner, draft_id, one, 1)
    choice = retelling.choice_of(play, one.step(1))
    assert choice is not None
    assert retelling.typed(play, choice, one.step(1)) == {"source": ["hotline"], "story": ["Seen at a workshop."]}


def test_an_answer_that_no_longer_fits_is_asked_again(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, FORM, studio.file(draft_id, FORM).replace(b'"hotline"', b'"hot_line"'))
    one = told(studio, draft_id)
    play = retelling.before(studio.ihala, studio.owner, draft_id, one, 1)
    assert retelling.typed(play, play.tasks[0], one.step(1)) == {"story": ["Seen at a workshop."]}


def test_a_task_that_is_not_open_there_is_no_choice(studio: Studio) -> None:
    draft_id = studio.draft()
    one = told(studio, draft_id)
    play = retelling.before(studio.ihala, studio.owner, draft_id, one, 1)
    assert retelling.choice_of(play, one.step(3)) is None


# What is expected --------------------------------------------------------------------------------------------------
def asked(studio: Studio, expected: dict[str, Any]) -> expecting.Expectable:
    draft_id = studio.draft()
    play = retelling.before(studio.ihala, studio.owner, draft_id, told(studio, draft_id), 2)
    return expecting.expectable(play, expected)


def test_what_is_so_can_be_expected(studio: Studio) -> None:
    groups = {group.kind: group for group in asked(studio, {"open": ["review"]}).groups}
    found = [(one.value, one.words.ar, one.is_expected, one.is_so) for one in groups["open"].things]
    assert found == [("review", "مراجعة الإحالة", True, True), ("take_referral", "تسجيل الإحالة", False, False)]


def test_what_was_written_by_hand_stands_there_again(studio: Studio) -> None:
    expected = {"variables": {"review.ok": "yes", "n": 3, "urgent": True, "none": None}, "forgotten": False}
    one = asked(studio, expected)
    assert one.written["variables"] == 'review.ok = "yes"\nn = 3\nurgent = true\nnone = null'
    chosen = {"variables": [one.written["variables"]], "forgotten": [one.forgotten]}
    assert expecting.expectation(chosen) == {"expect": expected}


def test_what_was_ticked_is_expected() -> None:
    chosen = {"state": ["running"], "open": ["a", "b"], "timers": ["c"], "consents": [""], "forgotten": [""]}
    assert expecting.expectation(chosen) == {"expect": {"state": "running", "open": ["a", "b"], "timers": ["c"]}}


# The file ----------------------------------------------------------------------------------------------------------
def test_every_other_line_of_the_file_stays() -> None:
    changed = story_file.with_steps(COMMENTED, lambda old: [*old[:1], {"wait": "PT3H"}, *old[1:]])
    assert changed == COMMENTED.replace("# second", "- wait: PT3H\n# second")


def test_a_moved_step_takes_its_comment_with_it() -> None:
    changed = story_file.with_steps(COMMENTED, lambda old: [old[1], old[0], old[2]])
    assert changed.index("# second") < changed.index("- wait") < changed.index("# first") < changed.index("- do")


def test_what_is_expected_at_the_end_becomes_a_step_when_something_follows() -> None:
    changed = story_file.with_steps(COMMENTED, lambda old: [*old, WAIT])
    assert yaml.safe_load(changed)["steps"][2:] == [{"expect": {"state": "completed"}}, WAIT]


@pytest.mark.parametrize(
    "content", ["title: x\nsteps: []\nexpect: {state: running}\n", "title: x\nsteps: [{wait: P1D}]\n"]
)
def test_a_file_of_another_layout_loses_no_step(content: str) -> None:
    before = yaml.safe_load(content)
    after = yaml.safe_load(story_file.with_steps(content, lambda old: [WAIT, *old]))
    ending = [{"expect": after["expect"]}] if "expect" in after else []
    was = [*before["steps"], *([{"expect": before["expect"]}] if "expect" in before else [])]
    assert [*after["steps"], *ending] == [WAIT, *was]


@pytest.mark.parametrize("path", sorted(MECHANISM.rglob("scenarios/*.yaml")), ids=lambda path: path.stem)
def test_no_story_of_the_mechanism_loses_anything(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    before = yaml.safe_load(content)
    after = yaml.safe_load(story_file.with_steps(content, lambda old: [WAIT, *old]))
    assert after == {**before, "steps": [WAIT, *before["steps"]]}


def test_one_value_of_the_file_is_changed_alone() -> None:
    changed = story_file.with_value(COMMENTED, "title", {"en": "A: b", "ar": "ب"})
    assert changed == COMMENTED.replace("title: x", "title: {en: 'A: b', ar: ب}")
