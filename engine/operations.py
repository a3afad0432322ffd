"""What a service task may do inside a step: named operations over the port `World`, all within the step's transaction.

Each operation reads its inputs, asks or changes the world, and returns the outputs that become the variable of its service task. What leaves
the database (a message, an e-mail) is only written to the outbox by `World.tell`; the worker sends it after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from engine.errors import Refusal
from engine.text import Text

Values = Mapping[str, object]


class World(Protocol):
    """What an operation may ask or change, for one case, inside one transaction. Ids are text; times aware UTC."""

    def now(self) -> datetime: ...
    def decide(self, decision: str, inputs: Values) -> object: ...

    def shelters(self) -> Sequence[Mapping[str, object]]:
        """Open shelters with their profile, `shelter` (organisation id) and `free_beds`."""

    def reserve_bed(self, shelter: str, until: datetime) -> str | None:
        """The bed now reserved for this case, locked against everybody else; None where no bed is free."""

    def occupy_bed(self, shelter: str) -> str | None:
        """The bed this case had reserved in the shelter, now occupied; None where the reservation has lapsed and no bed is free."""

    def release_bed(self, shelter: str | None) -> int: ...

    def providers(self, service: str) -> Sequence[Mapping[str, object]]:
        """Organisations with a valid agreement for the service, each with its profile and `provider` (organisation id)."""

    def team(self) -> Mapping[str, str]: ...
    def join_team(self, role: str, organisation: str, reason: str) -> None: ...
    def leave_team(self, role: str, organisation: str | None, reason: str) -> int: ...
    def candidates(self, role: str) -> Sequence[str]:
        """Organisations with an active person in that role, nearest first."""

    def consent(self, purpose: str, state: str, by: str, reason: str) -> None: ...
    def tell(self, role: str, notice: str, element: str) -> int:
        """Write a content-free notice for those who hold the role in this case's team; how many people were told."""

    def forget_person(self) -> None:
        """Destroy the case's key and everything that could name the person, in this transaction."""

    def keep_figures(self, figures: Values) -> None:
        """Coded figures about the case, for statistics: never identifying, never free text."""

    def possible_matches(self) -> int: ...
    def close_case(self, reason: str, archive_on: date | None, anonymise_on: date | None) -> None: ...


class OperationFailed(Refusal):
    """An operation could not do its work; an error boundary event of this code may catch it."""

    sentence = Text(
        "The operation at {element} could not be done: {reason}. Expected: {expected}. The process owner can mend the diagram.",
        "تعذّر تنفيذ العملية عند {element}: {reason}. المتوقع: {expected}. يمكن لمسؤول الإجراءات تصحيح المخطط.",
    )

    def __init__(self, code: str, element: str = "", reason: object = "", expected: object = "") -> None:
        super().__init__(element=element, reason=reason, expected=expected)
        self.code = code


@dataclass(frozen=True, slots=True)
class Operation:
    """A named operation: the inputs it needs, the outputs it gives, and the sentence the documentation and the studio show."""

    name: str
    meaning: Text
    inputs: Mapping[str, Text]
    outputs: Mapping[str, Text]
    perform: Callable[[World, Values, str], Values]
    optional: frozenset[str] = frozenset()
    leaves_by_outbox: bool = False
    open_inputs: bool = False
    """Whether further inputs are handed on to a decision table."""


def perform(name: str, world: World, inputs: Values, element: str) -> Values:
    """Run the operation; raises `OperationFailed` where an input is missing, unknown or of the wrong kind, or the world refuses."""
    operation = OPERATIONS.get(name)
    if operation is None:
        known = ", ".join(sorted(OPERATIONS))
        raise OperationFailed("unknown_operation", element, f"'{name}'", known)
    missing = [key for key in operation.inputs if key not in operation.optional and inputs.get(key) in (None, "")]
    if missing:
        raise OperationFailed("missing_input", element, ", ".join(missing), ", ".join(operation.inputs))
    return operation.perform(world, inputs, element)


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
        raise OperationFailed("wrong_input", element, f"{key} = {value!r}", "a number of hours") from None


def _date(inputs: Values, key: str, element: str) -> date | None:
    value = inputs.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise OperationFailed("wrong_input", element, f"{key} = {value!r}", "a date")


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


def _rank_shelters(world: World, inputs: Values, element: str) -> Values:
    return _ranked(world, _text(inputs, "decision", "shelter_admission"), world.shelters(), "shelter", inputs)


def _rank_providers(world: World, inputs: Values, element: str) -> Values:
    offers = world.providers(_text(inputs, "service"))
    return _ranked(world, _text(inputs, "decision", "provider_selection"), offers, "provider", inputs)


def _reserve_bed(world: World, inputs: Values, element: str) -> Values:
    bed = world.reserve_bed(_text(inputs, "shelter"), world.now() + _hours(inputs, "hours", 24, element))
    return {"reserved": bed is not None, "bed": bed, "shelter": inputs["shelter"]}


