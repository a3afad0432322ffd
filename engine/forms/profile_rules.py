"""What the profile asks of each question: its classification, choices, limits and meanings that can work."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import get_args

from engine.errors import Severity
from engine.forms.model import Subtype
from engine.forms.source import CLASSIFICATIONS, Component, is_set, kind_of, properties_of
from engine.text import Text

Say = Callable[[Severity, str, Text, Text], None]

PROPERTIES = frozenset(
    {
        "label_ar",
        "description_ar",
        "text_ar",
        "prefixAdorner_ar",
        "suffixAdorner_ar",
        "classification",
        "becomes",
        "precision",
        "happened",
        "not_future",
        "not_past",
        "grant",
        "identity",
        "match",
        "source",
    }
)
MATCHES = ("name", "document", "phone")
KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
QUESTION_RULES: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"required", "minLength", "maxLength", "pattern", "validationType"}),
    "textarea": frozenset({"required", "minLength", "maxLength"}),
    "number": frozenset({"required", "min", "max"}),
}
_LONGEST_PATTERN = 200
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_OPEN_REPEAT = re.compile(r"[*+]|\{\d*,\d*\}")
_MOST_REPEATS = 2
"""Repeats without a fixed count: a third one, or one of a group, can take minutes to refuse a long text."""


def values_of(component: Component) -> list[Component]:
    found = component.get("values")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, Sequence) else []


def check_switches(component: Component, name: str, say: Say, *, is_in_list: bool) -> None:
    """Switches of form-js that would mean something else here."""
    kind = kind_of(component)
    wrong = [switch for switch in ("disabled", "readonly") if component.get(switch) not in (None, False)]
    wrong += ["path"] if kind == "group" and component.get("path") else []
    wrong += ["isRepeating"] if kind == "dynamiclist" and component.get("isRepeating") is False else []
    wrong += ["dynamiclist in dynamiclist"] if kind == "dynamiclist" and is_in_list else []
    wrong += ["serializeToString"] if component.get("serializeToString") is True else []
    for switch in wrong:
        say(
            "cannot_run",
            name,
            Text(f"“{switch}” is not part of what a form may do.", f"«{switch}» ليس مما يمكن للنموذج فعله."),
            Text(
                "Remove it; every question of a form is answered by a person.", "حذفه؛ كل سؤال في النموذج يجيب عنه شخص."
            ),
        )


def check_question(component: Component, name: str, say: Say) -> None:
    """Classification, choices, limits and special meanings of a question."""
    _check_classification(component, name, say)
    if kind_of(component) in ("radio", "select", "checklist"):
        _check_choices(component, name, say)
    _check_limits(component, name, say)
    if kind_of(component) == "filepicker":
        _check_files(name, say)
    _check_meanings(component, name, say)


def _check_classification(component: Component, name: str, say: Say) -> None:
    classification = properties_of(component).get("classification")
    if kind_of(component) == "dynamiclist" and classification is None:
        return
    if not isinstance(classification, str) or classification not in CLASSIFICATIONS:
        known = ", ".join(sorted(CLASSIFICATIONS))
        say(
            "not_publishable",
            name,
            Text(
                f"The question does not say what kind of data it asks for. Found: {classification!r}; "
                "it is kept as identifying.",
                f"لا يحدد السؤال تصنيف البيانات المطلوبة. الموجود: {classification!r}؛ وتُحفظ كبيانات معرِّفة بالشخص.",
            ),
            Text(f"Set `classification` to one of: {known}.", f"ضبط `classification` على إحدى القيم: {known}."),
        )


def _check_files(name: str, say: Say) -> None:
    """Contents of files have no place yet: a form that asked for them would lose what people attach."""
    say(
        "not_publishable",
        name,
        Text(
            "The question asks for a file, but files cannot be kept with a case yet.",
            "يطلب السؤال إرفاق ملف، ولا يمكن بعد حفظ المرفقات مع ملف الحالة.",
        ),
        Text(
            "Ask in words what the document says and where it is kept, or remove the question.",
            "السؤال كتابةً عن مضمون المستند ومكان حفظه، أو حذف السؤال.",
        ),
    )


def _check_choices(component: Component, name: str, say: Say) -> None:
    values = [option.get("value") for option in values_of(component)]
    wrong = (
        not values
        or len(set(map(str, values))) < len(values)
        or not all(isinstance(v, str) and v.strip() for v in values)
    )
    if wrong:
        say(
            "cannot_run",
            name,
            Text(
                "The choices need at least one option, each with its own value.",
                "تحتاج الاختيارات إلى خيار واحد على الأقل، ولكل خيار قيمته.",
            ),
            Text(
                "List the options under `values`, each with a label and a value of its own.",
                "إدراج الخيارات في `values` ولكل منها عنوان وقيمة.",
            ),
        )


def _check_limits(component: Component, name: str, say: Say) -> None:
    validate = component.get("validate")
    if validate is None:
        return
    if isinstance(validate, Mapping):
        _check_order(validate, name, say)
    allowed = QUESTION_RULES.get(kind_of(component), frozenset({"required"}))
    for rule, limit in validate.items() if isinstance(validate, Mapping) else [("validate", validate)]:
        expected = (
            _expected(rule, limit)
            if rule in allowed
            else Text("no such rule for this question", "لا توجد هذه القاعدة لهذا السؤال")
        )
        if expected:
            say(
                "cannot_run",
                name,
                Text(
                    f"The rule “{rule}” cannot work: found {limit!r}, expected {expected.en}.",
                    f"القاعدة «{rule}» لا تعمل: الموجود {limit!r}، والمتوقع {expected.ar}.",
                ),
                Text("Mend or remove the rule under “Validation”.", "تصحيح القاعدة أو حذفها ضمن التحقق."),
            )


def _check_order(validate: Component, name: str, say: Say) -> None:
    for least, most in (("min", "max"), ("minLength", "maxLength")):
        low, high = validate.get(least), validate.get(most)
        if _is_number(low) and _is_number(high) and Decimal(str(low)) > Decimal(str(high)):
            say(
                "cannot_run",
                name,
                Text(
                    f"No answer can keep both “{least}” {low} and “{most}” {high}.",
                    f"لا توجد إجابة تحقق {least} {low} و{most} {high} معًا.",
                ),
                Text(f"Make “{least}” the smaller one.", f"جعل {least} هو الأصغر."),
            )


def _expected(rule: str, limit: object) -> Text | None:
    """What the limit should have been, or None where it is right."""
    if rule == "required":
        return None if isinstance(limit, bool) else Text("true or false", "true أو false")
    if rule in ("min", "max"):
        return None if limit == "" or _is_number(limit) else Text("a number, not an expression", "رقم وليس تعبيرًا")
    if rule in ("minLength", "maxLength"):
        is_whole = isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0
        return None if is_whole or limit == "" else Text("a whole number", "رقم صحيح")
    if rule == "validationType":
        return None if limit in ("", "custom", "email", "phone") else Text("email or phone", "email أو phone")
    is_safe = limit == "" or _is_safe_pattern(limit)
    return (
        None
        if is_safe
        else Text(
            "a regular expression with at most two open repeats and none of a group",
            "تعبير نمطي بتكرارين مفتوحين على الأكثر وبدون تكرار لمجموعة",
        )
    )


def _is_number(limit: object) -> bool:
    try:
        return not isinstance(limit, bool) and Decimal(str(limit)).is_finite()
    except InvalidOperation:
        return False


def _is_safe_pattern(pattern: object) -> bool:
    if not isinstance(pattern, str) or len(pattern) > _LONGEST_PATTERN or pattern.startswith("="):
        return False
    bare = _ESCAPED_OR_CLASS.sub("x", pattern)
    if re.search(r"\)[*+{]", bare) or len(_OPEN_REPEAT.findall(bare)) > _MOST_REPEATS:
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _check_meanings(component: Component, name: str, say: Say) -> None:
    properties, kind = properties_of(component), kind_of(component)
    is_day = kind == "datetime" and component.get("subtype", "date") == "date"
    identifies = properties.get("classification") == "identifying"
    wrong: list[str] = []
    if kind == "datetime" and component.get("subtype", "date") not in get_args(Subtype):
        wrong.append("subtype")
    if "becomes" in properties and not (properties["becomes"] == "age" and is_day and identifies):
        wrong.append("becomes")
    if "precision" in properties and not (properties["precision"] in ("year", "estimated") and is_day and identifies):
        wrong.append("precision")
    wrong += [
        rule for rule in ("happened", "not_future", "not_past") if is_set(properties.get(rule)) and kind != "datetime"
    ]
    if "grant" in properties and not KEY.fullmatch(str(properties["grant"])):
        wrong.append("grant")
    if "match" in properties and properties["match"] not in MATCHES:
        wrong.append("match")
    for meaning in wrong:
        say(
            "cannot_run",
            name,
            Text(f"“{meaning}” does not fit this question.", f"«{meaning}» لا يناسب هذا السؤال."),
            Text("See docs/forms.md, “Meanings”; mend or remove it.", "الرجوع إلى docs/forms.md؛ ثم تصحيحه أو حذفه."),
        )
