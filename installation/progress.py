"""Says what is being made ready, one line a step, in the terminal's language; keeps what the tools print in a log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".ihala"
LOG_LINES_SHOWN = 25


class Stopped(Exception):
    """The checkout cannot be made ready; the message says who can mend it."""


def words(en: str, ar: str) -> str:
    """The sentence in the terminal's language (as in `engine.command_line`, not importable before all is made)."""
    named = (os.environ.get(name) for name in ("IHALA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return ar if next(filter(None, named), "en").startswith("ar") else en


def say(sentence: str) -> None:
    """To the error stream, so that what a verb prints stays clean."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line: what is done, and the seconds it took."""
    started = time.monotonic()
    print(f"  {title} ...", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f" {time.monotonic() - started:.1f} s")


def call(command: Sequence[str | Path], cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """What a tool printed; where it fails, the end of that is shown and the rest is in the log."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with (HOME / "log").open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, command))}\n{done.stdout}\n")
    if done.returncode:
        raise Stopped(_failure(command, done.stdout))
    return done.stdout


def _failure(command: Sequence[str | Path], printed: str) -> str:
    shown = "\n".join(printed.splitlines()[-LOG_LINES_SHOWN:])
    name = " ".join([Path(command[0]).name, *map(str, command[1:4])])
    return words(
        f"{shown}\n`{name} ...` failed. All it said is in {HOME / 'log'}. Mend the cause and start again.",
        f"{shown}\nلم ينجح ‎`{name} ...`‎. النص الكامل في {HOME / 'log'}. عالج السبب ثم أعد التشغيل.",
    )
