"""Proves a list of safeguards on the files of a mechanism: each is kept, or broken at these places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import Problem
from engine.execution.checking.material import Material, read
from engine.execution.safeguarding.answers import answered
from engine.execution.safeguarding.breaking import Break
from engine.execution.safeguarding.ground import Ground, ground_of
from engine.execution.safeguarding.kinds import (
    Answered,
    Asked,
    Attended,
    Before,
    Declared,
    Handed,
    LeadsTo,
    Proof,
)
from engine.execution.safeguarding.listed import Safeguard
from engine.execution.safeguarding.sayings import asked, attended, declared, handed
from engine.execution.safeguarding.ways import before, leads_to
from engine.text import Text

CODE = "safeguard"
"""The code of every problem that is a broken safeguard."""
PROVERS: Mapping[type[Proof], Callable[[Any, Ground], Iterable[Break]]] = {
    Answered: answered,
    Asked: asked,
    Attended: attended,
    Before: before,
    Declared: declared,
    Handed: handed,
    LeadsTo: leads_to,
}


@dataclass(frozen=True, slots=True)
class Proven:
    """A safeguard, and where the files break it."""

    safeguard: Safeguard
    breaks: tuple[Problem, ...]

    @property
    def is_kept(self) -> bool:
        return not self.breaks


def prove(material: Material, safeguards: Sequence[Safeguard]) -> list[Proven]:
    """Every safeguard in the order of the list. Never raises for bad files: what cannot be found breaks it."""
    if not safeguards:
        return []
    ground = ground_of(material)
    return [Proven(one, tuple(_problems(one, ground))) for one in safeguards]


def prove_files(files: Mapping[str, bytes], safeguards: Sequence[Safeguard]) -> list[Proven]:
    """The same for files that were not read yet."""
    return prove(read(files), safeguards)


def breaks_of(proven: Iterable[Proven]) -> list[Problem]:
    """All breaks, as problems that block proposing."""
    return [problem for one in proven for problem in one.breaks]


def _problems(safeguard: Safeguard, ground: Ground) -> Iterable[Problem]:
    found = dict.fromkeys(one for proof in safeguard.proofs for one in PROVERS[type(proof)](proof, ground))
    for one in found:
        text = _BROKEN.format(name=safeguard.name, what=one.text, endangers=safeguard.endangers)
        yield Problem("not_publishable", one.file, one.element, text, _MEND, CODE)


_BROKEN = Text(
    "Safeguard broken: {name}. {what} In danger: {endangers}", "ضمانة مخروقة: {name}. {what} في خطر: {endangers}"
)
_MEND = Text(
    "Put back what kept it. A safeguard is never changed in a draft, only by two signatures of its own.",
    "أعيدوا ما كان يحفظها. لا تُغيَّر الضمانة في مسودة، وإنما بتوقيعين خاصين بها.",
)
