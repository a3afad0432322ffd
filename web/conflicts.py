"""Two people at one task: who did what, and everything that was typed, to be used or copied."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from markupsafe import Markup

from engine import Refusal, StaleItem, Text, task_page
from engine.forms import Form, merged
from web import fields, language
from web.session import actor, ihala, zone

OVER = Text("{who} finished this task on {at}.", "أنجز {who} هذه المهمة في {at}.")
NOT_NEEDED = Text(
    "This task is no longer needed: the case went on without it on {at}.",
    "لم تعد هذه المهمة مطلوبة: تجاوزها سير الملف في {at}.",
)


def of_refusal(refusal: Refusal, item_id: str, posted: Mapping[str, list[str]]) -> str:
    """The page about what the engine refused; it speaks of answers only where there are some."""
    _, form, draft = task_page.typed_before(ihala(), actor(), item_id)
    if isinstance(refusal, StaleItem) and not typed_words(form, {**draft, **posted}):
        return page((OVER if "who" in refusal.values else NOT_NEEDED).format(**refusal.values), item_id, posted)
    return page(refusal.text, item_id, posted)


def page(sentence: Text, item_id: str, posted: Mapping[str, list[str]]) -> str:
    """Why this did not go through, above what was typed: on the page that was sent and, kept as a draft, before it."""
    item, form, draft = task_page.typed_before(ihala(), actor(), item_id)
    return render_template(
        "tasks/conflict.html",
        sentence=sentence,
        item=item,
        typed=typed_words(form, {**draft, **posted}),
        may_take_over=item.status == "open" and item.assignee_id not in (None, actor().account_id),
        is_open=item.status == "open" and item.assignee_id == actor().account_id,
    )


def typed_words(form: Form | None, typed: Mapping[str, list[str]]) -> Markup:
    """What was typed, in words; empty where nothing was."""
    if form is None or not any(text.strip() for texts in typed.values() for text in texts):
        return Markup("")
    known = merged({}, typed, form.fields)
    answers = form.read(known, {}, now=ihala().clock.now(), zone=zone())
    return fields.render_typed(form, answers, language.current(), zone=zone())
