"""The roles of a draft and the kinds of organisation that hold them: shown with their uses, changed, added, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import tomlkit

from engine.access import Actor, NotFound
from engine.charter import Role, Sight, read_charter
from engine.persistence import account_rows, administration_rows
from engine.studio import drafts
from engine.studio.organisation.document import (
    SETTINGS,
    Edit,
    Unfit,
    append,
    checked_name,
    named,
    part,
    put,
    remove,
    settings_in,
    table_in,
)
from engine.studio.organisation.uses import Use, lists_of, uses_in
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

WORD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST_ID = 64
ROLES, KINDS = "roles", "organisation_kinds"
NEEDED = ("administrator", "process_owner")
"""Roles that the engine itself asks for: without them nobody could keep accounts or draw."""


class IdUnfit(Unfit):
    sentence = Text(
        "An id of small Latin letters, digits and _ that begins with a letter was expected, such as legal_aid.",
        "المطلوب معرّف من حروف لاتينية صغيرة وأرقام و_ يبدأ بحرف، مثل legal_aid.",
    )
    field = "id"


class IdTaken(Unfit):
    sentence = Text("There is an entry with the id “{id}” already.", "المعرّف «{id}» مستخدم بالفعل.")
    field = "id"


class KindUnknown(Unfit):
    sentence = Text(
        "Choose at least one kind of organisation of the list.", "يُرجى اختيار نوع واحد على الأقل من أنواع الجهات."
    )
    field = "held_by"


class SightUnknown(Unfit):
    sentence = Text("Choose how much of a case the role sees.", "يُرجى اختيار مقدار ما يراه الدور من الملف.")
    field = "sees"


class StillUsed(Unfit):
    sentence = Text(
        "“{name}” is still used and cannot be removed: {uses}. First let another take its place there.",
        "«{name}» مستخدم ولا يمكن حذفه: {uses}. يجب أولًا أن يحل غيره محله هناك.",
    )


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with where it has work, what the settings entrust to it, and how many people hold it now."""

    role: Role
    uses: tuple[Use, ...]
    entrusted: tuple[Text, ...]
    people: int
    starts: tuple[str, ...]

    @property
    def is_used(self) -> bool:
        return bool(self.uses or self.entrusted or self.people or self.role.id in NEEDED)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of organisation, the roles it may hold, and how many organisations of it there are."""

    id: str
    name: Text
    roles: tuple[Text, ...]
    organisations: int


@dataclass(frozen=True, slots=True)
class RoleWish:
    """What was asked of a role; `starts`: the processes whose cases it may open."""

    title: Text
    held_by: tuple[str, ...]
    sees: str
    told_outside_team: bool
    starts: tuple[str, ...]


def roles(ihala: Ihala, actor: Actor, release_id: str) -> list[RoleRow]:
    """Every role, in the order of the file. Raises `NotAllowed`, `NotFound`, `SettingsUnreadable`."""
    files = drafts.files(ihala, actor, release_id)
    settings = settings_in(files.get(SETTINGS, b""))
    with ihala.database.reading() as tx:
        people = {one: len(account_rows.holders_of(tx, [one])) for one in part(settings, ROLES)}
    uses = uses_in(files)
    return [
        RoleRow(role, tuple(uses.get(name, ())), tuple(lists_of(settings, name)), people[name], _starts(settings, name))
        for name, role in _charter_roles(settings).items()
    ]


def role(ihala: Ihala, actor: Actor, release_id: str, role_id: str) -> RoleRow:
    """One role. Raises as `roles` does."""
    for row in roles(ihala, actor, release_id):
        if row.role.id == role_id:
            return row
    raise NotFound


def kinds(ihala: Ihala, actor: Actor, release_id: str) -> list[KindRow]:
    """Every kind of organisation, in the order of the file. Raises as `roles` does."""
    settings = settings_in(drafts.files(ihala, actor, release_id).get(SETTINGS, b""))
    with ihala.database.reading() as tx:
        there = [one.kind for one in administration_rows.organisations(tx)]
    known = _charter_roles(settings).values()
    return [
        KindRow(
            name, text, tuple(one.title for one in known if name in one.held_by), sum(name == kind for kind in there)
        )
        for name, text in _named(settings, KINDS).items()
    ]


def changed_role(role_id: str, wish: RoleWish, *, is_new: bool) -> Edit:
    """The edit that makes a role what was asked. It raises `Unfit` where that cannot stand."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        title, table = checked_name(wish.title), table_in(document, ROLES)
        if not wish.held_by or not set(wish.held_by) <= set(table_in(document, KINDS)):
            raise KindUnknown
        if wish.sees not in get_args(Sight):
            raise SightUnknown
        if is_new:
            _check_new(role_id, table)
            append(table, role_id, tomlkit.table())
        elif role_id not in table:
            raise NotFound
        one = table_in(document, ROLES, role_id)
        put(one, "en", title.en)
        put(one, "ar", title.ar)
        put(one, "held_by", list(wish.held_by))
        if wish.told_outside_team or "told_outside_team" in one:
            put(one, "told_outside_team", wish.told_outside_team)
        if wish.sees != one.get("sees", "own"):
            put(one, "sees", wish.sees)
        _set_starts(document, role_id, wish.starts)

    return edit


