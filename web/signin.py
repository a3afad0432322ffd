"""Signing in and out, one's own password and language."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Actor, PasswordTooWeak, Refusal, ResetRefused, SignInRefused, Text, TooManyAttempts, accounts
from web import language, returning, session, tasks
from web.session import actor, ihala, public

blueprint = Blueprint("signin", __name__)
UNEQUAL = Text("The two new passwords are not the same.", "كلمتا المرور الجديدتان غير متطابقتين.")
TASK_PATH = "/tasks/"


@blueprint.app_context_processor
def demonstration() -> dict[str, object]:
    """Of a demonstration everybody may know the sign-ins."""
    if request.endpoint is None or not request.endpoint.startswith("signin.") or ihala().settings.production:
        return {}
    return {
        "demonstration_sign_ins": accounts.demonstration_sign_ins(ihala()),
        "demonstration_password": accounts.DEMONSTRATION_PASSWORD,
    }


def page(kept: str = "", wanted: str = "/", refusal: Text | None = None, ended: bool = False) -> ResponseReturnValue:
    """The sign-in page; `kept` is what was being sent when the session ended."""
    status = 422 if refusal else 200
    name = request.form.get("sign_in_name", "")
    shown = render_template("signin/sign_in.html", kept=kept, next=wanted, refusal=refusal, ended=ended, name=name)
    return shown, status


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    return page(wanted=returning.safe_path(request.args.get("next")))


@blueprint.post("/sign-in")
@public
def do_sign_in() -> ResponseReturnValue:
    kept, wanted = request.form.get("kept", ""), returning.safe_path(request.form.get("next"))
    try:
        token = accounts.sign_in(
            ihala(), request.form.get("sign_in_name", ""), request.form.get("password", ""), request.remote_addr or ""
        )
    except (SignInRefused, TooManyAttempts) as refusal:
        return page(kept, wanted, refusal.text)
    signed_in = accounts.actor_of(ihala(), token)
    came_with = returning.opened(kept)
    if came_with and signed_in:
        wanted = _keep_typed(signed_in, *came_with)
    return session.begin(redirect(wanted), token)


def _keep_typed(signed_in: Actor, path: str, typed: dict[str, list[str]]) -> str:
    """Save what was typed as the draft of its task, where it belongs to one; the page to go on with."""
    item_id, _, act = path.removeprefix(TASK_PATH).partition("/")
    if not path.startswith(TASK_PATH) or act:
        return "/"
    try:
        return tasks.keep(signed_in, item_id, typed)
    except Refusal:  # somebody else signed in on this page: it is not theirs to keep
        return "/"


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    accounts.sign_out(ihala(), session.token())
    return session.end(redirect(url_for("signin.sign_in")))


@blueprint.get("/password")
def change_password() -> ResponseReturnValue:
    return render_template("signin/password.html", must=actor().must_change_password)


@blueprint.post("/password")
def do_change_password() -> ResponseReturnValue:
    new = request.form.get("new", "")
    try:
        if new != request.form.get("again", ""):
            return _password_page(UNEQUAL)
        accounts.change_password(ihala(), actor(), request.form.get("present", ""), new)
    except (SignInRefused, TooManyAttempts, PasswordTooWeak) as refusal:
        return _password_page(refusal.text)
    return session.end(redirect(url_for("signin.sign_in")))


def _password_page(refusal: Text) -> ResponseReturnValue:
    return render_template("signin/password.html", must=actor().must_change_password, refusal=refusal), 422


@blueprint.get("/reset")
@public
def reset() -> ResponseReturnValue:
    return render_template("signin/reset.html")


@blueprint.post("/reset")
@public
def do_reset() -> ResponseReturnValue:
    name, new = request.form.get("sign_in_name", ""), request.form.get("new", "")
    try:
        accounts.reset_password(ihala(), name, request.form.get("code", ""), new, request.remote_addr or "")
    except (ResetRefused, TooManyAttempts, PasswordTooWeak) as refusal:
        return render_template("signin/reset.html", refusal=refusal.text, name=name), 422
    return redirect(url_for("signin.sign_in"))


@blueprint.post("/language")
def set_language() -> ResponseReturnValue:
    """The language of one's pages and e-mails from now on."""
    accounts.set_language(ihala(), actor(), request.form.get("language", ""))
    chosen = request.form.get("language", language.current())
    return redirect(f"{returning.safe_path(request.form.get('next'))}?language={chosen}")
