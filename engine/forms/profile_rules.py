"""What the profile asks of each component: texts in both languages, keys, choices, limits and rules that can work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import get_args

from engine.decisions.errors import DecisionError
from engine.errors import Severity
from engine.forms.model import Field, Group, Part, Section, Subtype
from engine.forms.source import CLASSIFICATIONS, KINDS, Component, is_set, key_of, properties_of
from engine.forms.visibility import names_in
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
        "match",
        "source",
    }
)
MATCHES = ("name", "document", "phone")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FEEL_WORDS = frozenset(
    {"and", "or", "not", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "between"}
    | {"true", "false", "null", "function", "external", "instance", "of"}
)
_RULES: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"required", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}),
    "textarea": frozenset({"required", "minLength", "maxLength"}),
    "number": frozenset({"required", "min", "max"}),
}
_LONGEST_PATTERN = 200
_NESTED_REPEAT = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")
"""A repeat inside a repeat can take minutes to refuse a long text."""
_TAG = re.compile(r"</?[a-zA-Z!]")


def _quoted(name: object) -> tuple[str, str]:
    return f"“{name}”", f"«{name}»"


def check_texts(component: Component, name: str, say: Say) -> None:
    """Both languages, no templates, no HTML, no expressions in words people read."""
    for where, text in _texts(component):
        if "{{" in text or text.startswith("=") or _TAG.search(text):
            say(
                "cannot_run",
                name,
                Text(
                    f"The words of {where} hold a template, an expression or HTML.",
                    f"تتضمن كلمات {where} قالبًا أو تعبيرًا أو HTML.",
                ),
                Text("Write plain words.", "كتابة كلمات عادية."),
            )
    for where, english, arabic in _pairs(component):
        if bool(english) != bool(arabic):
            lacking = Text("Arabic", "العربية") if english else Text("English", "الإنجليزية")
            say(
                "not_publishable",
                name,
                Text(f"{where} is missing in {lacking.en}.", f"{where} ينقصه النص باللغة {lacking.ar}."),
                Text("Write it in both languages.", "كتابته باللغتين."),
            )
    if component.get("type") in KINDS and not (
        component.get("label") or component.get("dateLabel") or component.get("timeLabel")
    ):
        say(
            "not_publishable",
            name,
            Text("The question has no label.", "السؤال بلا عنوان."),
            Text("Write the question.", "كتابة السؤال."),
        )


def _texts(component: Component) -> Iterator[tuple[str, str]]:
    for where, english, arabic in _pairs(component):
        yield where, str(english).strip()
        yield where, str(arabic).strip()


def _pairs(component: Component) -> Iterator[tuple[str, object, object]]:
    properties = properties_of(component)
    label = component.get("label") or component.get("dateLabel") or component.get("timeLabel") or ""
    yield "label", label, properties.get("label_ar") or ""
    for name in ("description", "text"):
        yield name, component.get(name) or "", properties.get(f"{name}_ar") or ""
    appearance = component.get("appearance")
    for name, text in appearance.items() if isinstance(appearance, Mapping) else ():
        yield name, text or "", properties.get(f"{name}_ar") or ""
    for option in _values(component):
        yield (
            f"option {option.get('value')}",
            option.get("label") or "",
            properties.get(f"option_ar:{option.get('value')}") or "",
        )


def _values(component: Component) -> list[Component]:
    found = component.get("values")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, Sequence) else []


def check_keys(components: Sequence[tuple[Component, bool]], say: Say) -> None:
    """Keys are words, each used once in the form; `age` and `age_band` belong to the birth date."""
    taken: set[str] = set()
    if any(properties_of(component).get("becomes") == "age" for component, _ in components):
        taken |= {"age", "age_band", "age_estimated"}
    for component, _ in components:
        if component.get("type") not in KINDS:
            continue
        key = key_of(component)
        english, arabic = _quoted(key)
        if not _KEY.fullmatch(key) or key in _FEEL_WORDS:
            say(
                "cannot_run",
                key,
                Text(
                    f"The key {english} is no word an expression can use.",
                    f"المفتاح {arabic} ليس كلمة صالحة للتعبيرات.",
                ),
                Text(
                    "Use small letters, digits and _, beginning with a letter.",
                    "استخدام حروف لاتينية صغيرة وأرقام و_ مع البدء بحرف.",
                ),
            )
        elif key in taken:
            say(
                "cannot_run",
                key,
                Text(f"The key {english} is used twice.", f"المفتاح {arabic} مستخدم مرتين."),
                Text("Give each question its own key.", "تخصيص مفتاح لكل سؤال."),
            )
        taken.add(key)


def check_switches(component: Component, name: str, say: Say, *, is_in_list: bool) -> None:
    """Switches of form-js that would mean something else here."""
    kind = component.get("type")
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
    if component.get("type") in ("radio", "select", "checklist"):
        _check_choices(component, name, say)
    _check_limits(component, name, say)
    _check_meanings(component, name, say)


def _check_classification(component: Component, name: str, say: Say) -> None:
    classification = properties_of(component).get("classification")
    if component.get("type") == "dynamiclist" and classification is None:
        return
    if classification not in CLASSIFICATIONS:
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


def _check_choices(component: Component, name: str, say: Say) -> None:
    values = [option.get("value") for option in _values(component)]
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
    allowed = _RULES.get(str(component.get("type")), frozenset({"required"}))
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
    if rule == "pattern":
        return (
            None
            if _is_safe_pattern(limit)
            else Text("a regular expression without nested repeats", "تعبير نمطي بدون تكرار متداخل")
        )
    return Text("the sentences of the engine, which exist in both languages", "جمل المحرك المتاحة باللغتين")


def _is_number(limit: object) -> bool:
    try:
        return not isinstance(limit, bool) and Decimal(str(limit)).is_finite()
    except InvalidOperation:
        return False


def _is_safe_pattern(pattern: object) -> bool:
    if (
        not isinstance(pattern, str)
        or len(pattern) > _LONGEST_PATTERN
        or pattern.startswith("=")
        or _NESTED_REPEAT.search(pattern)
    ):
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _check_meanings(component: Component, name: str, say: Say) -> None:
    properties, kind = properties_of(component), component.get("type")
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
    if "grant" in properties and not _KEY.fullmatch(str(properties["grant"])):
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


def check_visibility(sections: Sequence[Section], say: Say) -> None:
    """A rule must be readable, and may ask only what comes before it: pages are answered in order."""
    order: list[str] = []
    keys = [field.key for section in sections for field in section.fields]
    for section in sections:
        _check_rule(section.id, section.hide, order, keys, say)
        _check_parts(section.parts, order, keys, say)


def _check_parts(parts: Sequence[Part], order: list[str], keys: Sequence[str], say: Say) -> None:
    for part in parts:
        name = part.key if isinstance(part, Field) else part.id
        _check_rule(name, part.hide, order, keys, say)
        if isinstance(part, Group):
            _check_parts(part.parts, order, keys, say)
        elif isinstance(part, Field):
            inner = [field.key for field in part.fields]
            _check_parts(part.parts, list(order), [*keys, *inner], say)
            order.append(part.key)


def _check_rule(name: str, rule: str, order: Sequence[str], keys: Sequence[str], say: Say) -> None:
    if not rule:
        return
    try:
        later = sorted(names_in(rule, keys) & set(keys) - set(order))
    except DecisionError as error:
        say(
            "cannot_run",
            name,
            Text(
                f"The rule that hides this cannot be read: {error.text.en}",
                f"تعذّرت قراءة قاعدة الإخفاء: {error.text.ar}",
            ),
            Text("Mend the expression under “Condition”.", "تصحيح التعبير ضمن الشرط."),
        )
        return
    for key in later:
        say(
            "cannot_run",
            name,
            Text(
                f"The rule that hides this asks “{key}”, which comes only later.",
                f"قاعدة الإخفاء تعتمد على «{key}» وهو سؤال لاحق.",
            ),
            Text(f"Move “{key}” before it, or change the rule.", f"نقل «{key}» قبله أو تغيير القاعدة."),
        )
