"""A task: its form page by page, drafts, check your answers, completing it and going on."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    Actor,
    AssignedToAnother,
    Priority,
    Refusal,
    SecondPersonNeeded,
    StaleItem,
    StepUndone,
    TaskView,
    forms,
    task_page,
    tasks,
    worklist,
)
from engine.forms import Answers, Form, Section, merged, with_item, without_item
from web import conflicts, fields, language
from web.session import actor, ihala, zone

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")
Typed = dict[str, list[str]]
OWN = ("csrf_token", "do", "then", "page", "focus", "_add", "_remove")
"""Inputs of the page itself, which are no answers."""


@blueprint.get("/<item_id>")
def task(item_id: str) -> ResponseReturnValue:
    """The task, at the page of its form that `?page=` names, or at the first."""
    view = task_page.open_task(ihala(), actor(), item_id)
    return _shown(view, dict(view.draft or {}), _section(view.form), show_errors=False)


@blueprint.post("/<item_id>")
def answer(item_id: str) -> ResponseReturnValue:
    """Save what was typed; go on to the next page, to the check, or complete a form of one page."""
    view = task_page.open_task(ihala(), actor(), item_id)
    section, posted = _section(view.form), _posted()
    typed = merged(view.draft or {}, posted, section.fields) if section else {}
    renewed = _with_entries(typed)
    tasks.save_draft(ihala(), actor(), item_id, renewed or typed)
    if view.why_not:
        return conflicts.page(view.why_not, item_id, {}), 409
    tasks.claim(ihala(), actor(), item_id)  # whoever begins to answer has the task
    if renewed is not None:
        return redirect(url_for(".task", item_id=item_id, page=section.id if section else None))
    if request.form.get("do") == "save":
        flash(language.gettext("Saved. Only you can see this draft."))
        return redirect(url_for(".task", item_id=item_id, page=section.id if section else None))
    if view.form is None or section is None:
        return _complete(view, {})
    answers = _read(view, typed)
    if _faults(answers, section):
        return _shown(view, typed, section, show_errors=True), 422
    following = _following(view.form, section, answers)
    if following:
        return redirect(url_for(".task", item_id=item_id, page=following.id))
    if len(_asked_pages(view.form, answers)) > 1:
        return redirect(url_for(".check", item_id=item_id))
    return _complete(view, typed)


@blueprint.get("/<item_id>/check")
def check(item_id: str) -> ResponseReturnValue:
    """Check your answers before they are sent."""
    view = task_page.open_task(ihala(), actor(), item_id)
    if view.form is None:
        return redirect(url_for(".task", item_id=item_id))
    answers = _read(view, dict(view.draft or {}))
    if not answers.is_complete:
        return redirect(url_for(".task", item_id=item_id, page=_first_faulty(view.form, answers).id, again=1))
    shown = fields.render_answers(
        view.form,
        answers,
        language.current(),
        zone=zone(),
        change=lambda section, field: url_for(".task", item_id=item_id, page=section.id),
    )
    return render_template("tasks/check.html", view=view, answers=shown, now=ihala().clock.now(), zone=zone())


@blueprint.post("/<item_id>/complete")
def complete(item_id: str) -> ResponseReturnValue:
    view = task_page.open_task(ihala(), actor(), item_id)
    return _complete(view, dict(view.draft or {}))


@blueprint.post("/<item_id>/<any(claim, hand_back, take_over):act>")
def hold(item_id: str, act: str) -> ResponseReturnValue:
    """Claim the task, hand it back with a note, or take it over from somebody with a note."""
    note = request.form.get("note", "").strip()
    if act == "claim":
        tasks.claim(ihala(), actor(), item_id)
    elif act == "take_over" and not note:
        flash(language.gettext("Say why you take the task over."), "error")
    elif act == "hand_back":
        tasks.hand_back(ihala(), actor(), item_id, note)
        flash(language.gettext("The task is back with the team."))
        return redirect(url_for("inbox.home"))
    else:
        tasks.take_over(ihala(), actor(), item_id, note)
    return redirect(url_for(".task", item_id=item_id))


@blueprint.post("/<item_id>/priority")
def prioritise(item_id: str) -> ResponseReturnValue:
    chosen: Priority = "high" if request.form.get("priority") == "high" else "normal"
    if request.form.get("priority") == "immediate":
        chosen = "immediate"
    tasks.prioritise(ihala(), actor(), item_id, chosen)
    return redirect(url_for(".task", item_id=item_id))


@blueprint.errorhandler(StaleItem)
@blueprint.errorhandler(AssignedToAnother)
@blueprint.errorhandler(SecondPersonNeeded)
@blueprint.errorhandler(StepUndone)
def conflict(refusal: Refusal) -> ResponseReturnValue:
    """Somebody was quicker, or the step failed: who did what, and what was typed."""
    posted = _posted() if request.endpoint == "tasks.answer" else {}
    return conflicts.of_refusal(refusal, (request.view_args or {})["item_id"], posted), 409


def keep(who: Actor, item_id: str, typed: Typed) -> str:
    """Add what was typed before the session ended to this person's draft; the address to go on at."""
    view = task_page.open_task(ihala(), who, item_id)
    page = (typed.get("page") or [""])[0]
    section = next((one for one in view.form.sections if one.id == page), None) if view.form else None
    if section is not None:
        posted = {key: values for key, values in typed.items() if key not in OWN}
        tasks.save_draft(ihala(), who, item_id, merged(view.draft or {}, posted, section.fields))
    focus = (typed.get("focus") or [""])[0]
    return url_for("tasks.task", item_id=item_id, page=page or None, _anchor=focus or None)


