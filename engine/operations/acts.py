"""What each operation does: reads its inputs, asks or changes the world, returns its outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from engine.operations.world import OperationFailed, Values, World
from engine.text import Text


def _text(inputs: Values, key: str, default: str = "") -> str:
    value = inputs.get(key)
    return default if value is None else str(value)


def _names(inputs: Values, key: str) -> list[str]:
    value = inputs.get(key)
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _hours(inputs: Values, key: str, default: int, element: str) -> timedelta:
    value = inputs.get(key, default)
    try:
        return timedelta(hours=float(str(value)))
    except ValueError:
        raise OperationFailed(
            "wrong_input", element, _INPUT.format(name=key), Text("a number of hours", "عدد من الساعات")
        ) from None


def _date(inputs: Values, key: str, element: str) -> date | None:
    value = inputs.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise OperationFailed("wrong_input", element, _INPUT.format(name=key), Text("a date", "تاريخ"))


def _ranked(world: World, decision: str, offers: Sequence[Values], key: str, inputs: Values) -> Values:
    """Ask the table about each offer; keep those it admits, best rank first, then more free places, then by id."""
    excluded = set(_names(inputs, "exclude"))
    profile = {name: value for name, value in inputs.items() if name not in ("decision", "exclude")}
    admitted: list[tuple[float, float, str, dict[str, object]]] = []
    for offer in offers:
        if str(offer[key]) in excluded:
            continue
        answer = world.decide(decision, {**profile, **offer})
        verdict = answer if isinstance(answer, Mapping) else {"admit": answer}
        if verdict.get("admit") is not True:
            continue
        rank, free = float(str(verdict.get("rank") or 0)), float(str(offer.get("free_beds") or 0))
        admitted.append((rank, -free, str(offer[key]), {key: offer[key], "rank": verdict.get("rank")}))
    admitted.sort(key=lambda one: one[:3])
    found = [one[3] for one in admitted]
    return {"candidates": found, "count": len(found), "first": found[0][key] if found else None}


def rank_shelters(world: World, inputs: Values, element: str) -> Values:
    return _ranked(world, _text(inputs, "decision", "shelter_admission"), world.shelters(), "shelter", inputs)


def rank_providers(world: World, inputs: Values, element: str) -> Values:
    offers = world.providers(_text(inputs, "service"))
    return _ranked(world, _text(inputs, "decision", "provider_selection"), offers, "provider", inputs)


def reserve_bed(world: World, inputs: Values, element: str) -> Values:
    bed = world.reserve_bed(_text(inputs, "shelter"), world.now() + _hours(inputs, "hours", 24, element))
    return {"reserved": bed is not None, "bed": bed, "shelter": inputs["shelter"]}


def occupy_bed(world: World, inputs: Values, element: str) -> Values:
    bed = world.occupy_bed(_text(inputs, "shelter"))
    return {"occupied": bed is not None, "bed": bed}


def release_bed(world: World, inputs: Values, element: str) -> Values:
    return {"released": world.release_bed(_text(inputs, "shelter") or None)}


def join_team(world: World, inputs: Values, element: str) -> Values:
    world.join_team(_text(inputs, "role"), _text(inputs, "organisation"), element)
    return {"organisation": inputs["organisation"]}


def leave_team(world: World, inputs: Values, element: str) -> Values:
    return {"left": world.leave_team(_text(inputs, "role"), _text(inputs, "organisation") or None, element)}


def route(world: World, inputs: Values, element: str) -> Values:
    role, excluded = _text(inputs, "role"), set(_names(inputs, "exclude"))
    present = world.team().get(role)
    if present and present not in excluded:
        return {"organisation": present}
    chosen = next((one for one in world.candidates(role) if one not in excluded), None)
    if chosen:
        world.join_team(role, chosen, element)
    return {"organisation": chosen}


def record_consent(world: World, inputs: Values, element: str) -> Values:
    by, reason = _text(inputs, "by", "person"), _text(inputs, "reason")
    granted, refused = _names(inputs, "granted"), _names(inputs, "refused")
    for purpose in granted:
        world.consent(purpose, "overridden" if by == "override" else "given", by, reason)
    for purpose in refused:
        world.consent(purpose, "refused", by, reason)
    return {"granted": granted, "refused": refused}


def notify(world: World, inputs: Values, element: str) -> Values:
    return {"told": sum(world.tell(role, _text(inputs, "notice"), element) for role in _names(inputs, "to"))}


def forget_person(world: World, inputs: Values, element: str) -> Values:
    world.keep_figures(dict(inputs))
    world.forget_person()
    return {"forgotten": True}


def record_figures(world: World, inputs: Values, element: str) -> Values:
    world.keep_figures(dict(inputs))
    return {"recorded": True}


def search_matches(world: World, inputs: Values, element: str) -> Values:
    return {"possible": world.possible_matches()}


def close_case(world: World, inputs: Values, element: str) -> Values:
    world.close_case(
        _text(inputs, "reason"), _date(inputs, "archive_on", element), _date(inputs, "anonymise_on", element)
    )
    return {"closed": True}


_INPUT = Text("the input '{name}' is none", "المدخل '{name}' ليس كذلك")
"""What was given is not said: an incident is read by people who do not serve the case."""
