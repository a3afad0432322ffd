"""Remembers what was made from which files, so that nothing is made twice."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installation.progress import HOME, say, words

NOT_SOURCES = {"node_modules", "__pycache__"}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts in one checkout wait for each other while things are made."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(words("Another start is making things ready; waiting for it.", "تشغيل آخر يُعِدّ البيئة، جارٍ انتظاره."))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(paths: Iterable[Path], *words_too: str) -> str:
    """Of the content and names of files and of all files in folders, and of other words that matter."""
    summed = hashlib.sha256(repr(words_too).encode())
    for path in paths:
        for file in sorted(_files(path)):
            summed.update(f"\0{file.relative_to(path.parent)}\0".encode())
            summed.update(hashlib.sha256(file.read_bytes()).digest())
    return summed.hexdigest()


def stands(stamp: Path, made_from: str) -> bool:
    return stamp.is_file() and stamp.read_text() == made_from


@contextmanager
def stamped(stamp: Path, made_from: str) -> Iterator[None]:
    """Writes the stamp only after all went well; until then there is none."""
    stamp.unlink(missing_ok=True)
    yield
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for folder, inner, files in os.walk(path):
        inner[:] = [name for name in inner if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in files)