@blueprint.get("/<item_id>/paper")
def paper(item_id: str) -> ResponseReturnValue:
    """The form to print: blank, or filled with the draft; in the language of the page."""
    view = task_page.open_task(ihala(), actor(), item_id)
    if view.form is None:
        return redirect(url_for(".task", item_id=item_id))
    filled = _read(view, dict(view.draft or {})) if request.args.get("filled") else None
    printed = fields.render_paper(view.form, language.current(), zone=zone(), answers=filled)
    return render_template("tasks/paper.html", view=view, printed=printed)


def _complete(view: TaskView, typed: Typed) -> ResponseReturnValue:
    values = _read(view, typed).values if view.form else {}
    try:
        followed = tasks.complete_task(ihala(), actor(), view.item.id, values)
    except forms.FormErrors:
        answers = _read(view, typed)
        section = _first_faulty(view.form, answers) if view.form else None
        return _shown(view, typed, section, show_errors=True), 422
    following = followed.next_item_id or worklist.next_task(ihala(), actor())
    if request.form.get("then") == "next" and following:
        flash(language.gettext("Done. This is the next task that waits for you."))
        return redirect(url_for(".task", item_id=following))
    return render_template("tasks/done.html", view=view, followed=followed, following=following)


def _shown(view: TaskView, typed: Typed, section: Section | None, *, show_errors: bool) -> str:
    """The task's page with one page of its form."""
    questions = summary = ""
    back = None
    if view.form and section and view.may_complete:
        answers = _read(view, typed)
        asked_again = show_errors or bool(request.args.get("again"))
        questions = fields.render_form(view.form, answers, language.current(), section=section, show_errors=asked_again)
        if asked_again:
            summary = fields.render_error_summary(view.form, answers, language.current(), section=section)
        back = _before(view.form, section, answers)
    pages = list(view.form.sections) if view.form else []
    return render_template(
        "tasks/task.html",
        view=view,
        section=section,
        pages=pages,
        place=pages.index(section) + 1 if section else 0,
        back=back,
        questions=questions,
        summary=summary,
        typed=conflicts.typed_words(view.form, view.draft or {}) if view.why_not else "",
        needs_upload=view.form is not None and fields.needs_upload(view.form),
        now=ihala().clock.now(),
        zone=zone(),
    )


def _posted() -> Typed:
    return {key: values for key, values in request.form.lists() if key not in OWN}


def _with_entries(typed: Typed) -> Typed | None:
    """The draft with an entry of a list added or taken away, where that is what was asked for."""
    if added := request.form.get("_add"):
        return with_item(typed, added)
    key, _, number = request.form.get("_remove", "").rpartition("-")
    return without_item(typed, key, number) if key and number.isdecimal() else None


def _read(view: TaskView, typed: Typed) -> Answers:
    if view.form is None:
        raise Refusal
    return view.form.read(typed, view.variables, now=ihala().clock.now(), zone=zone())


def _section(form: Form | None) -> Section | None:
    if form is None:
        return None
    wanted = request.values.get("page")
    return next((one for one in form.sections if one.id == wanted), form.sections[0])


def _asked_pages(form: Form, answers: Answers) -> list[Section]:
    return [one for one in form.sections if one.id in answers.shown]


def _following(form: Form, section: Section, answers: Answers) -> Section | None:
    pages = _asked_pages(form, answers)
    place = form.sections.index(section)
    return next((one for one in pages if form.sections.index(one) > place), None)


def _before(form: Form, section: Section, answers: Answers) -> Section | None:
    place = form.sections.index(section)
    return next((one for one in reversed(_asked_pages(form, answers)) if form.sections.index(one) < place), None)


def _faults(answers: Answers, section: Section) -> bool:
    keys = {field.key for field in section.fields}
    return any(name.partition("-")[0] in keys for name in (*answers.errors, *answers.unasked))


def _first_faulty(form: Form, answers: Answers) -> Section:
    return next((one for one in form.sections if _faults(answers, one)), form.sections[0])
