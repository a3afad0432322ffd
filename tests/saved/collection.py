"""The collection, and how a folder for a new format is made: `python -m tests.saved.collection`.

A folder is written once, with the version that wrote that format first, and never made again: `release/` as it was
stored, `state.bin`, and `story.json` with what waited and what was still to be done.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.execution.snapshot import FORMAT
from tests.engine.execution.diagrams import (
    boundary,
    call,
    catch,
    declare,
    diagram,
    end,
    event,
    flow,
    gateway,
    many,
    path,
    script,
    start,
    sub,
    timer,
    user,
)
from tests.engine.execution.stage import Stage

FOLDER = Path(__file__).parent
SAVED = sorted(one for one in FOLDER.iterdir() if (one / "state.bin").exists())

STAGES = diagram(
    "p", start(), user("intake"), boundary("late", "intake", timer("P2D"), stops=False), user("chase"), end("chased"),
    gateway("parallel", "both"), call("shelter", "shelter"),
    sub("services", start("begun"), user("visit", many(ihala_collection="intake.children", ihala_item="child")),
        end("visited"), path("begun", "visit", "visited")),
    catch("hear", event("message", "decided"), ihala_correlation="intake.number", ihala_reach="mechanism"),
    gateway("parallel", "joined"), gateway("exclusive", "m"), user("review"), script("count", "rounds = rounds + 1"),
    gateway("exclusive", "again", "again-m"), end(),
    path("s", "intake", "both", "shelter", "joined"), path("both", "services", "joined"),
    path("both", "hear", "joined"), path("joined", "m", "review", "count", "again", "m"),
    path("late", "chase", "chased"), flow("again", "e", "review.closed"), declared=declare("message", "decided"),
)  # fmt: skip
SHELTER = diagram(
    "shelter", start(), user("admit"), boundary("silent", "admit", timer("P5D")), user("find_other"), end("moved"),
    user("stay"), end(), path("s", "admit", "stay", "e"), path("silent", "find_other", "moved"),
)  # fmt: skip

TO_DO: list[list[Any]] = [
    ["complete", "chase", {}],
    ["complete", "visit", {"well": True}],
    ["fire", "silent", {}],
    ["complete", "find_other", {}],
    ["deliver", "hear", {"granted": True}],
    ["complete", "review", {"closed": False}],
    ["complete", "review", {"closed": True}],
]
"""What is done with the restored case, in order, until it ends."""


def halfway() -> Stage:
    """In the middle of a called process, a repeated task and a wait for a message, with a clock running."""
    stage = Stage(reloads=False).start(STAGES, SHELTER, variables={"rounds": 0})
    stage.fire("late")
    stage.complete("intake", number=7, children=["older", "younger"])
    return stage.complete("visit", well=False)


def save() -> Path:
    """Save the case under today's format; refuses to touch a folder that is there."""
    folder, stage = FOLDER / f"format_{FORMAT}", halfway()
    (folder / "release").mkdir(parents=True)
    for name, content in stage.files.items():
        (folder / "release" / name).write_bytes(content)
    (folder / "state.bin").write_bytes(stage.instance.dump())
    story = {"waiting": stage.open, "to_do": TO_DO, "rounds": 2}
    (folder / "story.json").write_text(json.dumps(story, indent=1) + "\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    save()