def _occupy_bed(world: World, inputs: Values, element: str) -> Values:
    bed = world.occupy_bed(_text(inputs, "shelter"))
    return {"occupied": bed is not None, "bed": bed}


def _release_bed(world: World, inputs: Values, element: str) -> Values:
    return {"released": world.release_bed(_text(inputs, "shelter") or None)}


def _join_team(world: World, inputs: Values, element: str) -> Values:
    world.join_team(_text(inputs, "role"), _text(inputs, "organisation"), element)
    return {"organisation": inputs["organisation"]}


def _leave_team(world: World, inputs: Values, element: str) -> Values:
    return {"left": world.leave_team(_text(inputs, "role"), _text(inputs, "organisation") or None, element)}


def _route(world: World, inputs: Values, element: str) -> Values:
    role, excluded = _text(inputs, "role"), set(_names(inputs, "exclude"))
    present = world.team().get(role)
    if present and present not in excluded:
        return {"organisation": present}
    chosen = next((one for one in world.candidates(role) if one not in excluded), None)
    if chosen:
        world.join_team(role, chosen, element)
    return {"organisation": chosen}


def _record_consent(world: World, inputs: Values, element: str) -> Values:
    by, reason = _text(inputs, "by", "person"), _text(inputs, "reason")
    granted, refused = _names(inputs, "granted"), _names(inputs, "refused")
    for purpose in granted:
        world.consent(purpose, "overridden" if by == "override" else "given", by, reason)
    for purpose in refused:
        world.consent(purpose, "refused", by, reason)
    return {"granted": granted, "refused": refused}


def _notify(world: World, inputs: Values, element: str) -> Values:
    return {"told": sum(world.tell(role, _text(inputs, "notice"), element) for role in _names(inputs, "to"))}


def _forget_person(world: World, inputs: Values, element: str) -> Values:
    world.keep_figures({name: value for name, value in inputs.items()})
    world.forget_person()
    return {"forgotten": True}


def _record_figures(world: World, inputs: Values, element: str) -> Values:
    world.keep_figures(dict(inputs))
    return {"recorded": True}


def _search_matches(world: World, inputs: Values, element: str) -> Values:
    return {"possible": world.possible_matches()}


def _close_case(world: World, inputs: Values, element: str) -> Values:
    world.release_bed(None)
    world.close_case(
        _text(inputs, "reason"), _date(inputs, "archive_on", element), _date(inputs, "anonymise_on", element)
    )
    return {"closed": True}


def _operation(
    name: str,
    run: Callable[[World, Values, str], Values],
    meaning: tuple[str, str],
    inputs: Mapping[str, tuple[str, str]],
    outputs: Mapping[str, tuple[str, str]],
    **more: object,
) -> Operation:
    return Operation(
        name,
        Text(*meaning),
        {key: Text(*words) for key, words in inputs.items()},
        {key: Text(*words) for key, words in outputs.items()},
        run,
        **more,  # type: ignore[arg-type]  # the flags of Operation, by name
    )


_SHELTER = ("The shelter's organisation id", "معرّف دار الإيواء")
_RANKED = {
    "candidates": ("Those admitted, best first", "الجهات المقبولة، الأفضل أولًا"),
    "count": ("How many", "عددها"),
    "first": ("The best one's id, or nothing", "معرّف الأفضل، أو لا شيء"),
}
_EXCLUDE = ("Ids not to be asked again", "معرّفات لا يُعاد سؤالها")

