"""What differs between two states of a form: questions, their words, answers and limits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from engine.forms import Field, Form
from engine.studio.difference.change import Change, Fact, fact, facts_changed, said
from engine.text import Text

YES, NO = Text("yes", "نعم"), Text("no", "لا")


def form_changes(before: bytes, after: bytes) -> Iterator[Change]:
    """Raises `FormProblem` where a file is no form."""
    old, new = _questions(Form.load(before)), _questions(Form.load(after))
    for key in [one for one in new if one not in old]:
        yield said(_ADDED, key, name=_name(new[key]))
    for key in [one for one in old if one not in new]:
        yield said(_REMOVED, key, name=_name(old[key]))
    for key in [one for one in new if one in old]:
        yield from facts_changed(key, _name(new[key]), _facts(old[key]), _facts(new[key]))


def _questions(form: Form) -> dict[str, Field]:
    inner = chain.from_iterable(((f"{field.key}.{one.key}", one) for one in field.fields) for field in form.fields)
    return {field.key: field for field in form.fields} | dict(inner)


def _name(field: Field) -> Text:
    return field.label or Text(field.key, field.key)


def _facts(field: Field) -> dict[str, Fact]:
    """Everything that is asked of, or said to, whoever answers."""
    limits = field.limits
    found = {
        "kind": fact("the kind of question", "نوع السؤال", field.kind),
        "en": fact("the question", "السؤال", field.label.en or "-"),
        "ar": fact("the question in Arabic", "السؤال بالعربية", field.label.ar or "-"),
        "hint": Fact(Text("the hint", "التوضيح"), field.hint or Text("-", "-")),
        "required": fact("whether it must be answered", "هل الإجابة إلزامية", YES if field.required else NO),
        "class": fact("what kind of data it is", "تصنيف البيانات", field.classification),
        "hide": fact("the rule that hides it", "قاعدة إخفائه", field.hide or "-"),
        "grant": fact("the grant it needs", "الإذن المطلوب", field.grant or "-"),
        "least": fact("the least", "الحد الأدنى", _or_dash(limits.least)),
        "most": fact("the most", "الحد الأقصى", _or_dash(limits.most)),
        "shortest": fact("the shortest answer", "أقصر إجابة", _or_dash(limits.shortest)),
        "longest": fact("the longest answer", "أطول إجابة", _or_dash(limits.longest)),
        "pattern": fact("the form of the answer", "صيغة الإجابة", limits.pattern or limits.form or "-"),
    }
    for option in field.options:
        found[f"option:{option.value}"] = Fact(
            Text(f"the answer {option.value}", f"الإجابة {option.value}"), option.text
        )
    return found


def _or_dash(limit: object) -> str:
    return "-" if limit is None else str(limit)


_ADDED = Text("New question: “{name}”.", "سؤال جديد: «{name}».")
_REMOVED = Text("The question “{name}” is gone.", "حُذف السؤال: «{name}».")
