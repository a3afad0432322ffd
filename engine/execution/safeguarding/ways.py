"""Proofs about ways: what stands before a step, and what can still be come to from it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.safeguarding.breaking import Break, at, gone, names, vanished, where
from engine.execution.safeguarding.ground import Ground, Place, fits
from engine.execution.safeguarding.kinds import Before, LeadsTo
from engine.execution.safeguarding.walk import Walk
from engine.text import Text


def before(proof: Before, ground: Ground) -> Iterator[Break]:
    yield from vanished(ground, proof.reach)
    walk = Walk(ground, lambda place: fits(place.facts, proof.passing), proof.given, proof.beside)
    if proof.begin:
        yield from vanished(ground, proof.begin)
        for place in ground.fitting(proof.begin):
            walk.walk(place.scope, [place.node.id], joins=False)
    elif proof.within and proof.within not in ground.processes:
        yield gone(proof.within)
    else:
        for process in sorted({proof.within} if proof.within else ground.beginnings()):
            walk.through(ground.scopes[process])
    for aim in ground.fitting(proof.reach):
        key = (aim.scope.key, aim.node.id)
        if key in walk.met:
            yield at(aim, where(proof.where, _reached(proof, ground, aim, walk.met[key])))


def _reached(proof: Before, ground: Ground, aim: Place, by: Place | None) -> Text:
    missing = ground.fitting(proof.passing)
    sentence = (_WITHOUT if missing else _LOST) if proof.passing else _NEVER
    way = _BY_WAY.format(by=names([by])) if by else Text("")
    lost = ", ".join(sorted(word for words in proof.passing.values() for word in words))
    return sentence.format(aim=names([aim]), missing=names(missing), lost=lost, way=way)


def leads_to(proof: LeadsTo, ground: Ground) -> Iterator[Break]:
    yield from vanished(ground, proof.begin)
    yield from vanished(ground, proof.reach)
    aims = ground.fitting(proof.reach)
    for place in ground.fitting(proof.begin):
        graph = place.scope.graph
        reached = graph.reachable([place.node.id])
        if not any(aim.scope is place.scope and aim.node.id in reached for aim in aims):
            yield at(place, _NO_WAY.format(place=names([place]), aims=names(aims)))


_WITHOUT = Text(
    "{aim} can be reached without {missing} having been done{way}.", "يمكن الوصول إلى {aim} دون إتمام {missing}{way}."
)
_LOST = Text(
    "{aim} is reached without what had to stand before it, which is gone: \u2066{lost}\u2069{way}.",
    "يمكن الوصول إلى {aim} دون ما كان يجب أن يسبقه ولم يعد موجودًا: \u2066{lost}\u2069{way}.",
)
_NEVER = Text("{aim} can be reached, and must not be{way}.", "يمكن الوصول إلى {aim}، ولا يجوز ذلك{way}.")
_BY_WAY = Text(", by way of {by}", "، عن طريق {by}")
_NO_WAY = Text("No way leads from {place} to {aims}.", "لا يوجد طريق من {place} إلى {aims}.")
