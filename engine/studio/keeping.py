"""A play kept as a story of the draft, under a name made of its title."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from engine.access import Actor
from engine.errors import Refusal
from engine.studio import drafts, story_file
from engine.studio.playing import Play
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

LONGEST_NAME = 60
MOST_OF_A_NAME = 100
"""Stories of one name that are numbered; nobody finds their way among more."""


class TitlesMissing(Refusal):
    sentence = Text(
        "Say in English and in Arabic what happens in the story.",
        "يُرجى ذكر ما يحدث في القصة بالعربية وبالإنجليزية.",
    )


def save_as_story(ihala: Ihala, actor: Actor, draft_id: str, play: Play, title: Text, name: str = "") -> str:
    """Keep the play as a story of one's own draft, which ends as it stands now; its path.

    Without a `name` it gets one from its English title. Raises `TitlesMissing` and what `drafts.add_file` does.
    """
    title = titled(title)
    folder = play.process.file.rpartition("/")[0]
    before = f"{folder}/scenarios/" if folder else "scenarios/"
    path = f"{before}{name}.yaml" if name else _free(before, title, set(drafts.files(ihala, actor, draft_id)))
    expected: dict[str, Any] = {"state": play.one.state}
    if play.tasks:
        expected["open"] = sorted({choice.task.element for choice in play.tasks})
    story = {"title": {"en": title.en, "ar": title.ar}, **play.plan.written(), "expect": expected}
    drafts.add_file(ihala, actor, draft_id, path, story_file.written(story).encode("utf-8"))
    return path


def titled(title: Text) -> Text:
    """The title in both languages, tidied. Raises `TitlesMissing`."""
    tidied = Text(" ".join(title.en.split()), " ".join(title.ar.split()))
    if not (tidied.en and tidied.ar) or max(map(len, (tidied.en, tidied.ar))) > drafts.LONGEST_TITLE:
        raise TitlesMissing
    return tidied


def name_of(title: str) -> str:
    """A file's name made of a title: its words in plain letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "_".join(re.findall(r"[a-z0-9]+", plain))
    return name[:LONGEST_NAME].strip("_") or "story"


def _free(before: str, title: Text, taken: set[str]) -> str:
    """The first path of the title's name that no file has yet."""
    name = name_of(title.en)
    paths = [f"{before}{name}.yaml", *(f"{before}{name}_{number}.yaml" for number in range(2, MOST_OF_A_NAME))]
    return next((path for path in paths if path not in taken), paths[-1])