OPERATIONS: Mapping[str, Operation] = {
    one.name: one
    for one in (
        _operation(
            "record_consent",
            _record_consent,
            ("Record what the person agreed to, per purpose", "تسجيل ما وافق عليه الشخص لكل غرض"),
            {
                "granted": ("Purposes agreed to", "الأغراض الموافق عليها"),
                "refused": ("Purposes refused", "الأغراض المرفوضة"),
                "by": ("person, representative or override", "الشخص أو الممثل أو تجاوز"),
                "reason": ("Why, where it is an override", "السبب عند التجاوز"),
            },
            {
                "granted": ("Purposes agreed to", "الأغراض الموافق عليها"),
                "refused": ("Purposes refused", "الأغراض المرفوضة"),
            },
            optional=frozenset({"granted", "refused", "by", "reason"}),
        ),
        _operation(
            "forget_person",
            _forget_person,
            (
                "Destroy the case's key and keep only the figures given",
                "إتلاف مفتاح الملف والإبقاء على الأرقام المذكورة فقط",
            ),
            {},
            {"forgotten": ("Always true", "دائمًا نعم")},
            open_inputs=True,
        ),
        _operation(
            "record_figures",
            _record_figures,
            ("Keep coded figures for the statistics", "حفظ أرقام مرمّزة للإحصاءات"),
            {},
            {"recorded": ("Always true", "دائمًا نعم")},
            open_inputs=True,
        ),
        _operation(
            "rank_shelters",
            _rank_shelters,
            ("Ask the admission table about every open shelter", "عرض كل دار مفتوحة على جدول القبول"),
            {"decision": ("The table", "الجدول"), "exclude": _EXCLUDE},
            _RANKED,
            optional=frozenset({"decision", "exclude"}),
            open_inputs=True,
        ),
        _operation(
            "rank_providers",
            _rank_providers,
            (
                "Ask the selection table about every provider with a valid agreement",
                "عرض كل مقدم خدمة ذي اتفاق سارٍ على جدول الاختيار",
            ),
            {
                "service": ("The kind of service", "نوع الخدمة"),
                "decision": ("The table", "الجدول"),
                "exclude": _EXCLUDE,
            },
            _RANKED,
            optional=frozenset({"decision", "exclude"}),
            open_inputs=True,
        ),
        _operation(
            "reserve_bed",
            _reserve_bed,
            ("Reserve a bed, locked in the same transaction", "حجز سرير وقفله في المعاملة نفسها"),
            {"shelter": _SHELTER, "hours": ("How long it is held (24)", "مدة الحجز بالساعات (24)")},
            {
                "reserved": ("Whether a bed is held", "هل حُجز سرير"),
                "bed": ("The bed, or nothing", "السرير أو لا شيء"),
                "shelter": _SHELTER,
            },
            optional=frozenset({"hours"}),
        ),
        _operation(
            "occupy_bed",
            _occupy_bed,
            ("Mark the reserved bed as occupied", "تسجيل إشغال السرير المحجوز"),
            {"shelter": _SHELTER},
            {
                "occupied": ("Whether a bed is hers now", "هل أُشغل السرير"),
                "bed": ("The bed, or nothing", "السرير أو لا شيء"),
            },
        ),
        _operation(
            "release_bed",
            _release_bed,
            ("Give back the case's beds", "إخلاء أسرّة الملف"),
            {"shelter": _SHELTER},
            {"released": ("How many beds", "عدد الأسرّة")},
            optional=frozenset({"shelter"}),
        ),
        _operation(
            "join_team",
            _join_team,
            ("Let an organisation join the case's team", "ضم جهة إلى فريق الملف"),
            {"role": ("The role", "الدور"), "organisation": ("The organisation's id", "معرّف الجهة")},
            {"organisation": ("The organisation's id", "معرّف الجهة")},
        ),
        _operation(
            "leave_team",
            _leave_team,
            (
                "Take an organisation off the team; it no longer sees the case",
                "إخراج جهة من فريق الملف فلا تراه بعد ذلك",
            ),
            {"role": ("The role", "الدور"), "organisation": ("Only this organisation", "هذه الجهة فقط")},
            {"left": ("How many left", "عدد الجهات الخارجة")},
            optional=frozenset({"organisation"}),
        ),
        _operation(
            "route",
            _route,
            (
                "Find the nearest organisation with somebody in the role and let it join",
                "اختيار أقرب جهة بها من يشغل الدور وضمها",
            ),
            {"role": ("The role", "الدور"), "exclude": _EXCLUDE},
            {"organisation": ("The organisation's id, or nothing", "معرّف الجهة أو لا شيء")},
            optional=frozenset({"exclude"}),
        ),
        _operation(
            "notify",
            _notify,
            ("Write a content-free notice to roles of the team", "إرسال إشعار دون بيانات إلى أدوار في الفريق"),
            {
                "to": ("A role, or a list of roles", "دور أو قائمة أدوار"),
                "notice": (
                    "The notice: " + "overdue, reminder, accepted, refused, done, danger, no_place, decision",
                    "الإشعار",
                ),
            },
            {"told": ("How many people were told", "عدد من أُخطروا")},
            leaves_by_outbox=True,
        ),
        _operation(
            "search_matches",
            _search_matches,
            (
                "Compare the recorded identity with earlier cases, by blind index",
                "مقارنة الهوية المسجلة بالملفات السابقة بفهرس معمّى",
            ),
            {},
            {"possible": ("How many possible matches", "عدد التطابقات المحتملة")},
        ),
        _operation(
            "close_case",
            _close_case,
            ("Close the case and set its retention dates", "إغلاق الملف وتحديد مواعيد الحفظ"),
            {
                "reason": ("The reason's code", "رمز السبب"),
                "archive_on": ("Date to archive", "تاريخ الأرشفة"),
                "anonymise_on": ("Date to anonymise", "تاريخ إخفاء الهوية"),
            },
            {"closed": ("Always true", "دائمًا نعم")},
            optional=frozenset({"archive_on", "anonymise_on"}),
        ),
    )
}
