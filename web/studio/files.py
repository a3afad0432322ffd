"""One file of a draft: shown or drawn, saved, added, removed, downloaded."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.studio import difference, drafts, safeguards, unsaved
from engine.studio.choices import choices_of
from engine.studio.drafts import ChangedMeanwhile
from engine.studio.foreign import report_on
from engine.studio.variables import variables_of
from web import language
from web.session import actor, ihala, zone
from web.studio.forms import drawn
from web.studio.refusing import refused, say

TYPES = {"bpmn": "application/xml", "dmn": "application/xml", "form": "application/json"}

blueprint = Blueprint("files", __name__)


@blueprint.get("/<release_id>/files/<path:path>")
def shown(release_id: str, path: str) -> ResponseReturnValue:
    one, found = drafts.one(ihala(), actor(), release_id), drafts.read_file(ihala(), actor(), release_id, path)
    files = drafts.files(ihala(), actor(), release_id) if one.status == "draft" else {}
    problems = safeguards.problems(ihala(), files) if files else []
    drawing = _drawing(files, path) if files and _kind(path) == "bpmn" else {}
    here = [problem for problem in problems if problem.file == path]
    kept = unsaved.kept(ihala(), actor(), release_id, path) if files else None
    restored = kept if kept and request.args.get("unsaved") == "restored" else None
    text = (restored or found).content.decode("utf-8", "replace")
    preview = drawn(found.content) if _kind(path) == "form" else ""
    return render_template(
        "studio/file.html",
        one=one,
        file=found,
        text=text,
        problems=here,
        kind=_kind(path),
        preview=preview,
        drawing=drawing,
        kept=kept,
        restored=restored,
        zone=zone(),
    )


@blueprint.post("/<release_id>/files/<path:path>")
def save(release_id: str, path: str) -> ResponseReturnValue:
    """Save what was drawn, typed or uploaded; where somebody saved since, show both."""
    return saved(release_id, path, _sent(), url_for(".shown", release_id=release_id, path=path))


def saved(release_id: str, path: str, content: bytes, then: str) -> ResponseReturnValue:
    """Save onto the revision that the page was opened at, and go on; a page that says why not where that fails."""
    revision = typed_revision()
    try:
        drafts.save_file(ihala(), actor(), release_id, path, content, revision)
    except (NotAllowed, NotFound):
        raise
    except ChangedMeanwhile as meanwhile:
        one, texts = drafts.one(ihala(), actor(), release_id), (meanwhile.theirs, content)
        flash(language.words(meanwhile.text), "error")
        theirs, mine = (text.decode("utf-8", "replace") for text in texts)
        about = {"path": path, "revision": meanwhile.revision, "theirs": theirs, "mine": mine}
        changes = difference.between({path: meanwhile.theirs}, {path: content})
        return render_template("studio/conflict.html", one=one, changes=changes, **about), 409
    except Refusal as refusal:
        say(refusal)
        one, mine = drafts.one(ihala(), actor(), release_id), content.decode("utf-8", "replace")
        return render_template("studio/unsaved.html", one=one, path=path, mine=mine), 422
    flash(language.gettext("Saved."), "success")
    return redirect(then)


@blueprint.post("/<release_id>/files")
def add(release_id: str) -> ResponseReturnValue:
    path = request.form.get("path", "").strip()
    try:
        drafts.add_file(ihala(), actor(), release_id, path, _sent())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return refused(refusal, release_id)
    return redirect(url_for(".shown", release_id=release_id, path=path))


@blueprint.post("/<release_id>/removal/<path:path>")
def remove(release_id: str, path: str) -> ResponseReturnValue:
    try:
        drafts.remove_file(ihala(), actor(), release_id, path, typed_revision())
    except ChangedMeanwhile as meanwhile:
        flash(language.words(meanwhile.text), "error")
        return redirect(url_for(".shown", release_id=release_id, path=path))
    flash(language.gettext("The file is gone from the draft."), "success")
    return redirect(url_for("studio.releases.shown", release_id=release_id))


@blueprint.get("/<release_id>/raw/<path:path>")
def raw(release_id: str, path: str) -> ResponseReturnValue:
    """The file itself, for other tools; never shown by the browser as a page."""
    found = drafts.read_file(ihala(), actor(), release_id, path)
    kind = TYPES.get(_kind(path), "text/plain")
    headers = {"Content-Disposition": f'attachment; filename="{path.rpartition("/")[2]}"'}
    return Response(found.content, mimetype=kind, headers=headers)


def _drawing(files: dict[str, bytes], path: str) -> dict[str, object]:
    """What the modeler has to know besides the diagram, and what another tool left in it."""
    forms = {name.rpartition("/")[2].removesuffix(".form") for name in files if name.endswith(".form")}
    return {"known": _known(files, path), "choices": _choices(files, path), "report": report_on(files[path], forms)}


def _choices(files: dict[str, bytes], path: str) -> dict[str, object]:
    """What the elements of a diagram may name, in the language of the page."""
    one = choices_of(files, path)
    named = ("roles", "purposes", "operations", "decisions", "processes", "tasks")
    return {
        **{key: [[name, language.words(words)] for name, words in getattr(one, key)] for key in named},
        "messages": one.messages,
        "inputs": {
            operation: [[each.name, language.words(each.words), each.is_optional] for each in inputs]
            for operation, inputs in one.inputs.items()
        },
    }


def _known(files: dict[str, bytes], path: str) -> list[dict[str, object]]:
    """What a condition can ask, in the language of the page, for the questions beside the canvas."""
    return [
        {
            "path": one.path,
            "words": language.words(one.words),
            "kind": one.kind,
            "options": [[value, language.words(text)] for value, text in one.options],
        }
        for one in variables_of(files, path)
    ]


def _sent() -> bytes:
    """What was uploaded, else what was typed; browsers send line ends of their own."""
    uploaded = request.files.get("upload")
    if uploaded is not None and uploaded.filename:
        with uploaded.stream as sent:
            return bytes(sent.read())
    return request.form.get("content", "").replace("\r\n", "\n").encode("utf-8")


def typed_revision() -> int:
    """The revision that the page was opened at; what is no number is that of no file."""
    typed = request.form.get("revision", "0")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1


def _kind(path: str) -> str:
    return path.rpartition(".")[2]
