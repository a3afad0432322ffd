"""Words of a form: in both languages, and nothing but words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.forms.profile_rules import Say, values_of
from engine.forms.source import KINDS, Component, kind_of, properties_of
from engine.text import Text

_LACKS = Text("{what} is missing in {language}.", "النص باللغة {language} ناقص: {what}.")
_NAMES = {
    "label": Text("The question or title", "السؤال أو العنوان"),
    "description": Text("The help", "الإرشاد"),
    "text": Text("The text", "النص"),
}
_TAG = re.compile(r"</?[a-zA-Z!]")


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
                _LACKS.format(what=_NAMES.get(where, Text(where, where)), language=lacking),
                Text("Write it in both languages.", "كتابته باللغتين."),
            )
    if kind_of(component) in KINDS and not (
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
    for option in values_of(component):
        yield (
            f"option {option.get('value')}",
            option.get("label") or "",
            properties.get(f"option_ar:{option.get('value')}") or "",
        )
