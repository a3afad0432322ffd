"""The studio: releases and drafts of the mechanism, their files, what is wrong with them, how they differ, stories."""

from __future__ import annotations

import io
import zipfile

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotAllowed, NotFound, Refusal
from engine.forms import Form
from engine.studio import difference, drafts, publishing, standing, stories
from engine.studio.drafts import ChangedMeanwhile
from engine.studio.variables import variables_of
from web import fields, language
from web.session import actor, ihala, zone

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
TYPES = {"bpmn": "application/xml", "dmn": "application/xml", "form": "application/json"}


@blueprint.get("")
def releases() -> ResponseReturnValue:
    """Every release, what waits for a decision, and one's own drafts."""
    rows = drafts.releases(ihala(), actor())
    return render_template("studio/releases.html", rows=rows, zone=zone())


@blueprint.post("/<release_id>/drafts")
def start(release_id: str) -> ResponseReturnValue:
    try:
        draft_id = drafts.start(ihala(), actor(), release_id, request.form.get("title", ""))
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused(refusal, release_id)
    flash(language.gettext("The draft is yours. Nothing you do in it touches running cases."), "success")
    return redirect(url_for(".release", release_id=draft_id))


@blueprint.get("/<release_id>")
def release(release_id: str) -> ResponseReturnValue:
    """What the release or draft consists of, and what is wrong with it."""
    one = drafts.one(ihala(), actor(), release_id)
    files = drafts.file_list(ihala(), actor(), release_id)
    problems = drafts.problems(drafts.files(ihala(), actor(), release_id)) if one.status == "draft" else []
    return render_template(
        "studio/overview.html", one=one, part="overview", files=files, problems=problems, zone=zone()
    )


@blueprint.get("/<release_id>/difference")
def difference_page(release_id: str) -> ResponseReturnValue:
    """What is different from another release: the one it was started from, or any that is chosen."""
    one, rows = drafts.one(ihala(), actor(), release_id), drafts.releases(ihala(), actor())
    others = [row for row in rows if row.id != release_id]
    wanted = request.args.get("with", "")
    chosen = next((row for row in others if row.id == wanted), None) or _base(one, others)
    changes, drawn = {}, {}
    if chosen is not None:
        drawn = {row.id: drafts.files(ihala(), actor(), row.id) for row in (chosen, one)}
        changes = difference.between(drawn[chosen.id], drawn[one.id])
    about = {"others": others, "chosen": chosen, "changes": changes, "drawn": drawn}
    return render_template("studio/difference.html", one=one, part="difference", **about)


@blueprint.get("/<release_id>/stories")
def stories_page(release_id: str) -> ResponseReturnValue:
    """Which stories go as told. `play`: go on playing by itself where scripts run."""
    one, rows = drafts.one(ihala(), actor(), release_id), stories.stories(ihala(), actor(), release_id)
    goes_on = request.args.get("play") == "on" and any(not row.is_played for row in rows)
    return render_template("studio/stories.html", one=one, part="stories", rows=rows, goes_on=goes_on)


