"""How staff sign in and out: sessions, throttling, passwords and their reset by two administrators."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from engine import passwords
from engine.access import Actor, Membership, NotAllowed, NotFound
from engine.application import Ihala
from engine.errors import Refusal
from engine.persistence import account_rows as rows
from engine.releases import current_release
from engine.text import Text

WINDOW = timedelta(minutes=15)
NAME_LIMIT = 5
"""Wrong passwords for one name within the window before it has to wait (OWASP: a handful)."""
ADDRESS_LIMIT = 50
"""Wrong passwords from one address within the window: an agency shares one address."""
RESET_LASTS = timedelta(hours=24)
DEMONSTRATION_PASSWORD = "salam-nile-2026"
"""Of every account of a demonstration; production mode does not start where there are such accounts."""


class SignInRefused(Refusal):
    """Never says which of the two was wrong."""

    sentence = Text(
        "The sign-in name or the password is not right. Your administrator can reset a forgotten password.",
        "اسم الدخول أو كلمة المرور غير صحيح. يمكن لمدير النظام إعادة تعيين كلمة مرور منسية.",
    )


class TooManyAttempts(Refusal):
    sentence = Text(
        "Too many wrong passwords. Please wait {minutes} minutes, then try again.",
        "محاولات خاطئة كثيرة. يُرجى الانتظار {minutes} دقيقة ثم المحاولة من جديد.",
    )


class ResetRefused(Refusal):
    sentence = Text(
        "This code is not valid (any more). Ask two administrators for a new one.",
        "هذا الرمز غير صالح أو انتهت صلاحيته. يُرجى طلب رمز جديد من اثنين من مديري النظام.",
    )


class SecondAdministratorNeeded(Refusal):
    sentence = Text(
        "A reset is approved by a second administrator, neither the one who asked for it nor its owner.",
        "تتطلب إعادة التعيين موافقة مدير نظام ثانٍ، غير الذي طلبها وغير صاحب الحساب.",
    )


@dataclass(frozen=True, slots=True)
class ResetRow:
    """A reset that waits for a second administrator."""

    id: str
    name: str
    sign_in_name: str
    requested_at: datetime
    may_approve: bool


@dataclass(frozen=True, slots=True)
class DemonstrationRow:
    """A sign-in that everybody may know."""

    sign_in_name: str
    role_title: Text
    organisation: Text


def sign_in(ihala: Ihala, sign_in_name: str, password: str, address: str) -> str:
    """A new session's token. Raises `SignInRefused` or `TooManyAttempts`; the same work is done for an unknown name."""
    name, now = sign_in_name.strip().lower(), ihala.clock.now()
    with ihala.database.reading() as connection:
        found: Any = rows.account_by_name(connection, name)
        by_name = rows.failures_since(connection, now - WINDOW, name=name)
        by_address = rows.failures_since(connection, now - WINDOW, address=address)
    if by_name >= NAME_LIMIT or by_address >= ADDRESS_LIMIT:
        raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
    standing = found is not None and found.disabled_at is None
    right = passwords.is_right(found.password_hash if standing else "", password)
    token = secrets.token_urlsafe(32)
    with ihala.database.writing() as connection:
        rows.insert_attempt(
            connection, id=uuid4().hex, sign_in_name=name[:128], address=address[:64], at=now, succeeded=right
        )
        if right:
            _open_session(ihala, connection, token, found.id, now)
    if not right:
        raise SignInRefused
    return token


def actor_of(ihala: Ihala, token: str, *, is_act: bool = True) -> Actor | None:
    """Who holds this session now, None where it has ended; an act keeps it from going idle, what a page asks by itself
    does not."""
    now, digest = ihala.clock.now(), _digest(token)
    idle = timedelta(minutes=ihala.settings.session_minutes)
    with ihala.database.reading() as connection:
        held: Any = rows.session_with_account(connection, digest)
        if held is None or held.disabled_at is not None or now >= min(held.expires_at, held.seen_at + idle):
            return None
        memberships: Any = rows.standing_memberships(connection, held.account_id)
        charter = current_release(ihala, connection).charter
    if is_act and now - held.seen_at > idle / 10:  # not every request writes
        with ihala.database.writing() as connection:
            rows.touch_session(connection, digest, now)
    seats = tuple(
        Membership(one.organisation_id, Text(one.name_en, one.name_ar), one.role, charter.role(one.role).title)
        for one in memberships
    )
    return Actor(held.account_id, held.name, held.language, seats, held.must_change_password)


def has_demonstration_accounts(ihala: Ihala) -> bool:
    """Whether anybody could sign in with the password that everybody knows."""
    with ihala.database.reading() as connection:
        return rows.any_of_demonstration(connection)


def demonstration_sign_ins(ihala: Ihala) -> list[DemonstrationRow]:
    """The first invented person of each role, for the sign-in page of a demonstration; nobody in production."""
    if ihala.settings.production:
        return []
    with ihala.database.reading() as connection:
        charter = current_release(ihala, connection).charter
        found: Any = rows.of_demonstration(connection)
    first = {one.role: one for one in reversed(found)}
    return [
        DemonstrationRow(first[role].sign_in_name, title.title, Text(first[role].name_en, first[role].name_ar))
        for role, title in charter.roles.items()
        if role in first
    ]


