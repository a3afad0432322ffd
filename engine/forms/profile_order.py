"""Keys that expressions can use, each once, and rules that ask only what comes before them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.decisions.errors import DecisionError
from engine.forms.model import Field, Group, Part, Section
from engine.forms.profile_rules import KEY, Say
from engine.forms.source import KINDS, Component, key_of, kind_of, properties_of
from engine.forms.visibility import names_in
from engine.text import Text

_FEEL_WORDS = frozenset(
    {"and", "or", "not", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "between"}
    | {"true", "false", "null", "function", "external", "instance", "of"}
)


def check_keys(components: Sequence[tuple[Component, bool]], say: Say) -> None:
    """Keys are words, each used once in the form; `age` and `age_band` belong to the birth date."""
    taken: set[str] = set()
    if any(properties_of(component).get("becomes") == "age" for component, _ in components):
        taken |= {"age", "age_band", "age_estimated"}
    for component, _ in components:
        if kind_of(component) not in KINDS:
            continue
        key = key_of(component)
        english, arabic = f"“{key}”", f"«{key}»"
        if not KEY.fullmatch(key) or key in _FEEL_WORDS:
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
