"""A small installation with two process owners, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import Ihala, accounts
from engine.access import Actor
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.studio import drafts
from engine.studio.stories import play_some
from tests.web.conftest import COORDINATOR, PROCESS_OWNER, RESPONDER, SECOND_OWNER, installed

DIAGRAM, FORM = "referral/referral.bpmn", "referral/take_referral.form"


@dataclass(frozen=True)
class Studio:
    """The installation, and who works in its studio."""

    ihala: Ihala
    owner: Actor
    second: Actor
    responder: Actor
    coordinator: Actor
    base_id: str

    def draft(self, title: str = "Two days to review") -> str:
        return drafts.start(self.ihala, self.owner, self.base_id, title)

    def file(self, draft_id: str, path: str = DIAGRAM) -> bytes:
        return drafts.read_file(self.ihala, self.owner, draft_id, path).content

    def save(self, draft_id: str, path: str, content: bytes) -> None:
        one = drafts.read_file(self.ihala, self.owner, draft_id, path)
        drafts.save_file(self.ihala, self.owner, draft_id, path, content, one.revision)

    def changed(self, old: str = ">P1D<", new: str = ">P2D<") -> str:
        """A draft whose reminder comes after two days."""
        draft_id = self.draft()
        self.save(draft_id, DIAGRAM, self.file(draft_id).replace(old.encode(), new.encode()))
        return draft_id

    def proven(self) -> str:
        """The same, with all its stories played."""
        draft_id = self.changed()
        play_some(self.ihala, self.owner, draft_id, seconds=60)
        return draft_id

    def numbers(self) -> dict[int, str]:
        """Releases by number, with their status."""
        return {row.number: row.status for row in drafts.releases(self.ihala, self.owner)}


@pytest.fixture
def studio(database_url: str, tmp_path: Path) -> Iterator[Studio]:
    with installed(database_url, tmp_path) as site:
        people = [actor_named(site.ihala, name) for name in (PROCESS_OWNER, SECOND_OWNER, RESPONDER, COORDINATOR)]
        base = drafts.releases(site.ihala, people[0])[0]
        yield Studio(site.ihala, *people, base_id=base.id)


def actor_named(ihala: Ihala, name: str) -> Actor:
    found = accounts.actor_of(ihala, accounts.sign_in(ihala, name, DEMONSTRATION_PASSWORD, "127.0.0.1"))
    assert found is not None
    return found
