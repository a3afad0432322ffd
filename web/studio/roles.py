"""One role, or one kind of organisation, of a draft: its names, what it may do, where it is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import NotFound, Text
from engine.studio import drafts
from engine.studio.organisation import roles
from engine.studio.organisation.document import Edit, Unfit
from engine.studio.organisation.roles import KindRow, RoleWish
from web.session import actor, ihala
from web.studio import editing

blueprint = Blueprint("roles", __name__)


@blueprint.get("/<release_id>/organisation/role")
def role(release_id: str) -> ResponseReturnValue:
    """The role `?id=`, or a form for a new one."""
    return _role(release_id, request.args.get("id", ""))


@blueprint.post("/<release_id>/organisation/role")
def save_role(release_id: str) -> ResponseReturnValue:
    form, role_id = request.form, request.args.get("id", "")
    processes = roles.processes_in(drafts.files(ihala(), actor(), release_id))
    wish = RoleWish(
        Text(form.get("en", ""), form.get("ar", "")),
        tuple(dict.fromkeys(form.getlist("held_by"))),
        form.get("sees", ""),
        form.get("told_outside_team") == "yes",
        tuple(one for one in form.getlist("starts") if one in processes),
    )
    edit = roles.changed_role(role_id or form.get("id", "").strip(), wish, is_new=not role_id)
    return _changed(release_id, edit, "roles", partial(_role, release_id, role_id))


@blueprint.post("/<release_id>/organisation/role/remove")
def remove_role(release_id: str) -> ResponseReturnValue:
    role_id = request.args.get("id", "")
    edit = roles.removed_role(roles.role(ihala(), actor(), release_id, role_id))
    return _changed(release_id, edit, "roles", partial(_role, release_id, role_id))


@blueprint.get("/<release_id>/organisation/kind")
def kind(release_id: str) -> ResponseReturnValue:
    """The kind `?id=`, or a form for a new one."""
    return _kind(release_id, request.args.get("id", ""))


@blueprint.post("/<release_id>/organisation/kind")
def save_kind(release_id: str) -> ResponseReturnValue:
    form, kind_id = request.form, request.args.get("id", "")
    name = Text(form.get("en", ""), form.get("ar", ""))
    edit = roles.changed_kind(kind_id or form.get("id", "").strip(), name, is_new=not kind_id)
    return _changed(release_id, edit, "kinds", partial(_kind, release_id, kind_id))


@blueprint.post("/<release_id>/organisation/kind/remove")
def remove_kind(release_id: str) -> ResponseReturnValue:
    kind_id = request.args.get("id", "")
    edit = roles.removed_kind(_kind_row(release_id, kind_id))
    return _changed(release_id, edit, "kinds", partial(_kind, release_id, kind_id))


def _changed(release_id: str, edit: Edit, anchor: str, again: Callable[[Unfit], str]) -> ResponseReturnValue:
    """Change the entry and go back to the list; what cannot stand is said on the same page `again`."""
    try:
        return editing.changed(
            release_id, edit, url_for("studio.organisation.shown", release_id=release_id, _anchor=anchor)
        )
    except Unfit as unfit:
        return again(unfit), 422


def _role(release_id: str, role_id: str, unfit: Unfit | None = None) -> str:
    one, files = drafts.one(ihala(), actor(), release_id), drafts.files(ihala(), actor(), release_id)
    row = roles.role(ihala(), actor(), release_id, role_id) if role_id else None
    return render_template(
        "studio/role.html",
        one=one,
        part="organisation",
        is_draft=one.status == "draft",
        row=row,
        kinds=roles.kinds(ihala(), actor(), release_id),
        processes=roles.processes_in(files),
        problems=[problem for problem in editing.problems(one) if problem.element == role_id],
        revision=editing.revision(release_id),
        unfit=unfit,
        typed=request.form,
    )


def _kind(release_id: str, kind_id: str, unfit: Unfit | None = None) -> str:
    one = drafts.one(ihala(), actor(), release_id)
    return render_template(
        "studio/kind.html",
        one=one,
        part="organisation",
        is_draft=one.status == "draft",
        row=_kind_row(release_id, kind_id) if kind_id else None,
        revision=editing.revision(release_id),
        unfit=unfit,
        typed=request.form,
    )


def _kind_row(release_id: str, kind_id: str) -> KindRow:
    for row in roles.kinds(ihala(), actor(), release_id):
        if row.id == kind_id:
            return row
    raise NotFound
