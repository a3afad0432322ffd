"""Correcting a submitted answer: its form as it was answered, a reason, and what followed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import ReasonNeeded, case_page, correcting, correction_page, forms
from engine.correction_page import Correction
from engine.forms import Answers, with_item, without_item
from web import fields, language
from web.session import actor, ihala, zone

blueprint = Blueprint("corrections", __name__, url_prefix="/cases")
Typed = dict[str, list[str]]
OWN = ("csrf_token", "reason_for_correction", "_add", "_remove")
"""Inputs of the page itself, which are no answers."""


@blueprint.get("/<case_id>/record/<entry_id>/correction")
def correction(case_id: str, entry_id: str) -> ResponseReturnValue:
    opened = correction_page.open_correction(ihala(), actor(), entry_id)
    return _shown(case_id, opened, dict(opened.typed))


@blueprint.post("/<case_id>/record/<entry_id>/correction")
def correct(case_id: str, entry_id: str) -> ResponseReturnValue:
    """Take the new answers; where they do not fit or no reason stands, the page comes back with all that was typed."""
    opened = correction_page.open_correction(ihala(), actor(), entry_id)
    typed = {key: values for key, values in request.form.lists() if key not in OWN}
    if (renewed := _with_entries(typed)) is not None:
        return _shown(case_id, opened, renewed)
    answers = _read(opened, typed)
    reason = request.form.get("reason_for_correction", "")
    if not answers.is_complete:
        return _shown(case_id, opened, typed, show_errors=True), 422
    try:
        followed = correcting.correct_answer(ihala(), actor(), entry_id, answers.values, reason)
    except (forms.FormErrors, ReasonNeeded):
        return _shown(case_id, opened, typed, show_errors=True), 422
    flash(language.gettext("The answer is corrected."), "success")
    for sentence in followed.sentences:
        flash(language.words(sentence))
    return redirect(url_for("cases.case", case_id=case_id, part="record"))


def _shown(case_id: str, opened: Correction, typed: Typed, *, show_errors: bool = False) -> str:
    """The page; opening it is journalled as a read of the case."""
    view = case_page.case_view(ihala(), actor(), case_id)
    answers = _read(opened, typed)
    summary = fields.render_error_summary(opened.form, answers, language.current()) if show_errors else ""
    reason = request.form.get("reason_for_correction", "")
    return render_template(
        "cases/correction.html",
        view=view,
        opened=opened,
        questions=fields.render_form(opened.form, answers, language.current(), show_errors=show_errors),
        summary=summary,
        reason=reason,
        lacks_reason=show_errors and not reason.strip(),
        needs_upload=fields.needs_upload(opened.form),
    )


def _read(opened: Correction, typed: Typed) -> Answers:
    return opened.form.read(typed, opened.variables, now=ihala().clock.now(), zone=zone())


def _with_entries(typed: Typed) -> Typed | None:
    if added := request.form.get("_add"):
        return with_item(typed, added)
    key, _, number = request.form.get("_remove", "").rpartition("-")
    return without_item(typed, key, number) if key and number.isdecimal() else None
