"""Changing a story of one's own draft step by step, without its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotFound
from engine.errors import Refusal
from engine.forms import FormErrors
from engine.rehearsal.scenario import meant, read, scenario_of
from engine.studio import drafts, story_file
from engine.studio.carrying import LONGEST, NAME, Plan, TooLong
from engine.studio.choosing import Choice
from engine.studio.coverage import story_paths
from engine.studio.keeping import titled
from engine.studio.playing import Play, played
from engine.studio.telling import Told
from engine.studio.telling import in_words as telling_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

Step = dict[str, Any]


class NoSuchStep(Refusal):
    sentence = Text(
        "The story has no step {number} any more: somebody changed it. Look at it again.",
        "لم تعد في القصة خطوة {number}: غيّرها شخص آخر. يُرجى الاطلاع عليها من جديد.",
    )


class MeanwhileChanged(Refusal):
    sentence = Text(
        "The story was changed since this page was opened; nothing was saved. Look at it again, and change it then.",
        "تغيّرت القصة منذ فتح هذه الصفحة ولم يُحفظ شيء. يُرجى الاطلاع عليها من جديد ثم تغييرها.",
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it is told now: what it plays, and the revision to save onto."""

    path: str
    title: Text
    plan: Plan
    revision: int

    def step(self, number: int) -> Step:
        """Step `number`, from 1. Raises `NoSuchStep`."""
        if not 1 <= number <= len(self.plan.steps):
            raise NoSuchStep(number=number)
        return self.plan.steps[number - 1]


def telling(ihala: Ihala, actor: Actor, release_id: str, path: str, revision: int | None = None) -> Telling:
    """One story to be changed, onto the `revision` at which somebody saw it, else onto the present one.

    Raises `NotAllowed`, `NotFound`, `ScenarioUnreadable`.
    """
    if not story_paths([path]):
        raise NotFound
    file = drafts.read_file(ihala, actor, release_id, path)
    one = read(path, file.content)
    steps = tuple(dict(step) for step in one.steps)
    plan = Plan(one.process, one.starts, dict(one.variables), one.at, dict(one.payload), steps)
    return Telling(path, one.title, plan, file.revision if revision is None else revision)


def before(ihala: Ihala, actor: Actor, release_id: str, told: Telling, number: int) -> Play:
    """Where the story stands before step `number`. Raises as `playing.played` does, `NoSuchStep`."""
    if not 1 <= number <= len(told.plan.steps) + 1:
        raise NoSuchStep(number=number)
    return played(ihala, actor, release_id, told.plan.until(number - 1))


def choice_of(play: Play, step: Mapping[str, Any]) -> Choice | None:
    """The open task that a step of the story completes, if it is open where the play stands."""
    task = meant(play.rehearsal, step) if "do" in step else None
    return next((choice for choice in play.tasks if task is not None and choice.task.id == task.id), None)


def typed(play: Play, choice: Choice, step: Mapping[str, Any]) -> dict[str, list[str]]:
    """The answers of a step as somebody would have typed them; one that no longer fits its question is left out."""
    form = play.scenery.mechanism.forms.get(choice.task.element)
    if form is None:
        return {}
    now, zone = play.now, play.scenery.mechanism.time_zone
    answers = dict(step.get("answers") or {})
    try:
        record = form.accept(answers, choice.task.variables, now=now, zone=zone).record
    except FormErrors as errors:
        fitting = {key: value for key, value in answers.items() if form.field(key) and key not in errors.errors}
        return form.as_typed(fitting, now=now, zone=zone)
    return form.as_typed(record, now=now, zone=zone)


def in_words(play: Play, step: Mapping[str, Any]) -> Told:
    """A step of the story as a sentence, where the play stands before it."""
    return telling_of(step, play.now, play.scenery.words)


def insert(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, number: int, step: Step) -> None:
    """Let the step happen before step `number`, or after all others. Raises as `change` does."""
    if not 1 <= number <= len(told.plan.steps) + 1:
        raise NoSuchStep(number=number)
    _change(ihala, actor, draft_id, told, lambda steps: [*steps[: number - 1], step, *steps[number - 1 :]])


def replace(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, number: int, step: Step) -> None:
    """Let another step happen in the place of step `number`. Raises as `change` does."""
    told.step(number)
    _change(ihala, actor, draft_id, told, lambda steps: [*steps[: number - 1], step, *steps[number:]])


def remove(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, number: int) -> None:
    """Leave step `number` out. Raises as `change` does."""
    told.step(number)
    _change(ihala, actor, draft_id, told, lambda steps: [*steps[: number - 1], *steps[number:]])


def move(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, number: int, by: int) -> None:
    """Let step `number` happen that many steps later, earlier where negative. Raises as `change` does."""
    told.step(number)
    to = min(max(number + by, 1), len(told.plan.steps))

    def moved(steps: list[Any]) -> list[Any]:
        others = [*steps[: number - 1], *steps[number:]]
        return [*others[: to - 1], steps[number - 1], *others[to - 1 :]]

    _change(ihala, actor, draft_id, told, moved)


def rename(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, title: Text) -> None:
    """Call the story otherwise. Raises `TitlesMissing` and as `drafts.save_file` does."""
    title = titled(title)
    _save(ihala, actor, draft_id, told, lambda text: story_file.with_value(text, "title", _both(title)))


def start(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, starts: datetime) -> None:
    """Let the story begin at another moment. Raises as `drafts.save_file` does."""
    _save(ihala, actor, draft_id, told, lambda text: story_file.with_value(text, "starts", starts.isoformat()))


def _change(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, change: Callable[[list[Any]], list[Any]]) -> None:
    """Save the story with other steps. Raises `ScenarioUnreadable`, `TooLong`, and as `drafts.save_file` does."""
    steps = change(list(told.plan.steps))
    if len(steps) > LONGEST:
        raise TooLong(limit=LONGEST)
    scenario_of(NAME, {"title": NAME, **told.plan.written(), "steps": steps})
    _save(ihala, actor, draft_id, told, lambda text: story_file.with_steps(text, change))


def _save(ihala: Ihala, actor: Actor, draft_id: str, told: Telling, changed: Callable[[str], str]) -> None:
    """Save onto the revision at which the story was seen. Raises `MeanwhileChanged` where there is a later one."""
    file = drafts.read_file(ihala, actor, draft_id, told.path)
    if file.revision != told.revision:
        raise MeanwhileChanged
    content = changed(file.content.decode("utf-8")).encode("utf-8")
    drafts.save_file(ihala, actor, draft_id, told.path, content, told.revision)


def _both(title: Text) -> dict[str, str]:
    return {"en": title.en, "ar": title.ar}
