"""What stands in the way of proposing a draft, in the order in which it is best mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.persistence import Row
from engine.studio import drafts
from engine.studio.coverage import story_paths
from engine.text import Text


def missing(
    files: Mapping[str, bytes], played: Mapping[str, Row[Any]], *, broken: int, is_same: bool, was_in_force: bool
) -> Text | None:
    """What stands in the way of proposing the files.

    What was in force before has been through all of it, but for the safeguards: they may have changed since.
    """
    if is_same:
        return _SAME
    if broken:
        return _BROKEN.format(count=broken)
    if was_in_force:
        return None
    bad = [one for one in drafts.problems(files) if one.severity != "advice"]
    if bad:
        return _PROBLEMS.format(count=len(bad))
    paths = story_paths(files)
    failing = [path for path in paths if path in played and played[path].problem_en]
    if failing:
        return _FAILING.format(count=len(failing))
    unplayed = [path for path in paths if path not in played]
    return _UNPLAYED.format(count=len(unplayed)) if unplayed else None


_SAME = Text("it is the same as the release in force.", "هي مطابقة للإصدار الساري.")
_BROKEN = Text("places where it breaks a safeguard: {count}.", "مواضع تخرق فيها إحدى الضمانات: {count}.")
_PROBLEMS = Text("problems to mend: {count}.", "مشكلات يجب حلها: {count}.")
_FAILING = Text("stories that go otherwise than told: {count}.", "قصص لا تسير كما رُويت: {count}.")
_UNPLAYED = Text("stories still to be played: {count}.", "قصص لم تُمثَّل بعد: {count}.")
