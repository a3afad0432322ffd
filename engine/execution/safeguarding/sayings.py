"""Proofs about what is written: what elements and questions declare, what tables are given, who ends a wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.execution.checking.material import MECHANISM
from engine.execution.normalising.diagram import definitions, kind
from engine.execution.reading.words import pairs
from engine.execution.safeguarding.breaking import Break, at, gone, names, vanished, where
from engine.execution.safeguarding.conditions import knowns, outcomes
from engine.execution.safeguarding.ground import Ground, Place, fits, unfit
from engine.execution.safeguarding.kinds import Asked, Attended, Declared, Handed, Tests
from engine.text import Text


def declared(proof: Declared, ground: Ground) -> Iterator[Break]:
    yield from vanished(ground, proof.of)
    for place in ground.fitting(proof.of):
        if place.id not in proof.besides and not fits(place.facts, proof.unless):
            for key in unfit(place.facts, proof.has):
                yield at(place, _otherwise(names([place]), key, place.facts.get(key, ""), proof.has))


def asked(proof: Asked, ground: Ground) -> Iterator[Break]:
    """Questions of forms; those of lists stand beside the others."""
    found = False
    for file, form in ground.material.forms.items():
        for question in [part for one in form.fields for part in (one, *one.fields)]:
            task = PurePosixPath(file).stem
            facts = {"form": task, "key": question.key, "kind": question.kind}
            facts |= {"grant": question.grant, "classification": question.classification}
            if fits(facts, proof.of):
                found = True
                words = Text(f"“{question.label.in_('en')}”", f"«{question.label.in_('ar')}»")
                for key in unfit(facts, proof.has):
                    yield Break(file, question.key, _otherwise(words, key, facts[key], proof.has))
    if not found:
        yield gone(", ".join(f"{key}: {' / '.join(sorted(words))}" for key, words in sorted(proof.of.items())))


def handed(proof: Handed, ground: Ground) -> Iterator[Break]:
    yield from vanished(ground, proof.of)
    for place in ground.fitting(proof.of):
        text = dict(pairs(place.node.element, "input")).get(proof.input)
        if text is None or not _fits_always(text, proof):
            said = _HANDED.format(place=names([place]), input=proof.input, text=text or "-")
            yield at(place, where(proof.where, said))


def _fits_always(text: str, proof: Handed) -> bool:
    try:
        expression = feel.parse(text.removeprefix("=").strip())
    except DecisionError:
        return False
    for known in knowns(proof.given, [expression]):
        found = outcomes(expression, known)
        if found is None or not all(test.evaluate(one, {}) is True for test in proof.then.values() for one in found):
            return False
    return True


def attended(_proof: Attended, ground: Ground) -> Iterator[Break]:
    routing = (ground.material.mechanism or {}).get("routing")
    fallback = routing.get("fallback_role") if isinstance(routing, Mapping) else None
    if fallback not in _roles(ground):
        yield Break(MECHANISM, "routing", _NO_FALLBACK)
    for place in ground.places():
        if place.node.kind in ("userTask", "manualTask") and not _has_role(place, ground):
            yield at(place, _NOBODY.format(place=names([place])))
        if place.node.kind in ("receiveTask", "intermediateCatchEvent", "eventBasedGateway") and not _goes_on(place):
            yield at(place, _FOR_EVER.format(place=names([place])))


def _roles(ground: Ground) -> Mapping[str, Any]:
    roles = (ground.material.mechanism or {}).get("roles")
    return roles if isinstance(roles, Mapping) else {}


def _has_role(place: Place, ground: Ground) -> bool:
    return place.facts["role"] in _roles(ground) or bool(place.facts["asked_role"])


def _goes_on(place: Place) -> bool:
    """By a clock of its own, beside it or on its border; or as soon as a step of the same scope is done."""
    graph = place.scope.graph
    before = [node for node in graph.nodes.values() if place.node.id in graph.next(node)]
    if before and all(node.kind == "eventBasedGateway" for node in before):
        return True  # the gateway is asked instead
    beside = [graph.nodes[one].element for one in graph.next(place.node)]
    if place.node.kind == "eventBasedGateway":
        return any(_is_clock(one) for one in beside)
    around = [graph.nodes[one].element for one in place.node.borders]
    return any(_is_clock(one) for one in (place.node.element, *around)) or _awaits_step(place)


def _is_clock(event: Any) -> bool:
    return any(kind(one) == "timerEventDefinition" for one in definitions(event))


def _awaits_step(place: Place) -> bool:
    for one in definitions(place.node.element):
        if kind(one) == "conditionalEventDefinition":
            try:
                paths = feel.parse("".join(map(str, one.itertext())).strip().removeprefix("=")).paths()
            except DecisionError:
                return False
            return bool(paths) and all(path[0] in place.scope.places for path in paths)
        if kind(one) == "linkEventDefinition":
            return True
    return False


def _otherwise(name: Text, key: str, found: str, has: Tests) -> Text:
    return _SAYS.format(name=name, fact=FACTS.get(key, Text(key, key)), found=found or "-", asked=has[key].text)


FACTS: Mapping[str, Text] = {
    "role": Text("the role", "الدور"),
    "purpose": Text("the consent it waits for", "الموافقة التي ينتظرها"),
    "not_by": Text("the task whose person may not do it", "المهمة التي لا يجوز لمن نفّذها تنفيذه"),
    "interrupts": Text("whether it ends what it stands on", "هل يُنهي ما هو عليه"),
    "trigger": Text("what it waits for", "ما ينتظره"),
    "on": Text("the step it stands on", "الخطوة التي هو عليها"),
    "calls": Text("the process it calls", "الإجراء الذي يستدعيه"),
    "operation": Text("the operation", "العملية"),
    "decision": Text("the table", "الجدول"),
    "grant": Text("the permission needed to read it", "الإذن اللازم لقراءته"),
    "classification": Text("the classification", "التصنيف"),
}
"""What an element says of itself, in words."""
_SAYS = Text(
    "{name}: {fact} must be \u2066{asked}\u2069, and is \u2066{found}\u2069.",
    "{name}: يجب أن يكون {fact} \u2066{asked}\u2069، وهو الآن \u2066{found}\u2069.",
)
_HANDED = Text(
    "{place} no longer hands over the right value of “{input}”: \u2066{text}\u2069.",
    "لم يعد {place} يسلّم القيمة الصحيحة لـ «{input}»: \u2066{text}\u2069.",
)
_NO_FALLBACK = Text(
    "No role receives the tasks that nobody holds ([routing], fallback_role).",
    "لا يوجد دور يتلقى المهام التي لا يشغل أحد دورها ([routing], fallback_role).",
)
_NOBODY = Text("{place} is given to no role.", "{place} لم تُسند إلى أي دور.")
_FOR_EVER = Text(
    "A case can wait at {place} for ever: no clock and no person goes on with it.",
    "قد ينتظر الملف عند {place} إلى الأبد: لا مهلة ولا شخص يتابعه.",
)
