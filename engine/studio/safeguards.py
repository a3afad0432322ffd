"""What a release must keep: the list in force, and what it says of the files of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.errors import Refusal
from engine.execution import Proven, Safeguard, check, prove_files, read_list
from engine.persistence import Transaction, safeguard_rows
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.errors import Problem


class SafeguardBroken(Refusal):
    sentence = Text(
        "The release breaks a safeguard and cannot come into force. See what stands above.",
        "الإصدار يخرق إحدى الضمانات فلا يجوز أن يسري. يُرجى الاطلاع على ما ورد أعلاه.",
    )


class SafeguardsChanged(Refusal):
    sentence = Text(
        "The list of safeguards was changed at this moment. Please look at the release again.",
        "تغيّرت قائمة الضمانات في هذه اللحظة. يُرجى الاطلاع على الإصدار من جديد.",
    )


def in_force(tx: Transaction) -> bytes | None:
    """The list in force as it is written; None where the installation has none."""
    row = safeguard_rows.of_status(tx, "in_force")
    return row.content if row else None


def problems(ihala: Ihala, files: Mapping[str, bytes]) -> list[Problem]:
    """Everything that `check` says of the files, and where they break the list in force; the worst first."""
    with ihala.database.reading() as tx:
        return check(files, listed(in_force(tx)))


def proven(ihala: Ihala, files: Mapping[str, bytes]) -> list[Proven]:
    """Every safeguard of the list in force: kept by the files, or broken, and where. The broken ones first."""
    with ihala.database.reading() as tx:
        return proven_by(files, in_force(tx))


def proven_by(files: Mapping[str, bytes], content: bytes | None) -> list[Proven]:
    """The same for any list."""
    return sorted(_proven(tuple(files.items()), content), key=lambda one: one.is_kept)


def listed(content: bytes | None) -> tuple[Safeguard, ...]:
    """The safeguards of a list; none without one."""
    return read_list(content) if content is not None else ()


@lru_cache(maxsize=4)
def _proven(files: tuple[tuple[str, bytes], ...], content: bytes | None) -> tuple[Proven, ...]:
    """Kept for the page that is looked at again: proving takes about a second."""
    return tuple(prove_files(dict(files), listed(content)))
