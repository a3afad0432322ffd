"""The pages' words: English in the source, Arabic in `messages.po`, compiled in memory so that nothing can be stale."""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent
ARABIC = Path(__file__).parent / "ar" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy": None}


@lru_cache
def translations(language: str) -> NullTranslations:
    """The words in that language; English is its own catalogue."""
    if language != "ar":
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, stored())
    compiled.seek(0)
    return GNUTranslations(compiled)


def stored() -> Catalog:
    """The Arabic catalogue as it is in the repository."""
    with ARABIC.open("rb") as file:
        return read_po(file, locale="ar")


def extracted() -> Catalog:
    """Every message of the templates and of the Python of the pages."""
    with (WEB / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    catalog = Catalog(project="Ihala", charset="utf-8")
    found = extract_from_dir(
        WEB, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for name, line, message, comments, context in found:
        catalog.add(message, None, [(f"web/{name}", line)], auto_comments=comments, context=context)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without Arabic, or with a translation nobody has confirmed."""
    return [str(one.id) for one in catalog if one.id and (one.fuzzy or not all(_strings(one.string)))]


def update() -> list[str]:
    """Bring the Arabic catalogue in line with the source; answers what is left to translate."""
    catalog = stored()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    save(catalog)
    return untranslated(catalog)


def save(catalog: Catalog) -> None:
    """Write the Arabic catalogue, without the headers that change with every writing."""
    written = io.BytesIO()
    write_po(written, catalog, sort_output=True, include_lineno=False, width=120)
    lines = written.getvalue().decode().splitlines(keepends=True)
    ARABIC.write_text("".join(line for line in lines if not line.startswith(_FLEETING)).lstrip(), encoding="utf-8")
    translations.cache_clear()


_FLEETING = tuple(
    f'"{header}' for header in ("POT-", "PO-Rev", "Last-Tr", "Report-", "Language-T", "Generated-By", "Project-Id")
)


def _strings(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, tuple | list) else (str(string or ""),)
