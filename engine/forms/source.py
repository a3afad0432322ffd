"""From form-js JSON to sections and fields; what the profile does not know is left out here and said by `profile`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import cast, get_args

from engine.forms.model import (
    Classification,
    Field,
    Group,
    Kind,
    Limits,
    Option,
    Part,
    Section,
    Separator,
    Subtype,
    Words,
    fields_of,
)
from engine.text import Text

Component = Mapping[str, object]
KINDS: frozenset[str] = frozenset(get_args(Kind))
CLASSIFICATIONS: frozenset[str] = frozenset(get_args(Classification))
LONGEST = {"textfield": 500, "textarea": 20_000}
"""Characters, where the form sets no limit of its own: enough for any account, too little to fill a disk."""


def components_of(component: Component) -> list[Component]:
    """The components inside a form, group or list; whatever is no component is left out."""
    found = component.get("components")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, Sequence) else []


def kind_of(component: Component) -> str:
    """The type of the component; empty where it is no text."""
    return _text(component.get("type"))


def properties_of(component: Component) -> Mapping[str, object]:
    """The properties, where translations and classification live."""
    found = component.get("properties")
    return found if isinstance(found, Mapping) else {}


def words(component: Component, name: str) -> Text:
    """The words of that name, English from the component and Arabic from its properties."""
    return Text(_text(component.get(name)), _text(properties_of(component).get(f"{name}_ar")))


def is_set(value: object) -> bool:
    """Whether a property says yes; the editor writes properties as text."""
    return value is True or (isinstance(value, str) and value.strip().lower() in ("true", "yes"))


def hide_of(component: Component) -> str:
    """The rule under which the component is hidden, without the leading `=`."""
    conditional = component.get("conditional")
    rule = _text(conditional.get("hide")) if isinstance(conditional, Mapping) else ""
    return rule.removeprefix("=").strip()


def key_of(component: Component) -> str:
    """The name of a question: `key`, or `path` of a dynamic list."""
    return _text(component.get("path" if kind_of(component) == "dynamiclist" else "key"))


def sections_of(form: Component) -> tuple[Section, ...]:
    """The pages: each top-level group one, and what stands between groups one of its own, without a title.

    Words before the first group open the first page. A form with a single group, or with none, is one page.
    """
    tops = components_of(form)
    if sum(1 for one in tops if kind_of(one) == "group") < 2:
        parts = _parts(tops, "")
        return (Section("", Text(""), parts),)
    sections: list[Section] = []
    loose: list[Component] = []
    for top in tops:
        if kind_of(top) != "group":
            loose.append(top)
            continue
        before = _parts(loose, "")
        if any(True for _ in fields_of(before)):
            sections.append(Section(_id(loose[0]), Text(""), before))
            before = ()
        sections.append(_section(top, before))
        loose = []
    if loose:
        sections.append(Section(_id(loose[0]), Text(""), _parts(loose, _id(loose[0]))))
    return tuple(sections)


def _section(group: Component, before: tuple[Part, ...]) -> Section:
    inside = _parts(components_of(group), _id(group))
    return Section(_id(group), words(group, "label"), before + inside, hide_of(group))


def _parts(components: Sequence[Component], section: str) -> tuple[Part, ...]:
    return tuple(part for one in components if (part := _part(one, section)) is not None)


def _part(component: Component, section: str) -> Part | None:
    kind = kind_of(component)
    if kind == "text":
        return Words(_id(component), words(component, "text"), hide_of(component))
    if kind == "separator":
        return Separator(_id(component), hide_of(component))
    if kind == "group":
        inside = _parts(components_of(component), section)
        return Group(_id(component), words(component, "label"), inside, hide_of(component))
    return _field(component, section) if kind in KINDS else None


def _field(component: Component, section: str) -> Field:
    properties, validate = properties_of(component), _validate(component)
    classification = _text(properties.get("classification"))
    inside = _parts(components_of(component), section) if kind_of(component) == "dynamiclist" else ()
    subtype, precision = _text(component.get("subtype")), _text(properties.get("precision"))
    appearance = component.get("appearance")
    adorners = {**appearance, "properties": properties} if isinstance(appearance, Mapping) else {}
    return Field(
        key=key_of(component),
        kind=cast(Kind, kind_of(component)),
        label=Text(_label(component, subtype), _text(properties.get("label_ar"))),
        hint=words(component, "description"),
        options=_options(component),
        required=is_set(validate.get("required")),
        classification=cast(Classification, classification if classification in CLASSIFICATIONS else "identifying"),
        section=section,
        hide=hide_of(component),
        limits=_limits(component, validate, properties),
        subtype=cast(Subtype, subtype if subtype in get_args(Subtype) else "date"),
        precision=precision if precision in ("year", "estimated") else "day",  # type: ignore[arg-type]  # narrowed by the tuple
        becomes="age" if properties.get("becomes") == "age" else "",
        happened=is_set(properties.get("happened")),
        grant=_text(properties.get("grant")),
        identity=is_set(properties.get("identity")),
        match=_text(properties.get("match")),
        fields=tuple(fields_of(inside)),
        parts=inside,
        default=_default(component.get("defaultValue")),
        accept=tuple(one.strip() for one in _text(component.get("accept")).split(",") if one.strip()),
        multiple=component.get("multiple") is True,
        prefix=words(adorners, "prefixAdorner"),
        suffix=words(adorners, "suffixAdorner"),
    )


def _default(value: object) -> str | bool | tuple[str, ...] | None:
    """What stands in the field at first. An expression is no default: the profile refuses it."""
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return value if isinstance(value, bool) or value is None else str(value)


def _label(component: Component, subtype: str) -> str:
    """form-js keeps a date's words in `dateLabel` and a time's in `timeLabel`."""
    own = "timeLabel" if subtype == "time" else "dateLabel"
    return _text(component.get("label")) or _text(component.get(own))


def _options(component: Component) -> tuple[Option, ...]:
    found, properties = component.get("values"), properties_of(component)
    values = [one for one in found if isinstance(one, Mapping)] if isinstance(found, Sequence) else []
    return tuple(
        Option(
            _text(one.get("value")),
            Text(_text(one.get("label")), _text(properties.get(f"option_ar:{one.get('value')}"))),
        )
        for one in values
    )


def _limits(component: Component, validate: Component, properties: Component) -> Limits:
    kind, happened = kind_of(component), is_set(properties.get("happened"))
    form = validate.get("validationType")
    digits = component.get("decimalDigits")
    return Limits(
        least=_decimal(validate.get("min")),
        most=_decimal(validate.get("max")),
        shortest=_whole(validate.get("minLength")),
        longest=_whole(validate.get("maxLength")) or LONGEST.get(kind),
        pattern=_text(validate.get("pattern")) or None,
        form=form if form in ("email", "phone") else None,
        decimal_digits=digits if isinstance(digits, int) and kind == "number" else None,
        not_future=happened or is_set(properties.get("not_future")),
        not_past=is_set(properties.get("not_past")) or component.get("disallowPassedDates") is True,
    )


def _validate(component: Component) -> Component:
    found = component.get("validate")
    return found if isinstance(found, Mapping) else {}


def _decimal(value: object) -> Decimal | None:
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _whole(value: object) -> int | None:
    number = _decimal(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _id(component: Component) -> str:
    return _text(component.get("id")) or key_of(component)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
