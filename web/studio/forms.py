"""Editing a form: what is not saved yet as staff will see it, and the first form of a user task."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine import NotAllowed, NotFound, Refusal
from engine.forms import Form
from engine.studio import forms
from web import fields, language
from web.session import actor, ihala, zone
from web.studio.refusing import refused

blueprint = Blueprint("forms", __name__)


@blueprint.post("/<release_id>/preview/<path:path>")
def preview(release_id: str, path: str) -> ResponseReturnValue:
    """The form that was sent, whole pages in both languages, and what is wrong with it; nothing is saved."""
    content = request.form.get("content", "").encode("utf-8")
    try:
        form = forms.tried(ihala(), actor(), release_id, path, content)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return jsonify(pages={}, problems=[{"element": "", "text": language.words(refusal.text), "mend": ""}])
    problems = [
        {"element": one.element, "text": language.words(one.text), "mend": language.words(one.mend)}
        for one in form.problems()
    ]
    return jsonify(pages={one: _page(form, one) for one in language.LANGUAGES}, problems=problems)


@blueprint.get("/<release_id>/task-form/<path:path>")
def of_task(release_id: str, path: str) -> ResponseReturnValue:
    """The form of the user task `task` of a diagram; where it has none, the question whether to make one."""
    task = request.args.get("task", "")
    try:
        form_path, name, exists = forms.form_of(ihala(), actor(), release_id, path, task)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    if exists:
        return redirect(url_for("studio.files.shown", release_id=release_id, path=form_path))
    about = {"release_id": release_id, "diagram": path, "task": task, "path": form_path, "name": name}
    return render_template("studio/task_form.html", **about)


@blueprint.post("/<release_id>/task-form/<path:path>")
def create(release_id: str, path: str) -> ResponseReturnValue:
    try:
        form_path = forms.create(ihala(), actor(), release_id, path, request.form.get("task", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    flash(language.gettext("The task has a form now. Add its questions."), "success")
    return redirect(url_for("studio.files.shown", release_id=release_id, path=form_path))


def drawn(content: bytes) -> Markup:
    """The form as staff see it, in the language of the page; nothing where it cannot be read, which is said above."""
    try:
        return _questions(Form.load(content), language.current())
    except Refusal:
        return Markup("")


def _page(form: Form, spoken: language.Language) -> str:
    with language.spoken(spoken):
        return render_template("studio/form_preview.html", questions=_questions(form, spoken))


def _questions(form: Form, spoken: language.Language) -> Markup:
    answers = form.read({}, {}, now=ihala().clock.now(), zone=zone())
    return fields.render_form(form, answers, spoken, show_errors=False)
