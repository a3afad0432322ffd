"""A short list of safeguards for the small mechanism, an installation that keeps it, and a third process owner."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import uuid4

from engine import Ihala, passwords
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.persistence import administration_rows
from engine.releases import install
from tests.web.conftest import MECHANISM

THIRD_OWNER = "process_owner.ministry.3"
LIST = """# What every release of the small mechanism keeps.
[[safeguard]]
id = "second_person"
name = { en = "Nothing ends unreviewed", ar = "لا ينتهي شيء دون مراجعة" }
meaning = { en = "Every referral is reviewed before it ends.", ar = "تُراجع كل إحالة قبل انتهائها." }
endangers = { en = "whoever nobody looked after.", ar = "من لم يلتفت إليه أحد." }
[[safeguard.proof]]
kind = "before"
reach = { id = "done" }
passing = { id = "review" }

[[safeguard]]
id = "coordinator_reviews"
name = { en = "The coordinator reviews", ar = "المراجعة للمنسّق" }
meaning = { en = "The review is the coordinator's.", ar = "المراجعة من عمل المنسّق." }
endangers = { en = "whoever was turned away.", ar = "من رُدّ." }
enforced = { en = "While a case runs, nobody else receives the task.", ar = "أثناء سير الملف لا يتلقى المهمة غيره." }
[[safeguard.proof]]
kind = "declared"
of = { id = "review" }
has = { role = '"case_coordinator"' }
"""
WITHOUT_ROLE = LIST.partition('[[safeguard]]\nid = "coordinator_reviews"')[0]
"""The list without its second safeguard."""
BYPASS = ('targetRef="review"></bpmn:sequenceFlow>', 'targetRef="done"></bpmn:sequenceFlow>')
"""Steps over the review."""


def settle(ihala: Ihala, folder: Path, content: str = LIST) -> str:
    """Install the small mechanism with a list beside it, once more; what was said."""
    place = folder / uuid4().hex
    shutil.copytree(MECHANISM, place)
    (place / "safeguards.toml").write_text(content, "utf-8")
    return install(ihala, place).text.en


def hire_third_owner(ihala: Ihala) -> None:
    """Two signatures need two people besides whoever proposes."""
    account_id, now = uuid4().hex, ihala.clock.now()
    with ihala.database.writing() as tx:
        administration_rows.insert_account(
            tx,
            id=account_id,
            sign_in_name=THIRD_OWNER,
            name="Third Owner",
            language="en",
            password_hash=passwords.hashed(DEMONSTRATION_PASSWORD, "demonstration"),
            is_demonstration=True,
            created_at=now,
        )
        administration_rows.insert_membership(
            tx, id=uuid4().hex, account_id=account_id, organisation_id="ministry", role="process_owner", granted_at=now
        )
