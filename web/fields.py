"""Forms as accessible pages: questions to fill in, the error summary, the answers to check, and the same on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from flask import render_template
from markupsafe import Markup

from engine.forms import Answers, Field, Form, Section, fields_of
from web.answers_shown import Shown, shown_answers
from web.language import spoken
from web.questions import Questions, first_input

Change = Callable[[Section, Field], str]
"""Where an answer can be changed: the address of its page; `#<input>` is added."""


def render_form(
    form: Form, answers: Answers, language: str, *, section: Section | None = None, show_errors: bool = True
) -> Markup:
    """The questions of a page (or of the whole form), as typed, without the `<form>` element and its button.

    `answers` is what `form.read` gave, for an empty page too: `form.read({}, ...)` with `show_errors=False`.
    """
    sections = [section] if section else list(form.sections)
    questions = Questions(answers, language, show_errors=show_errors)
    pages = [(one, questions.of(one)) for one in sections if one.id in answers.shown]
    with spoken(language):
        return Markup(render_template("fields/form.html", pages=pages, with_titles=section is None))


def render_error_summary(form: Form, answers: Answers, language: str, *, section: Section | None = None) -> Markup:
    """The errors in form order, each linked to its field, and that more questions opened. Empty where all fits."""
    keys = {field.key for field in (section.fields if section else form.fields)}
    errors = [
        {"text": text.in_(language), "href": f"#{first_input(form, name)}"}
        for name, text in answers.errors.items()
        if name.partition("-")[0] in keys
    ]
    opened = [name for name in answers.unasked if name.partition("-")[0] in keys]
    if not errors and not opened:
        return Markup("")
    with spoken(language):
        href = f"#{first_input(form, opened[0])}" if opened else ""
        return Markup(render_template("fields/errors.html", errors=errors, opened=len(opened), opened_href=href))


def render_answers(
    form: Form, answers: Answers, language: str, *, zone: ZoneInfo, change: Change | None = None
) -> Markup:
    """ "Check your answers": every question that was asked, with its answer and a link to change it."""
    return _answers(form, answers.values, language, zone, lambda field: field.key in answers.shown, change)


def render_typed(form: Form, answers: Answers, language: str, *, zone: ZoneInfo) -> Markup:
    """What somebody typed so far, of the questions they answered."""
    values = answers.values
    return _answers(form, values, language, zone, lambda field: values.get(field.key) not in (None, [], ""), None)


def render_record(
    form: Form, record: Mapping[str, object], language: str, *, zone: ZoneInfo, may_read: Callable[[Field], bool]
) -> Markup:
    """Answers of the case record, of the questions this person may read; the others are not even named."""
    return _answers(form, record, language, zone, lambda field: field.key in record and may_read(field), None)


def render_paper(form: Form, language: str, *, zone: ZoneInfo, answers: Answers | None = None) -> Markup:
    """The form on paper: filled in, or blank with boxes and lines."""
    with spoken(language):
        if answers is not None:
            sections = _sections(form, answers.values, language, zone, lambda field: field.key in answers.shown)
            return Markup(render_template("fields/paper_filled.html", sections=sections))
        return Markup(render_template("fields/paper_blank.html", form=form))


def needs_upload(form: Form) -> bool:
    """Whether the `<form>` element must be sent as `multipart/form-data`."""
    return any(one.kind == "filepicker" for field in form.fields for one in (field, *field.fields))


def _answers(
    form: Form,
    values: Mapping[str, object],
    language: str,
    zone: ZoneInfo,
    is_shown: Callable[[Field], bool],
    change: Change | None,
) -> Markup:
    with spoken(language):
        sections = _sections(form, values, language, zone, is_shown)
        links = {
            field.key: f"{change(section, field)}#{first_input(form, field.key)}"
            for section in form.sections
            for field in fields_of(section.parts)
            if change is not None
        }
        return Markup(render_template("fields/answers.html", sections=sections, links=links))


def _sections(
    form: Form, values: Mapping[str, object], language: str, zone: ZoneInfo, is_shown: Callable[[Field], bool]
) -> list[tuple[Section, list[Shown]]]:
    found = []
    for section in form.sections:
        fields = [field for field in section.fields if is_shown(field)]
        if fields:
            found.append((section, shown_answers(fields, values, language, zone)))
    return found
