"""Who may do what in the studio: process owners draw, those whom the mechanism names decide on releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotAllowed
from engine.persistence import Row, Transaction, author_rows
from engine.releases import current_release
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

PROCESS_OWNER = "process_owner"
OWNERS = Text("process owners and those who decide on releases", "مسؤولي الإجراءات ومن يعتمدون الإصدارات")


@dataclass(frozen=True, slots=True)
class Rules:
    """Who decides on releases: so many people, in any of these roles."""

    needed: int
    roles: tuple[str, ...]


def rules_of(ihala: Ihala, tx: Transaction) -> Rules:
    """What the release in force says of publishing; one process owner's signature where it says nothing."""
    said: Mapping[str, Any] = current_release(ihala, tx).mechanism.settings.get("publishing", {})
    return Rules(max(1, int(said.get("signatures", 1))), tuple(said.get("signed_by", (PROCESS_OWNER,))))


def is_owner(actor: Actor) -> bool:
    return actor.holds(PROCESS_OWNER)


def may_open(ihala: Ihala, actor: Actor) -> bool:
    """Whether the studio stands in the actor's menu; told from the releases in memory, since every page asks."""
    loaded = (one.mechanism.settings.get("publishing", {}) for one in ihala.releases.values())
    signers = {role for said in loaded for role in said.get("signed_by", ())}
    return is_owner(actor) or any(actor.holds(role) for role in signers)


def check_owner(actor: Actor) -> None:
    """Raises `NotAllowed` for whoever is no process owner."""
    if not is_owner(actor):
        raise NotAllowed(expected=OWNERS)


def may_not_sign(tx: Transaction, row: Row[Any]) -> set[str]:
    """Accounts of everybody who made, proposed, works on or has ever changed a draft."""
    return {row.created_by, row.proposed_by, *author_rows.answerable(tx, row.id)} - {None}


def is_reader(ihala: Ihala, tx: Transaction, actor: Actor) -> bool:
    """Whether the actor may look at releases and at what was proposed."""
    return is_owner(actor) or any(actor.holds(role) for role in rules_of(ihala, tx).roles)


def check_reader(ihala: Ihala, tx: Transaction, actor: Actor) -> None:
    """Raises `NotAllowed` for whoever neither draws nor decides."""
    if not is_reader(ihala, tx, actor):
        raise NotAllowed(expected=OWNERS)
