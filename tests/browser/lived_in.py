"""A site where people have worked: cases that wait, are held, are late, done and stuck, and notices about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from engine import Actor, StepUndone, accounts, steps, tasks, worklist
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.cases import open_case
from engine.correction_page import correctable
from engine.jobs.tick import tick
from tests.web.conftest import COORDINATOR, RESPONDER, Site

STORY = "جاء الشخص إلى الخط الساخن صباح اليوم.\nHe speaks Arabic and Amharic, and asks for a doctor."
TAKEN = {"source": "hotline", "story": STORY}
REVIEWED = {"ok": "yes", "note": "كل شيء مكتمل"}


@dataclass(frozen=True, slots=True)
class LivedIn:
    """Ids of what the pages are opened at."""

    site: Site
    drafted: str
    """A task of two sections that the responder has begun."""
    answered: str
    """One whose answers are ready to be checked."""
    free: str
    """A review that nobody has claimed."""
    held: str
    """A review that the second coordinator has claimed."""
    handed_back: str
    done: str
    """A review that is over."""
    closed: str
    """The case of that review."""
    case: str
    """A case whose review is late."""
    entry: str
    """What the responder answered in it."""

    @property
    def ids(self) -> dict[str, str]:
        """What addresses of pages are made of."""
        names = ("drafted", "answered", "free", "held", "handed_back", "done", "closed", "case", "entry")
        return {name: getattr(self, name) for name in names}


def lived_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> LivedIn:
    """Work as people would, over two days."""
    responder, coordinator = who(site, RESPONDER), who(site, COORDINATOR)
    second = who(site, f"{COORDINATOR}.2")
    late = referred(site, responder)
    closed = referred(site, responder)
    done = _review(site, coordinator, closed)
    tasks.complete_task(site.ihala, coordinator, done, REVIEWED)
    site.clock.move_to(site.clock.now() + timedelta(hours=26))
    tick(site.ihala)
    held, handed_back = referred(site, responder), referred(site, responder)
    tasks.claim(site.ihala, second, _review(site, second, held))
    back = _review(site, coordinator, handed_back)
    tasks.claim(site.ihala, coordinator, back)
    tasks.hand_back(site.ihala, coordinator, back, "يلزم الاتصال بالقائم بالتعرّف أولًا")
    drafted, answered, stuck = (_opened(site, responder) for _ in range(3))
    for item_id in (drafted, answered):
        tasks.claim(site.ihala, responder, item_id)
    tasks.save_draft(site.ihala, responder, drafted, {"source": ["police"]})
    tasks.save_draft(site.ihala, responder, answered, {"source": ["police"], "story": [STORY]})
    with monkeypatch.context() as failing:
        failing.setattr(steps, "save", lambda *_: 1 / 0)
        with pytest.raises(StepUndone):
            tasks.complete_task(site.ihala, responder, stuck, TAKEN)
    (entry,) = correctable(site.ihala, responder, late)
    free = _review(site, coordinator, referred(site, responder))
    return LivedIn(site, drafted, answered, free, _review(site, second, held), back, done, closed, late, entry)


def who(site: Site, name: str) -> Actor:
    token = accounts.sign_in(site.ihala, name, DEMONSTRATION_PASSWORD, "")
    actor = accounts.actor_of(site.ihala, token)
    assert actor is not None
    return actor


def _opened(site: Site, responder: Actor) -> str:
    item_id = open_case(site.ihala, responder, "referral")
    assert item_id is not None
    return item_id


def referred(site: Site, responder: Actor) -> str:
    """A case whose referral is taken, so that its review waits; its id."""
    return tasks.complete_task(site.ihala, responder, _opened(site, responder), TAKEN).case_id


def _review(site: Site, coordinator: Actor, case_id: str) -> str:
    rows = worklist.inbox(site.ihala, coordinator, "team").rows
    return next(row.id for row in rows if row.case_id == case_id)
