"""The form profile: which form-js components and properties a form may hold, and a sentence for everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.errors import Problem, Severity
from engine.forms import profile_order, profile_rules, profile_texts
from engine.forms.model import Section
from engine.forms.profile_rules import Say
from engine.forms.source import KINDS, Component, components_of, key_of, kind_of, properties_of
from engine.text import Text

_EVERY = frozenset({"type", "id", "layout", "conditional", "properties"})
_QUESTION = _EVERY | {"key", "label", "description", "validate", "defaultValue", "disabled", "readonly"}
_CHOICE = _QUESTION | {"values"}
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "textfield": _QUESTION | {"appearance"},
    "textarea": _QUESTION,
    "number": _QUESTION | {"appearance", "decimalDigits", "increment", "serializeToString"},
    "datetime": _QUESTION
    | {"subtype", "dateLabel", "timeLabel", "timeSerializingFormat", "timeInterval", "use24h", "disallowPassedDates"},
    "checkbox": _QUESTION,
    "checklist": _CHOICE,
    "radio": _CHOICE,
    "select": _CHOICE | {"searchable"},
    "filepicker": _QUESTION | {"accept", "multiple"},
    "group": _EVERY | {"label", "components", "showOutline", "path", "verticalAlignment"},
    "dynamiclist": _EVERY
    | {
        "label",
        "description",
        "components",
        "path",
        "validate",
        "showOutline",
        "isRepeating",
        "allowAddRemove",
        "defaultRepetitions",
        "disableCollapse",
        "nonCollapsedItems",
        "verticalAlignment",
    },
    "text": _EVERY | {"text"},
    "separator": _EVERY,
}
_SHAPES: Mapping[str, type] = {
    "components": list,
    "values": list,
    "properties": dict,
    "validate": dict,
    "conditional": dict,
}
_FORM = frozenset(
    {
        "type",
        "id",
        "components",
        "schemaVersion",
        "exporter",
        "executionPlatform",
        "executionPlatformVersion",
        "properties",
    }
)


def problems(form: Component, file: str, sections: Sequence[Section]) -> list[Problem]:
    """Everything about the form that the profile refuses or asks for, in file order."""
    found: list[Problem] = []

    def say(severity: Severity, element: str, text: Text, mend: Text) -> None:
        found.append(Problem(severity, file, element, text, mend))

    _check_form(form, say)
    for component, is_in_list in _all(form):
        _check_component(component, say, is_in_list=is_in_list)
    profile_order.check_keys(list(_all(form)), say)
    profile_order.check_visibility(sections, say)
    return found


def _all(component: Component, *, is_in_list: bool = False) -> Iterator[tuple[Component, bool]]:
    for one in components_of(component):
        yield one, is_in_list
        yield from _all(one, is_in_list=is_in_list or kind_of(one) == "dynamiclist")


def name_of(component: Component) -> str:
    """How a problem names the component: its key, else its id, else its type."""
    return str(key_of(component) or component.get("id") or kind_of(component) or "")


def _check_form(form: Component, say: Say) -> None:
    if form.get("type") != "default":
        say(
            "cannot_run",
            "",
            Text(
                f"The form's type must be “default”. Found: {form.get('type')!r}.",
                f"يجب أن يكون نوع النموذج default. الموجود: {form.get('type')!r}.",
            ),
            Text("Set `type` to “default”.", "ضبط `type` على default."),
        )
    for name in form.keys() - _FORM:
        _say_unknown(say, "", name)
    if not any(kind_of(component) in KINDS for component, _ in _all(form)):
        say(
            "advice",
            "",
            Text("The form asks nothing.", "لا يتضمن النموذج أي سؤال."),
            Text("Add a question, or remove the form.", "إضافة سؤال أو حذف النموذج."),
        )


def _check_component(component: Component, say: Say, *, is_in_list: bool) -> None:
    kind, name = kind_of(component), name_of(component)
    if kind not in ATTRIBUTES:
        say(
            "cannot_run",
            name,
            Text(
                f"A form cannot hold a component of type “{component.get('type')}”.",
                f"لا يمكن أن يتضمن النموذج عنصرًا من النوع «{component.get('type')}».",
            ),
            Text(f"Use one of: {', '.join(ATTRIBUTES)}.", f"استخدام أحد الأنواع: {'، '.join(ATTRIBUTES)}."),
        )
        return
    for attribute in sorted(component.keys() - ATTRIBUTES[kind]):
        _say_unknown(say, name, attribute)
    for attribute, shape in _SHAPES.items():
        if attribute in component and not _fits(component[attribute], shape):
            _say_misshapen(say, name, attribute, shape)
    condition = component.get("conditional")
    for attribute, rule in condition.items() if isinstance(condition, Mapping) else ():
        if attribute != "hide" or not isinstance(rule, str):
            _say_unknown(say, name, f"conditional.{attribute}")
    for attribute in properties_of(component):
        if attribute not in profile_rules.PROPERTIES and not attribute.startswith("option_ar:"):
            _say_unknown(say, name, f"properties.{attribute}")
    profile_texts.check_texts(component, name, say)
    profile_rules.check_switches(component, name, say, is_in_list=is_in_list)
    if kind in KINDS:
        profile_rules.check_question(component, name, say)


def _fits(value: object, shape: type) -> bool:
    """Whether the value has the shape; a list holds objects only."""
    if not isinstance(value, shape):
        return False
    return not isinstance(value, list) or all(isinstance(one, Mapping) for one in value)


def _say_misshapen(say: Say, element: str, attribute: str, shape: type) -> None:
    expected = Text("a list of objects", "قائمة كائنات") if shape is list else Text("an object", "كائن")
    say(
        "cannot_run",
        element,
        Text(f"“{attribute}” must be {expected.en}.", f"يجب أن يكون «{attribute}» {expected.ar}."),
        Text("Mend it in the form editor.", "تصحيحه في محرر النماذج."),
    )


def _say_unknown(say: Say, element: str, attribute: str) -> None:
    say(
        "cannot_run",
        element,
        Text(f"The property “{attribute}” would have no effect here.", f"لا أثر للخاصية «{attribute}» هنا."),
        Text(
            "Remove it; the properties a form may use are in docs/forms.md.",
            "حذفها؛ الخصائص المتاحة مذكورة في docs/forms.md.",
        ),
    )
