"""Which language a page is in, and words, dates and spans of time in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engine.text import Text
from web.translations import translations

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
NAMES: dict[Language, str] = {"ar": "العربية", "en": "English"}
COOKIE = "language"
_LOCALES = {"ar": Locale("ar", "EG"), "en": Locale("en", "GB")}
_current: ContextVar[Language] = ContextVar("language", default="ar")
SOON = timedelta(hours=24)
"""A clock with less left than this is shown as pressing."""


def current() -> Language:
    """The language of this page."""
    return _current.get()


def direction(language: str | None = None) -> Literal["rtl", "ltr"]:
    return "rtl" if (language or current()) == "ar" else "ltr"


def other() -> Language:
    """The language the switch leads to."""
    return "en" if current() == "ar" else "ar"


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Render in this language, for instance a print-out for the person."""
    token = _current.set("en" if language == "en" else "ar")
    try:
        yield
    finally:
        _current.reset(token)


def speak(language: str) -> None:
    """Set the language of this request to what the account says, unless this browser chose one with the switch."""
    if request.args.get("language") not in LANGUAGES and request.cookies.get(COOKIE) not in LANGUAGES:
        _current.set("en" if language == "en" else "ar")


def translate(message: str) -> str:
    """The message in the page's language, its places still open."""
    return translations(current()).gettext(message)


def translate_number(one: str, many: str, count: int) -> str:
    """The message in the number that fits (Arabic has six), its places still open."""
    return translations(current()).ngettext(one, many, count)


def gettext(message: str, **values: object) -> str:
    """The message in the page's language with these values in its places."""
    return translate(message) % values if values else translate(message)


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The message in the number that fits, with `num` and these values in its places."""
    return translate_number(one, many, count) % {"num": count, **values}


def prepare(app: Flask) -> None:
    """Choose the language of each request: `?language=`, the cookie, what the browser asks for, Arabic."""

    @app.before_request
    def choose() -> None:
        asked = request.args.get("language") or request.cookies.get(COOKIE)
        chosen = asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES)
        _current.set("en" if chosen == "en" else "ar")

    @app.after_request
    def remember(response: Response) -> ResponseReturnValue:
        asked = request.args.get("language")
        if asked in LANGUAGES:
            secure = bool(app.config.get("SESSION_COOKIE_SECURE"))
            response.set_cookie(COOKIE, asked, httponly=True, samesite="Lax", secure=secure)
        response.headers["Content-Language"] = current()
        return response


def words(text: Text | str) -> str:
    """A text of the mechanism in the page's language."""
    return text.in_(current()) if isinstance(text, Text) else text


def day(value: date, zone: ZoneInfo | None = None) -> str:
    """A date in words: 27 March 2026. A moment is taken in the zone."""
    local = value.astimezone(zone) if isinstance(value, datetime) and zone else value
    return format_date(local, "d MMMM y", locale=_LOCALES[current()])


def weekday_and_day(value: date) -> str:
    """A date with its day of the week: Friday 27 March 2026."""
    return format_date(value, "EEEE d MMMM y", locale=_LOCALES[current()])


def day_of_year(value: date) -> str:
    """A date that returns every year: 27 March."""
    return format_date(value, "d MMMM", locale=_LOCALES[current()])


def weekday_names() -> list[str]:
    """The days of the week, from Monday on."""
    names = get_day_names("wide", locale=_LOCALES[current()])
    return [names[number] for number in range(7)]


def month_names() -> list[str]:
    """The months of the year."""
    names = get_month_names("wide", locale=_LOCALES[current()])
    return [names[number] for number in range(1, 13)]


def month(value: date) -> str:
    """A month in words: March 2026."""
    return format_date(value, "MMMM y", locale=_LOCALES[current()])


def weekdays() -> list[str]:
    """The days of the week, in short, from Sunday on."""
    names = get_day_names("abbreviated", locale=_LOCALES[current()])
    return [names[(day + 6) % 7] for day in range(7)]


def clock(value: time | datetime) -> str:
    """A time of day on the 24-hour clock, the same in both languages."""
    return f"{value.hour:02}:{value.minute:02}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """A moment on the mechanism's clocks: 27 March 2026, 14:30."""
    local = value.astimezone(zone)
    return f"{day(local)}{'،' if current() == 'ar' else ','} {clock(local)}"


def span(length: timedelta) -> str:
    """A span of time in one unit, rounded down so that nobody counts on time that is not there."""
    minutes = max(1, int(length.total_seconds()) // 60)
    if minutes < 120:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s day", "%(num)s days", minutes // 1440)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """A clock in words, and how pressing it is."""

    state: Literal["overdue", "soon", "calm"]
    words: str


def time_left(due: datetime, now: datetime) -> TimeLeft:
    """How long until a clock passes, or since it has."""
    if due <= now:
        return TimeLeft("overdue", gettext("Overdue by %(span)s", span=span(now - due)))
    left = gettext("%(span)s left", span=span(due - now))
    return TimeLeft("soon" if due - now < SOON else "calm", left)
