"""Who may read or act: from role, organisation and case team, as a predicate of every query. The default is no."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Refusal
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that somebody holds inside an organisation."""

    organisation_id: str
    organisation: Text
    role: str
    role_title: Text


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, with every role they hold now."""

    account_id: str
    name: str
    language: str
    memberships: tuple[Membership, ...] = ()
    must_change_password: bool = False

    @property
    def seats(self) -> tuple[tuple[str, str], ...]:
        """(organisation, role) of each membership: what work items and teams are matched with."""
        return tuple((one.organisation_id, one.role) for one in self.memberships)

    def holds(self, role: str) -> bool:
        return any(one.role == role for one in self.memberships)

    def sits(self, organisation_id: str, role: str) -> bool:
        return (organisation_id, role) in self.seats


class NotFound(Refusal):
    """There is no such thing, or the actor may not know that there is: the two look alike on purpose."""

    sentence = Text(
        "This page was not found, or it is not yours to see. Ask the case coordinator if you need it.",
        "لم يُعثر على هذه الصفحة، أو ليس لكم الاطلاع عليها. يُرجى الرجوع إلى منسّق الملف عند الحاجة.",
    )


class NotAllowed(Refusal):
    """The actor may see it but may not do this to it."""

    sentence = Text(
        "Only {expected} may do this. Ask them, or the administrator of your organisation.",
        "يقتصر هذا الإجراء على {expected}. يُرجى الرجوع إليهم أو إلى مدير النظام في جهتكم.",
    )
