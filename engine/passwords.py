"""Passwords: hashed with argon2, compared in the same time whether or not the account exists."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from engine.errors import Refusal
from engine.text import Text

SHORTEST = 12
"""Fewest characters of a password: length protects better than rules about signs (NIST SP 800-63B)."""
LONGEST = 200

_HASHER = PasswordHasher()


class PasswordTooWeak(Refusal):
    sentence = Text(
        "A password of at least {shortest} characters that does not contain your sign-in name was expected.",
        "المطلوب كلمة مرور من {shortest} حرفًا على الأقل ولا تتضمن اسم الدخول.",
    )


def hashed(password: str, sign_in_name: str) -> str:
    """The hash to keep; raises `PasswordTooWeak`."""
    if not SHORTEST <= len(password) <= LONGEST or sign_in_name.lower() in password.lower():
        raise PasswordTooWeak(shortest=SHORTEST)
    return _HASHER.hash(password)


def is_right(password_hash: str, password: str) -> bool:
    """Whether it is the password; without a hash the answer is no, after as much work."""
    try:
        return _HASHER.verify(password_hash or _nobodys_hash(), password[:LONGEST]) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("nobody has this password")
