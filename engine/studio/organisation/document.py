"""The text of `mechanism.toml`: one entry is changed, every comment and everything else stays as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Comment, Item, Table, Whitespace

from engine.errors import Refusal
from engine.text import Text

SETTINGS = "mechanism.toml"
LONGEST_NAME = 200
Edit = Callable[[tomlkit.TOMLDocument], None]


class SettingsUnreadable(Refusal):
    sentence = Text(
        "mechanism.toml cannot be read: {cause}. It can be mended as text under “Files and problems”.",
        "تتعذّر قراءة mechanism.toml: {cause}. يمكن تصحيحه كنص في صفحة «الملفات والمشكلات».",
    )


class Unfit(Refusal):
    """What was typed cannot stand. `field`: the question it belongs to."""

    field = ""


class NameMissing(Unfit):
    sentence = Text(
        "Write the name in both languages, up to 200 letters each.", "يُرجى كتابة الاسم باللغتين، حتى 200 حرف لكل منهما."
    )
    field = "en"


def settings_in(content: bytes) -> dict[str, Any]:
    """What the file says. Raises `SettingsUnreadable`."""
    return dict(_parsed(content).unwrap())


def edited(content: bytes, edit: Edit) -> bytes:
    """The file with one thing changed in it. Raises `SettingsUnreadable`, or what keeps the change from being made."""
    document = _parsed(content)
    edit(document)
    return tomlkit.dumps(document).encode("utf-8")


def part(settings: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """A table of what the file says; an empty one where it says nothing, or what `check` names as wrong."""
    found: Any = settings
    for name in names:
        found = found.get(name, {}) if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}


def text_of(said: object) -> Text:
    """Both names of an entry."""
    return Text(str(said.get("en", "")), str(said.get("ar", ""))) if isinstance(said, Mapping) else Text("", "")


def checked_name(name: Text) -> Text:
    """The name without needless spaces. Raises `NameMissing`."""
    tidy = Text(" ".join(name.en.split()), " ".join(name.ar.split()))
    if not all(0 < len(one) <= LONGEST_NAME and one.isprintable() for one in (tidy.en, tidy.ar)):
        raise NameMissing
    return tidy


def table_in(document: tomlkit.TOMLDocument, *names: str) -> AbstractTable:
    """The table of that name, made where there is none. Raises `SettingsUnreadable` where it is no table."""
    found: Any = document
    for name in names:
        if name not in found:
            append(found, name, tomlkit.table())
        found = found[name]
        if not isinstance(found, AbstractTable):
            raise SettingsUnreadable(cause=Text(f"{'.'.join(names)} is no table", f"{'.'.join(names)} ليس جدولًا"))
    table: AbstractTable = found
    return table


def put(table: AbstractTable, name: str, value: object) -> None:
    """Set an entry of a table where it says something else; a new one stands behind the others."""
    if name not in table:
        append(table, name, tomlkit.item(value))
    elif tomlkit.item(table[name]).unwrap() != value:
        table[name] = value


def named(name: Text) -> Item:
    """`{ en = "...", ar = "..." }`, spaced as the file writes it."""
    en, ar = (tomlkit.string(one).as_string() for one in (name.en, name.ar))
    written: Item = tomlkit.value(f"{{ en = {en}, ar = {ar} }}")
    return written


def append(parent: AbstractTable | tomlkit.TOMLDocument, name: str, item: Item) -> None:
    """Add an entry at the end of a table. Comments there are about what follows in the file: they stay behind it."""
    following = _taken_from_end(_last_table(parent))
    parent.append(name, item)
    behind = item if isinstance(item, Table) else parent
    for one in following:
        behind.add(one)


def remove(parent: AbstractTable, name: str) -> None:
    """Take an entry out. Comments behind a table are about what follows: they stay."""
    item, names = parent[name], list(parent)
    following = _taken_from_end(item) if isinstance(item, Table) else []
    before = names.index(name) - 1
    del parent[name]
    behind = parent[names[before]] if before >= 0 else parent
    for one in following:
        (behind if isinstance(behind, Table) else parent).add(one)


def _last_table(parent: AbstractTable | tomlkit.TOMLDocument) -> Any:
    """The table with which the text of `parent` ends."""
    body = _body(parent)
    last = next((item for key, item in reversed(body) if key is not None), None)
    return _last_table(last) if isinstance(last, Table) and body[-1][1] is last else parent


def _taken_from_end(table: Any) -> list[Comment | Whitespace]:
    """The blank lines and comments at the end of a table, taken out of it."""
    body: list[Any] = _body(table)
    taken: list[Comment | Whitespace] = []
    while body and body[-1][0] is None:
        taken.insert(0, body.pop()[1])
    return taken


def _body(table: Any) -> list[Any]:
    body: list[Any] = (table if isinstance(table, tomlkit.TOMLDocument) else table.value).body
    return body


def _parsed(content: bytes) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(content.decode("utf-8"))
    except (TOMLKitError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsUnreadable(cause=str(error)) from error
