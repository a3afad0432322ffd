"""Who signs releases and who stands in for a role that nobody holds, as a draft would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import tomlkit

from engine.access import Actor
from engine.forms.digits import western
from engine.persistence import account_rows
from engine.studio import drafts
from engine.studio.organisation.document import SETTINGS, Edit, Unfit, part, put, settings_in, table_in
from engine.studio.organisation.roles import ROLES
from engine.studio.people import PROCESS_OWNER, Rules, rules_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

LONGEST_NUMBER = 3


class SignersUnfit(Unfit):
    sentence = Text("Choose at least one role that signs.", "يُرجى اختيار دور واحد على الأقل للاعتماد.")
    field = "signed_by"


class NumberUnfit(Unfit):
    sentence = Text(
        "A number of signatures from 1 to {most} was expected: so many people beside the maker of a draft hold these "
        "roles now. With more, no release could come into force.",
        "المطلوب عدد توقيعات من 1 إلى {most}: هذا عدد من يشغلون هذه الأدوار الآن سوى من أعدّ المسودة. "
        "بأكثر من ذلك لا يمكن أن يسري أي إصدار.",
    )
    field = "signatures"


class RoleUnknown(Unfit):
    sentence = Text("Choose a role of the list.", "يُرجى اختيار دور من القائمة.")
    field = "fallback_role"


@dataclass(frozen=True, slots=True)
class Deciding:
    """What the draft says, beside what decides on this very draft: the release in force."""

    signatures: int
    signed_by: tuple[str, ...]
    fallback_role: str
    in_force: Rules


def deciding(ihala: Ihala, actor: Actor, release_id: str) -> Deciding:
    """Raises `NotAllowed`, `NotFound`, `SettingsUnreadable`."""
    settings = settings_in(drafts.files(ihala, actor, release_id).get(SETTINGS, b""))
    said, number = part(settings, "publishing"), part(settings, "publishing").get("signatures", 1)
    signers = said.get("signed_by", (PROCESS_OWNER,))
    with ihala.database.reading() as tx:
        rules = rules_of(ihala, tx)
    return Deciding(
        number if isinstance(number, int) else 1,
        tuple(signers) if isinstance(signers, list | tuple) else (),
        str(part(settings, "routing").get("fallback_role", "")),
        rules,
    )


def most_signatures(ihala: Ihala, roles: list[str]) -> int:
    """How many may be asked for at most: everybody who holds one of these roles now, but for whoever made the draft."""
    with ihala.database.reading() as tx:
        return len(account_rows.holders_of(tx, roles)) - 1


def changed_signing(ihala: Ihala, roles: list[str], typed: str) -> Edit:
    """The edit that sets who signs and how many must. It raises `Unfit`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        known = table_in(document, ROLES)
        if not roles or not set(roles) <= set(known):
            raise SignersUnfit
        most = max(1, most_signatures(ihala, roles))
        number = western(typed.strip())
        if not number.isdecimal() or len(number) > LONGEST_NUMBER or not 1 <= int(number) <= most:
            raise NumberUnfit(most=most)
        table = table_in(document, "publishing")
        put(table, "signed_by", [role for role in known if role in roles])
        put(table, "signatures", int(number))

    return edit


def changed_fallback(role: str) -> Edit:
    """The edit that says who stands in where nobody holds a role. It raises `Unfit`."""

    def edit(document: tomlkit.TOMLDocument) -> None:
        if role not in table_in(document, ROLES):
            raise RoleUnknown
        put(table_in(document, "routing"), "fallback_role", role)

    return edit