def removed_role(row: RoleRow) -> Edit:
    """The edit that takes a role out. It raises `StillUsed`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        if row.is_used:
            said = [use.name for use in row.uses] + list(row.entrusted)
            said += [_PEOPLE.format(count=row.people)] if row.people else []
            said += [_ENGINE] if row.role.id in NEEDED else []
            raise StillUsed(name=row.role.title, uses=_listed(said))
        remove(table_in(document, ROLES), row.role.id)

    return edit


def changed_kind(kind_id: str, name: Text, *, is_new: bool) -> Edit:
    """The edit that adds a kind of organisation, or gives one another name. It raises `Unfit`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        tidy, table = checked_name(name), table_in(document, KINDS)
        if is_new:
            _check_new(kind_id, table)
            append(table, kind_id, named(tidy))
        elif kind_id not in table:
            raise NotFound
        else:
            one = table_in(document, KINDS, kind_id)
            put(one, "en", tidy.en)
            put(one, "ar", tidy.ar)

    return edit


def removed_kind(row: KindRow) -> Edit:
    """The edit that takes a kind of organisation out. It raises `StillUsed`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        if row.roles or row.organisations:
            said = [*row.roles, *([_PLACES.format(count=row.organisations)] if row.organisations else [])]
            raise StillUsed(name=row.name, uses=_listed(said))
        remove(table_in(document, KINDS), row.id)

    return edit


def processes_in(files: Mapping[str, bytes]) -> list[str]:
    """The processes that a role may be let open: diagrams are called as their process is."""
    return sorted(path.rpartition("/")[2].removesuffix(".bpmn") for path in files if path.endswith(".bpmn"))


def _set_starts(document: tomlkit.TOMLDocument, role_id: str, wanted: tuple[str, ...]) -> None:
    starts = table_in(document, "routing", "starts")
    for process in dict.fromkeys([*starts, *wanted]):
        before = [str(one) for one in starts.get(process, [])]
        after = [one for one in before if one != role_id or process in wanted]
        after += [role_id] if process in wanted and role_id not in before else []
        put(starts, process, after)


def _starts(settings: Mapping[str, Any], role_id: str) -> tuple[str, ...]:
    return tuple(process for process, roles in part(settings, "routing", "starts").items() if role_id in roles)


def _charter_roles(settings: Mapping[str, Any]) -> Mapping[str, Role]:
    """The roles as the charter reads them; what is no role, or held by no list, is said among the problems."""
    known = {}
    for name, said in part(settings, ROLES).items():
        if isinstance(said, Mapping):
            held_by = said.get("held_by")
            known[name] = {**said, "held_by": held_by if isinstance(held_by, list) else []}
    return read_charter({"roles": known}).roles


def _named(settings: Mapping[str, Any], name: str) -> dict[str, Text]:
    said = part(settings, name).items()
    return {key: Text(str(one.get("en", "")), str(one.get("ar", ""))) for key, one in said if isinstance(one, Mapping)}


def _check_new(new_id: str, table: Mapping[str, Any]) -> None:
    if not WORD.fullmatch(new_id) or len(new_id) > LONGEST_ID:
        raise IdUnfit
    if new_id in table:
        raise IdTaken(id=new_id)


def _listed(said: list[Text]) -> Text:
    return Text("; ".join(one.en for one in said), "؛ ".join(one.in_("ar") for one in said))


_PEOPLE = Text("people who hold it: {count}", "أشخاص يشغلونه: {count}")
_PLACES = Text("organisations of this kind: {count}", "جهات من هذا النوع: {count}")
_ENGINE = Text("the installation itself needs it", "يحتاج إليه النظام نفسه")
