"""The operations a diagram may name, each with its meaning, inputs and outputs in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.operations import acts
from engine.operations.world import Values, World
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Operation:
    """A named operation: what it means, the inputs it needs and the outputs it gives."""

    name: str
    meaning: Text
    inputs: Mapping[str, Text]
    outputs: Mapping[str, Text]
    perform: Callable[[World, Values, str], Values]
    optional: frozenset[str] = frozenset()
    leaves_by_outbox: bool = False
    open_inputs: bool = False
    """Whether further inputs are handed on to a decision table."""


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
            acts.record_consent,
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
            acts.forget_person,
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
            acts.record_figures,
            ("Keep coded figures for the statistics", "حفظ أرقام مرمّزة للإحصاءات"),
            {},
            {"recorded": ("Always true", "دائمًا نعم")},
            open_inputs=True,
        ),
        _operation(
            "rank_shelters",
            acts.rank_shelters,
            ("Ask the admission table about every open shelter", "عرض كل دار مفتوحة على جدول القبول"),
            {"decision": ("The table", "الجدول"), "exclude": _EXCLUDE},
            _RANKED,
            optional=frozenset({"decision", "exclude"}),
            open_inputs=True,
        ),
        _operation(
            "rank_providers",
            acts.rank_providers,
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
            acts.reserve_bed,
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
            acts.occupy_bed,
            ("Mark the reserved bed as occupied", "تسجيل إشغال السرير المحجوز"),
            {"shelter": _SHELTER},
            {
                "occupied": ("Whether a bed is hers now", "هل أُشغل السرير"),
                "bed": ("The bed, or nothing", "السرير أو لا شيء"),
            },
        ),
        _operation(
            "release_bed",
            acts.release_bed,
            ("Give back the case's beds", "إخلاء أسرّة الملف"),
            {"shelter": _SHELTER},
            {"released": ("How many beds", "عدد الأسرّة")},
            optional=frozenset({"shelter"}),
        ),
        _operation(
            "join_team",
            acts.join_team,
            ("Let an organisation join the case's team", "ضم جهة إلى فريق الملف"),
            {"role": ("The role", "الدور"), "organisation": ("The organisation's id", "معرّف الجهة")},
            {"organisation": ("The organisation's id", "معرّف الجهة")},
        ),
        _operation(
            "leave_team",
            acts.leave_team,
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
            acts.route,
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
            acts.notify,
            ("Write a content-free notice to roles of the team", "إرسال إشعار دون بيانات إلى أدوار في الفريق"),
            {
                "to": ("A role, or a list of roles", "دور أو قائمة أدوار"),
                "notice": (
                    "overdue, reminder, accepted, refused, done, danger, no_place or decision",
                    "الإشعار",
                ),
            },
            {"told": ("How many people were told", "عدد من أُخطروا")},
            leaves_by_outbox=True,
        ),
        _operation(
            "search_matches",
            acts.search_matches,
            (
                "Compare the recorded identity with earlier cases, by blind index",
                "مقارنة الهوية المسجلة بالملفات السابقة بفهرس معمّى",
            ),
            {},
            {"possible": ("How many possible matches", "عدد التطابقات المحتملة")},
        ),
        _operation(
            "close_case",
            acts.close_case,
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
