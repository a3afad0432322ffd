"""One table: what the engine refuses, its status, and the page that says so."""

from __future__ import annotations

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine import NotAllowed, NotFound, Refusal, StaleItem, Text, TooManyAttempts

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (TooManyAttempts, 429),
    (StaleItem, 409),
    (Refusal, 422),
)
SENTENCES = {
    400: Text(
        "The page could not be sent: it was open too long or came from elsewhere. Go back and send it again.",
        "تعذّر إرسال الصفحة: بقيت مفتوحة طويلًا أو جاءت من موقع آخر. يُرجى الرجوع وإعادة الإرسال.",
    ),
    404: NotFound.sentence,
    405: Text("This address takes another kind of request.", "هذا العنوان يقبل نوعًا آخر من الطلبات."),
    413: Text("What was sent is too large: at most 4 megabytes.", "حجم المُرسل كبير: الحد الأقصى 4 ميجابايت."),
}
UNEXPECTED = Text(
    "Something went wrong on our side. Nothing you saved is lost. Please try again, or tell your administrator.",
    "حدث خطأ من جانبنا. لم يُفقد شيء مما حُفظ. يُرجى المحاولة من جديد أو إبلاغ مدير النظام.",
)


def prepare(app: Flask) -> None:
    """Show refusals and errors as pages with one clear sentence."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, lambda error: _page(SENTENCES[400], 400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, lambda error: _page(UNEXPECTED, 500))


def refused(refusal: Refusal) -> ResponseReturnValue:
    """The page that says why, with the status of its kind."""
    return _page(refusal.text, next(status for kind, status in STATUS if isinstance(refusal, kind)))


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    return _page(SENTENCES.get(code, UNEXPECTED), code)


def _page(sentence: Text, status: int) -> ResponseReturnValue:
    return render_template("errors/refused.html", sentence=sentence, signed_in=g.get("actor") is not None), status
