"""Who may read or act: from role, organisation and case team, as a predicate of every query. The default is no."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import Refusal
from engine.text import Text

if TYPE_CHECKING:
    from engine.persistence import Row
    from engine.releases import Release

DISCLOSURE = "disclosure_scope"
"""The table that opens what another wrote: role, own, classification, purpose, process, stage, grant -> read."""


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


class Sightline:
    """How much of one case an actor sees: by the seats of theirs that stand in its team or have an open item of it."""

    def __init__(
        self,
        actor: Actor,
        team: Iterable[tuple[str, str]],
        asked: Iterable[tuple[str, str]],
        release: Release,
        stage: str,
        refused: Collection[str] = (),
    ) -> None:
        """`asked`: seats with an open item, in the team or not; `refused`: purposes the person says no to now."""
        held = set(actor.seats)
        self._serving = [seat for seat in dict.fromkeys(team) if seat in held]
        self.seats = list(dict.fromkeys([*self._serving, *(seat for seat in asked if seat in held)]))
        self._release, self._stage, self._refused = release, stage, frozenset(refused)
        self._asked: dict[tuple[object, ...], bool] = {}

    @property
    def is_whole(self) -> bool:
        """Answerable for the whole case."""
        return any(self._release.charter.sight(role) == "case" for _, role in self.seats)

    @property
    def is_counts_only(self) -> bool:
        """Sees figures, never a case."""
        return all(self._release.charter.sight(role) == "counts" for _, role in self.seats)

    @property
    def may_act_for_person(self) -> bool:
        """May record what the person says about the whole case: whoever answers for it, or may open such cases."""
        starters = {role for roles in self._release.charter.starts.values() for role in roles}
        return self.is_whole or any(role in starters for _, role in self.seats)

    def is_own(self, row: Row[Any]) -> bool:
        """Written (or to be done) in a seat of the actor that serves the case now; one that left owns nothing."""
        return (row.organisation_id, row.role) in self.seats

    def may_read(self, entry: Row[Any], classification: str, grant: str) -> bool:
        """Own entries, and what the table `disclosure_scope` of the release opens to a seat of the actor in the team.

        Who is only asked (a shelter before it accepts, a service provider) reads what it wrote itself. A field under a
        grant is read only by a rule that names the grant. What was given for a purpose that the person refuses now is
        read by nobody but who answers for the whole case. Without a table only one's own is read.
        """
        if entry.purpose in self._refused and not self.is_whole:
            return False
        if self.is_own(entry) and not grant:
            return True
        about, writer = (classification, entry.purpose, entry.process_id, grant), (entry.organisation_id, entry.role)
        return any(self._asks(seat[1], seat == writer, *about) for seat in self._serving)

    def _asks(self, role: str, own: bool, classification: str, purpose: str, process: str, grant: str) -> bool:
        question = (role, own, classification, purpose, process, grant)
        if question not in self._asked:
            inputs = {"role": role, "own": own, "classification": classification, "purpose": purpose}
            self._asked[question] = self._decide({**inputs, "process": process, "stage": self._stage, "grant": grant})
        return self._asked[question]

    def _decide(self, inputs: dict[str, object]) -> bool:
        mechanism = self._release.mechanism
        if DISCLOSURE not in mechanism.decisions:
            return False
        answer = mechanism.decide(DISCLOSURE, inputs)
        return (answer.get("read") if isinstance(answer, Mapping) else answer) is True
