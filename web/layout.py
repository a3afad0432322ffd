"""What every page needs: templates of the components, the page's language, formats and addresses of built files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from web import language

COMPONENTS = "govuk_frontend_jinja"


def prepare(app: Flask) -> None:
    """Give the application's templates all that `layout/` and `fields/` use."""
    own = app.jinja_loader
    components = PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)})
    app.jinja_loader = ChoiceLoader([*([own] if own else []), components])
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(language.translate, language.translate_number, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters |= {
        "words": language.words,
        "day": language.day,
        "day_of_year": language.day_of_year,
        "weekday_and_day": language.weekday_and_day,
        "clock": language.clock,
        "moment": language.moment,
        "span": language.span,
    }
    environment.globals |= {"time_left": language.time_left, "asset": asset}
    app.context_processor(_of_the_page)
    language.prepare(app)


def _of_the_page() -> dict[str, Any]:
    asked = {**request.args, "language": language.other()}
    return {
        "language": language.current(),
        "direction": language.direction(),
        "other_language": language.other(),
        "other_language_name": language.NAMES[language.other()],
        "other_language_url": f"{request.path}?{urlencode(asked)}",
    }


def asset(name: str) -> str:
    """The address of a built file; it changes with the content, so that browsers may keep it for ever."""
    folder = url_for("static", filename=name)
    version = _version(Path(current_app.static_folder or "") / name)
    return f"{folder}?v={version}" if version else folder


@lru_cache
def _version(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
