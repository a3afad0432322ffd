"""Keys: one per case, wrapped by the installation's own; what is sealed under a case's key is gone when the key is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import Refusal
from engine.settings import Settings
from engine.text import Text

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
"""AES-256-GCM: format, nonce, ciphertext and tag; 29 bytes more than the plain text."""


class NoKey(Refusal):
    sentence = Text(
        "A key of 32 bytes in base64 was expected in IHALA_KEY or in {path}, and {found}. The operator can provide it.",
        "كان متوقعًا وجود مفتاح طوله 32 بايت بترميز base64 في IHALA_KEY أو في {path}، ولكن {found}. يوفّره مشغّل النظام.",
    )


class CannotOpen(Refusal):
    """Sealed elsewhere, changed since, or under a key that was destroyed."""

    sentence = Text(
        "What is kept in {place} cannot be read: it was changed, moved, or its key was destroyed.",
        "تتعذّر قراءة المحفوظ في {place}: تم تغييره أو نقله أو إتلاف مفتاحه.",
    )


def _seal(key: bytes, plain: bytes, place: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def _open(key: bytes, sealed: bytes, place: str) -> bytes:
    if sealed[:1] != FORMAT:
        raise CannotOpen(place=place)
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, place.encode())
    except InvalidTag:
        raise CannotOpen(place=place) from None


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A case's key as it is stored: `wrapped_by` names the key-encryption key."""

    case_id: str
    generation: int
    wrapped_by: str
    wrapped: bytes


class CaseKey:
    """The opened key of one case, in memory only. Table and row are bound: a value moved elsewhere is refused."""

    def __init__(self, case_id: str, generation: int, key: bytes) -> None:
        self.case_id, self.generation, self._key = case_id, generation, key

    def seal(self, plain: bytes, table: str, row: str) -> bytes:
        return _seal(self._key, plain, f"{table}/{row}/{self.case_id}")

    def open(self, sealed: bytes, table: str, row: str) -> bytes:
        """Raises `CannotOpen` for anything that was not sealed by this key for this very place."""
        return _open(self._key, sealed, f"{table}/{row}/{self.case_id}")

    def __repr__(self) -> str:
        return f"CaseKey({self.case_id}, generation {self.generation})"


class Vault:
    """The installation's key-encryption keys: the present one first, then those that wrapped older ones."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise NoKey(path="the settings", found="no key of that length was found")
        self._keys = {_derived(key, "name of the key")[:6].hex(): key for key in keys}
        self.present, self.oldest = next(iter(self._keys)), list(self._keys)[-1]
        self._for_use: dict[tuple[str, str], bytes] = {}

    def new_key(self, case_id: str, generation: int = 1) -> tuple[CaseKey, WrappedKey]:
        key = secrets.token_bytes(KEY_BYTES)
        return CaseKey(case_id, generation, key), self._wrap(case_id, generation, key)

    def unwrap(self, wrapped: WrappedKey) -> CaseKey:
        place = f"case_key/{wrapped.generation}/{wrapped.case_id}"
        key = _open(self._key(wrapped.wrapped_by, place), wrapped.wrapped, place)
        return CaseKey(wrapped.case_id, wrapped.generation, key)

    def rewrap(self, wrapped: WrappedKey) -> WrappedKey:
        """The same key under the present key-encryption key: rotation never touches what the key sealed."""
        return self._wrap(wrapped.case_id, wrapped.generation, self.unwrap(wrapped)._key)

    def seal(self, plain: bytes, table: str, row: str) -> bytes:
        """Seal what belongs to no single case (a shelter's site, a message between cases)."""
        key = self._use(self.present, "what belongs to no case")
        return self.present.encode() + _seal(key, plain, f"{table}/{row}")

    def open(self, sealed: bytes, table: str, row: str) -> bytes:
        name, place = sealed[:12].decode("ascii", "replace"), f"{table}/{row}"
        self._key(name, place)
        return _open(self._use(name, "what belongs to no case"), sealed[12:], place)

    def blind(self, text: str, use: str) -> bytes:
        """A keyed hash: equal texts are equal, and without the key it says nothing.

        Under the oldest key, so that what was indexed before a rotation is still found after it.
        """
        return hmac.digest(self._use(self.oldest, f"blind {use}"), text.encode(), "sha256")[:16]

    def chain(self, previous: bytes, content: bytes, keyed_by: str) -> bytes:
        """The next link of a journal's chain."""
        self._key(keyed_by, "journal")
        return hmac.digest(self._use(keyed_by, "journal"), previous + content, "sha256")

    def _wrap(self, case_id: str, generation: int, key: bytes) -> WrappedKey:
        sealed = _seal(self._keys[self.present], key, f"case_key/{generation}/{case_id}")
        return WrappedKey(case_id, generation, self.present, sealed)

    def _use(self, name: str, use: str) -> bytes:
        """The key derived for one use, worked out once: every step needs several."""
        if (name, use) not in self._for_use:
            self._for_use[name, use] = _derived(self._keys[name], use)
        return self._for_use[name, use]

    def _key(self, name: str, place: str) -> bytes:
        if name not in self._keys:
            raise CannotOpen(place=place)
        return self._keys[name]

    def __repr__(self) -> str:
        return f"Vault(present key {self.present})"


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"ihala " + use.encode()).derive(key)


def digest(secret: str) -> str:
    """What is stored of a token that was handed out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_vault(settings: Settings) -> Vault:
    """The vault of an installation. The demonstration makes its own key; production must be given one."""
    path = settings.key_file or settings.data_folder / "keys"
    given = settings.key.get_secret_value()
    if given:
        return Vault(_read(given, str(path)))
    if not path.exists():
        if settings.production or settings.key_file:
            raise NoKey(path=path, found="nothing was found")
        _make(path)
    return Vault(_read(path.read_text(encoding="ascii"), str(path)))


def _read(text: str, path: str) -> list[bytes]:
    try:
        return [base64.b64decode(line, validate=True) for line in text.split()]
    except ValueError:
        raise NoKey(path=path, found="something else was found") from None


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process of this installation was quicker
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