def sign_out(ihala: Ihala, token: str) -> None:
    with ihala.database.writing() as connection:
        rows.delete_sessions(connection, token_digest=_digest(token))


def set_language(ihala: Ihala, actor: Actor, language: str) -> None:
    """The language the actor's pages and e-mails come in, `"ar"` or `"en"`."""
    if language in ("ar", "en"):
        with ihala.database.writing() as connection:
            rows.update_account(connection, actor.account_id, language=language)


def change_password(ihala: Ihala, actor: Actor, present: str, new: str) -> None:
    """Ends all sessions of the account. Raises `SignInRefused`, `TooManyAttempts` or `PasswordTooWeak`."""
    now = ihala.clock.now()
    with ihala.database.reading() as connection:
        found: Any = rows.account_by_id(connection, actor.account_id)
        if rows.failures_since(connection, now - WINDOW, name=found.sign_in_name) >= NAME_LIMIT:
            raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
    if not passwords.is_right(found.password_hash, present):
        with ihala.database.writing() as connection:
            rows.insert_attempt(
                connection, id=uuid4().hex, sign_in_name=found.sign_in_name, address="", at=now, succeeded=False
            )
        raise SignInRefused
    _set_password(ihala, found.id, passwords.hashed(new, found.sign_in_name))


def request_reset(ihala: Ihala, actor: Actor, account_id: str) -> None:
    """An administrator asks for somebody's password to be reset; a second one has to approve."""
    require_administrator(actor)
    with ihala.database.writing() as connection:
        if rows.account_by_id(connection, account_id) is None:
            raise NotFound
        rows.insert_reset(
            connection,
            id=uuid4().hex,
            account_id=account_id,
            requested_by=actor.account_id,
            requested_at=ihala.clock.now(),
        )


def resets(ihala: Ihala, actor: Actor) -> list[ResetRow]:
    """Resets that wait for a second administrator."""
    require_administrator(actor)
    with ihala.database.reading() as connection:
        waiting: Any = rows.open_resets(connection)
    return [
        ResetRow(
            one.id,
            one.name,
            one.sign_in_name,
            one.requested_at,
            actor.account_id not in (one.requested_by, one.account_id),
        )
        for one in waiting
    ]


def approve_reset(ihala: Ihala, actor: Actor, reset_id: str) -> str:
    """The code to hand over in person, shown once, good for a day. Raises `SecondAdministratorNeeded`."""
    require_administrator(actor)
    code, now = secrets.token_hex(8), ihala.clock.now()
    with ihala.database.writing() as connection:
        asked: Any = rows.reset_by(connection, reset_id=reset_id)
        if asked is None or asked.approved_at is not None:
            raise NotFound
        if actor.account_id in (asked.requested_by, asked.account_id):
            raise SecondAdministratorNeeded
        rows.update_reset(
            connection,
            reset_id,
            approved_by=actor.account_id,
            approved_at=now,
            token_digest=_digest(code),
            expires_at=now + RESET_LASTS,
        )
    return code


def reset_password(ihala: Ihala, sign_in_name: str, code: str, new: str, address: str) -> None:
    """Set a new password with a code from two administrators; ends all sessions of the account."""
    name, now = sign_in_name.strip().lower(), ihala.clock.now()
    with ihala.database.reading() as connection:
        if rows.failures_since(connection, now - WINDOW, address=address) >= ADDRESS_LIMIT:
            raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
        found: Any = rows.account_by_name(connection, name)
        reset: Any = rows.reset_by(connection, token_digest=_digest(code.strip().lower()))
    fits = found is not None and reset is not None and reset.account_id == found.id
    if not fits or reset.used_at is not None or now >= reset.expires_at:
        with ihala.database.writing() as connection:
            rows.insert_attempt(
                connection, id=uuid4().hex, sign_in_name=name[:128], address=address[:64], at=now, succeeded=False
            )
        raise ResetRefused
    _set_password(ihala, found.id, passwords.hashed(new, name), reset_id=reset.id)


def _set_password(ihala: Ihala, account_id: str, password_hash: str, reset_id: str = "") -> None:
    with ihala.database.writing() as connection:
        rows.update_account(connection, account_id, password_hash=password_hash, must_change_password=False)
        rows.delete_sessions(connection, account_id=account_id)
        if reset_id:
            rows.update_reset(connection, reset_id, used_at=ihala.clock.now())


def _open_session(ihala: Ihala, connection: Any, token: str, account_id: str, now: datetime) -> None:
    expires = now + timedelta(hours=ihala.settings.session_hours)
    rows.insert_session(
        connection, token_digest=_digest(token), account_id=account_id, created_at=now, seen_at=now, expires_at=expires
    )


def require_administrator(actor: Actor) -> None:
    """Raises `NotAllowed` for everybody else."""
    if not actor.holds("administrator"):
        raise NotAllowed(expected=Text("an administrator", "مدير النظام"))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
