"""Draws a diagram, plays acts on it through the public interface, and shows what came of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from engine import check, rehearse
from engine.rehearsal import Instance

from .hands import Hand, hand_for
from .notation import Board

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SPANS = {"h": "hours", "d": "days", "m": "minutes"}


def draw(text: str, process: str = "p", hand: Hand | None = None) -> bytes:
    """The diagram of one process as a file."""
    chosen = hand or hand_for(text)
    board = Board(text, process, chosen)
    written = board.xml()
    return chosen.write(board.declarations(), written)


def codes(text: str) -> set[str]:
    """Why the diagram cannot run."""
    return {problem.code for problem in check({"p.bpmn": draw(text)}) if problem.severity == "cannot_run"}


class Play:
    """One or several processes in memory. Acts are `do a`, `send m`, `signal x`, `wait 3d`, each with a payload."""

    def __init__(self, *texts: str, **files: bytes) -> None:
        names = ("p", "q", "r")
        self.files = {f"{name}.bpmn": draw(text, name) for name, text in zip(names, texts, strict=False)}
        self.files |= {name.replace("_dot_", "."): content for name, content in files.items()}
        self.rehearsal = rehearse(self.files, now=NOW)

    def start(self, process: str = "p", **variables: object) -> Play:
        self.rehearsal.start(process, variables)
        return self

    def act(self, *acts: str, **payload: object) -> Play:
        for act in acts:
            verb, _, what = act.partition(" ")
            {
                "do": self._do,
                "send": partial(self.rehearsal.send, payload=payload),
                "signal": partial(self.rehearsal.signal, payload=payload),
                "wait": lambda span: self.rehearsal.advance(timedelta(**{SPANS[span[-1]]: int(span[:-1])})),
            }[verb](what, **(payload if verb == "do" else {}))
        return self

    def _do(self, element: str, **answers: object) -> None:
        self.rehearsal.complete(next(task for task in self.rehearsal.tasks if task.element == element), answers)

    @property
    def one(self) -> Instance:
        return self.rehearsal.instances[0]

    @property
    def trace(self) -> str:
        return " ".join(self.one.trace)

    @property
    def state(self) -> str:
        return self.one.state

    @property
    def waiting(self) -> str:
        return " ".join(sorted(task.element for task in self.rehearsal.tasks))

    def count(self, element: str) -> int:
        return self.one.trace.count(element)

    def passed(self, *elements: str) -> list[str]:
        """Of these elements, in the order in which they were completed."""
        return [element for element in self.one.trace if element in elements]

    def __getitem__(self, variable: str) -> object:
        return self.one.variables.get(variable)


def play(text: str, *acts: str, **variables: object) -> Play:
    """The process of this diagram, started with the variables, after the acts."""
    return Play(text).start(**variables).act(*acts)