@blueprint.post("/<release_id>/stories")
def play(release_id: str) -> ResponseReturnValue:
    """Play for two seconds and show how far it is."""
    try:
        left = stories.play_some(ihala(), actor(), release_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused(refusal, release_id)
    return redirect(url_for(".stories_page", release_id=release_id, play="on" if left else None))


@blueprint.get("/<release_id>/cases")
def cases_page(release_id: str) -> ResponseReturnValue:
    """Where the cases of the release stand: figures on the diagram and as a list."""
    one = drafts.one(ihala(), actor(), release_id)
    count, rows = standing.standing(ihala(), actor(), release_id)
    wanted = request.args.get("process", "")
    chosen = next((row for row in rows if row.process_id == wanted), rows[0] if rows else None)
    now = ihala().clock.now()
    about = {"count": count, "rows": rows, "chosen": chosen, "now": now, "zone": zone()}
    return render_template("studio/cases.html", one=one, part="cases", **about)


@blueprint.get("/<release_id>/decision")
def decision(release_id: str) -> ResponseReturnValue:
    one = drafts.one(ihala(), actor(), release_id)
    said = publishing.decision(ihala(), actor(), release_id)
    return render_template("studio/decision.html", one=one, part="decision", said=said, zone=zone(), typed="")


@blueprint.post("/<release_id>/decision/<any(propose, withdraw, approve, refuse, back):act>")
def decide(release_id: str, act: str) -> ResponseReturnValue:
    """One act of deciding on a release; what was typed stands again where it cannot be done."""
    typed = request.form.get("note", "")
    try:
        where, message = _decided(release_id, act, typed)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(language.words(refusal.text), "error")
        one = drafts.one(ihala(), actor(), release_id)
        said = publishing.decision(ihala(), actor(), release_id)
        page = render_template("studio/decision.html", one=one, part="decision", said=said, zone=zone(), typed=typed)
        return page, 422
    flash(message, "success")
    return redirect(url_for(".decision", release_id=where))


@blueprint.post("/<release_id>/discard")
def discard(release_id: str) -> ResponseReturnValue:
    drafts.discard(ihala(), actor(), release_id)
    flash(language.gettext("The draft is gone."), "success")
    return redirect(url_for(".releases"))


# Files --------------------------------------------------------------------------------------------------------------
@blueprint.get("/<release_id>/files/<path:path>")
def file(release_id: str, path: str) -> ResponseReturnValue:
    one, found = drafts.one(ihala(), actor(), release_id), drafts.read_file(ihala(), actor(), release_id, path)
    files = drafts.files(ihala(), actor(), release_id) if one.status == "draft" else {}
    problems = drafts.problems(files) if files else []
    known = _known(files, path) if files and _kind(path) == "bpmn" else []
    here = [problem for problem in problems if problem.file == path]
    text = found.content.decode("utf-8", "replace")
    preview = _preview(found.content) if _kind(path) == "form" else ""
    return render_template(
        "studio/file.html",
        one=one,
        file=found,
        text=text,
        problems=here,
        kind=_kind(path),
        preview=preview,
        known=known,
    )


@blueprint.post("/<release_id>/files/<path:path>")
def save(release_id: str, path: str) -> ResponseReturnValue:
    """Save what was drawn, typed or uploaded; where somebody saved since, show both."""
    content, revision = _sent(), int(request.form.get("revision") or 0)
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
        return _refused(refusal, release_id)
    flash(language.gettext("Saved."), "success")
    return redirect(url_for(".file", release_id=release_id, path=path))


@blueprint.post("/<release_id>/files")
def add(release_id: str) -> ResponseReturnValue:
    path = request.form.get("path", "").strip()
    try:
        drafts.add_file(ihala(), actor(), release_id, path, _sent())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused(refusal, release_id)
    return redirect(url_for(".file", release_id=release_id, path=path))


@blueprint.post("/<release_id>/removal/<path:path>")
def remove(release_id: str, path: str) -> ResponseReturnValue:
    drafts.remove_file(ihala(), actor(), release_id, path)
    flash(language.gettext("The file is gone from the draft."), "success")
    return redirect(url_for(".release", release_id=release_id))


@blueprint.get("/<release_id>/raw/<path:path>")
def raw(release_id: str, path: str) -> ResponseReturnValue:
    """The file itself, for other tools; never shown by the browser as a page."""
    found = drafts.read_file(ihala(), actor(), release_id, path)
    kind = TYPES.get(_kind(path), "text/plain")
    headers = {"Content-Disposition": f'attachment; filename="{path.rpartition("/")[2]}"'}
    return Response(found.content, mimetype=kind, headers=headers)


@blueprint.get("/<release_id>/whole.zip")
def whole(release_id: str) -> ResponseReturnValue:
    """All files of the release in one archive, for git or another tool."""
    one = drafts.one(ihala(), actor(), release_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in drafts.files(ihala(), actor(), release_id).items():
            archive.writestr(path, content)
    headers = {"Content-Disposition": f'attachment; filename="release-{one.number}.zip"'}
    return Response(packed.getvalue(), mimetype="application/zip", headers=headers)


def _decided(release_id: str, act: str, typed: str) -> tuple[str, str]:
    """Which release to show after the act, and what to say."""
    if act == "propose":
        publishing.propose(ihala(), actor(), release_id, typed)
        return release_id, language.gettext("Proposed. It comes into force when those who decide have signed it.")
    if act == "withdraw":
        publishing.withdraw(ihala(), actor(), release_id)
        return release_id, language.gettext("The proposal is a draft again.")
    if act == "back":
        back = publishing.roll_back(ihala(), actor(), release_id, typed)
        return back, language.gettext("The earlier release is proposed again.")
    in_force = publishing.decide(ihala(), actor(), release_id, approves=act == "approve", reason=typed)
    if act == "refuse":
        return release_id, language.gettext("Sent back with your reason.")
    if in_force:
        return release_id, language.gettext("The release is in force: new cases run on it from now on.")
    return release_id, language.gettext("Signed. Others still have to sign.")


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


def _preview(content: bytes) -> str:
    """The form as staff see it, in the language of the page; nothing where it cannot be read, which is said above."""
    try:
        form = Form.load(content)
        answers = form.read({}, {}, now=ihala().clock.now(), zone=zone())
        return fields.render_form(form, answers, language.current(), show_errors=False)
    except Refusal:
        return ""


def _refused(refusal: Refusal, release_id: str) -> ResponseReturnValue:
    flash(language.words(refusal.text), "error")
    return redirect(url_for(".release", release_id=release_id))


def _sent() -> bytes:
    """What was uploaded, else what was typed; browsers send line ends of their own."""
    uploaded = request.files.get("upload")
    if uploaded is not None and uploaded.filename:
        return bytes(uploaded.read())
    return request.form.get("content", "").replace("\r\n", "\n").encode("utf-8")


def _kind(path: str) -> str:
    return path.rpartition(".")[2]


def _base(one: drafts.ReleaseRow, others: list[drafts.ReleaseRow]) -> drafts.ReleaseRow | None:
    """The release it was started from; of the first none."""
    return next((row for row in others if row.number == one.base_number), None)
