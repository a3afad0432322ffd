"""What administrators keep: organisations, the people in them and the roles they hold. Every change is journalled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from engine import journal
from engine.access import Actor, NotFound
from engine.accounts import require_administrator
from engine.application import Ihala
from engine.charter import Charter
from engine.errors import Refusal
from engine.persistence import Transaction, account_rows
from engine.persistence import administration_rows as rows
from engine.releases import current_release
from engine.text import Text

SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
FEWEST_ADMINISTRATORS = 2
"""Two administrators are needed to reset a password: the last two cannot go."""


class SignInNameUnfit(Refusal):
    sentence = Text(
        "A sign-in name of 3 to 64 small Latin letters, digits, dots or dashes that nobody has yet was expected.",
        "المطلوب اسم دخول من 3 إلى 64 حرفًا لاتينيًا صغيرًا أو رقمًا أو نقطة أو شرطة، لم يُستخدم من قبل.",
    )


class NotOwnRole(Refusal):
    sentence = Text(
        "Nobody changes their own roles. Another administrator can do it.",
        "لا يغيّر أحد أدواره بنفسه. يمكن لمدير نظام آخر القيام بذلك.",
    )


class TooFewAdministrators(Refusal):
    sentence = Text(
        "At least {fewest} administrators have to stay. Give the role to somebody else first.",
        "يجب أن يبقى {fewest} من مديري النظام على الأقل. يُرجى منح الدور لشخص آخر أولًا.",
    )


class RoleUnfit(Refusal):
    sentence = Text(
        "The role {role} is not held by organisations of the kind {kind}.",
        "لا تشغل الجهات من نوع {kind} الدور {role}.",
    )


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    id: str
    name: Text
    kind: Text
    governorate: str
    is_active: bool
    people: int


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One role of one person."""

    id: str
    account_id: str
    name: str
    sign_in_name: str
    role: Text
    is_disabled: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation with its people; `roles`: those its kind may hold."""

    organisation: OrganisationRow
    memberships: list[MembershipRow]
    roles: dict[str, Text]


def organisations(ihala: Ihala, actor: Actor) -> list[OrganisationRow]:
    """Every organisation."""
    require_administrator(actor)
    with ihala.database.reading() as tx:
        kinds = current_release(ihala, tx).mechanism.organisation_kinds
        return [_organisation(one, kinds, one.people) for one in rows.organisations(tx)]


def organisation(ihala: Ihala, actor: Actor, organisation_id: str) -> OrganisationView:
    require_administrator(actor)
    with ihala.database.reading() as tx:
        found = _found(rows.organisation_by_id(tx, organisation_id))
        release = current_release(ihala, tx)
        members = rows.memberships_in(tx, organisation_id)
    shown = [
        MembershipRow(
            one.id,
            one.account_id,
            one.name,
            one.sign_in_name,
            release.charter.role(one.role).title,
            one.disabled_at is not None,
            one.account_id == actor.account_id,
        )
        for one in members
    ]
    people = len({one.account_id for one in members})
    row = _organisation(found, release.mechanism.organisation_kinds, people)
    return OrganisationView(row, shown, _roles_of(release.charter, found.kind))


def create_account(
    ihala: Ihala, actor: Actor, organisation_id: str, role: str, sign_in_name: str, name: str, email: str = ""
) -> str:
    """A new person in a role; their first password comes by a reset that a second administrator approves."""
    require_administrator(actor)
    account_id, now = uuid4().hex, ihala.clock.now()
    with ihala.database.writing() as tx:
        wanted = sign_in_name.strip().lower()
        if not SIGN_IN_NAME.fullmatch(wanted) or account_rows.account_by_name(tx, wanted) is not None:
            raise SignInNameUnfit
        _check_role(ihala, tx, organisation_id, role)
        rows.insert_account(
            tx, id=account_id, sign_in_name=wanted, name=name.strip() or wanted, email=email.strip(), created_at=now
        )
        _grant(ihala, tx, actor, account_id, organisation_id, role)
        account_rows.insert_reset(
            tx, id=uuid4().hex, account_id=account_id, requested_by=actor.account_id, requested_at=now
        )
        _journal(ihala, tx, actor, "account_created", account_id)
    return account_id


def grant_role(ihala: Ihala, actor: Actor, account_id: str, organisation_id: str, role: str) -> None:
    """Give somebody a role; one they hold already stays as it is."""
    require_administrator(actor)
    if account_id == actor.account_id:
        raise NotOwnRole
    with ihala.database.writing() as tx:
        _found(account_rows.account_by_id(tx, account_id))
        _check_role(ihala, tx, organisation_id, role)
        if not rows.holds(tx, account_id, organisation_id, role):
            _grant(ihala, tx, actor, account_id, organisation_id, role)


def revoke_role(ihala: Ihala, actor: Actor, membership_id: str) -> None:
    require_administrator(actor)
    with ihala.database.writing() as tx:
        found = _found(rows.membership_by_id(tx, membership_id))
        if found.account_id == actor.account_id:
            raise NotOwnRole
        before = rows.active_holders(tx, "administrator")
        rows.revoke(tx, membership_id, ihala.clock.now())
        _keep_administrators(tx, before)
        _journal(ihala, tx, actor, "role_revoked", found.account_id, found.organisation_id, found.role)


def set_disabled(ihala: Ihala, actor: Actor, account_id: str, is_disabled: bool) -> None:
    """Lock somebody out at once, ending their sessions, or let them in again."""
    require_administrator(actor)
    if account_id == actor.account_id:
        raise NotOwnRole
    with ihala.database.writing() as tx:
        _found(account_rows.account_by_id(tx, account_id))
        before = rows.active_holders(tx, "administrator")
        account_rows.update_account(tx, account_id, disabled_at=ihala.clock.now() if is_disabled else None)
        account_rows.delete_sessions(tx, account_id=account_id)
        _keep_administrators(tx, before)
        _journal(ihala, tx, actor, "account_disabled" if is_disabled else "account_enabled", account_id)


def _grant(ihala: Ihala, tx: Transaction, actor: Actor, account_id: str, organisation_id: str, role: str) -> None:
    rows.insert_membership(
        tx,
        id=uuid4().hex,
        account_id=account_id,
        organisation_id=organisation_id,
        role=role,
        granted_by=actor.account_id,
        granted_at=ihala.clock.now(),
    )
    _journal(ihala, tx, actor, "role_granted", account_id, organisation_id, role)


def _check_role(ihala: Ihala, tx: Transaction, organisation_id: str, role: str) -> None:
    found = _found(rows.organisation_by_id(tx, organisation_id))
    release = current_release(ihala, tx)
    if role not in _roles_of(release.charter, found.kind):
        kinds = release.mechanism.organisation_kinds
        raise RoleUnfit(role=release.charter.role(role).title, kind=kinds.get(found.kind, Text(found.kind, found.kind)))


def _keep_administrators(tx: Transaction, before: int) -> None:
    """Nobody may take away one of the last administrators."""
    left = rows.active_holders(tx, "administrator")
    if left < before and left < FEWEST_ADMINISTRATORS:
        raise TooFewAdministrators(fewest=FEWEST_ADMINISTRATORS)


def _roles_of(charter: Charter, kind: str) -> dict[str, Text]:
    return {role.id: role.title for role in charter.roles.values() if kind in role.held_by}


def _journal(
    ihala: Ihala, tx: Transaction, actor: Actor, event: str, account_id: str, organisation_id: str = "", role: str = ""
) -> None:
    entry = journal.Entry(
        event,
        ihala.clock.now(),
        actor_id=actor.account_id,
        organisation_id=organisation_id,
        role=role,
        element=account_id,
    )
    journal.append(tx, ihala.vault, "accounts", entry)


def _organisation(row: Any, kinds: Any, people: int) -> OrganisationRow:
    kind = kinds.get(row.kind, Text(row.kind, row.kind))
    return OrganisationRow(row.id, Text(row.name_en, row.name_ar), kind, row.governorate, row.is_active, people)


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
