"""Who is active where is kept in memory, and never longer than it is true."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
import sqlalchemy as sa

from engine import journal
from engine.notices import notices
from engine.persistence import journal_rows
from engine.persistence.tables.people import account, directory_version, membership, organisation
from engine.persistence.tables.releases import holiday
from tests.engine.application.office import NOW, Office

CHANGES = {
    "an organisation opens": sa.insert(organisation).values(id="new", kind="hospital", name_en="n", name_ar="n"),
    "an organisation closes": sa.update(organisation).where(organisation.c.id == "hotline").values(is_active=False),
    "an account is made": sa.insert(account).values(id="new", sign_in_name="new", name="New", created_at=NOW),
    "an account is locked out": sa.update(account).where(account.c.id == "colleague").values(disabled_at=NOW),
    "an address changes": sa.update(account).where(account.c.id == "colleague").values(email="other@example.org"),
    "a language changes": sa.update(account).where(account.c.id == "colleague").values(language="en"),
    "a role is given": sa.insert(membership).values(
        id="new", account_id="stranger", organisation_id="hotline", role="responder", granted_at=NOW
    ),
    "a role ends": sa.update(membership).where(membership.c.account_id == "colleague").values(revoked_at=NOW),
    "a role is deleted": sa.delete(membership).where(membership.c.account_id == "colleague"),
    "a holiday is announced": sa.insert(holiday).values(day=date(2026, 3, 2), name_en="d", name_ar="d"),
}


def version(at: Office) -> int:
    with at.ihala.database.reading() as tx:
        found: int = tx.execute(sa.select(directory_version.c.version)).scalar_one()
    return found


def change(at: Office, what: str) -> None:
    with at.ihala.database.writing() as tx:
        tx.execute(CHANGES[what])


@pytest.mark.parametrize("what", CHANGES)
def test_the_directory_is_another_after(at: Office, what: str) -> None:
    before = version(at)
    change(at, what)
    assert version(at) > before


def test_a_new_password_leaves_the_directory_as_it_was(at: Office) -> None:
    before = version(at)
    with at.ihala.database.writing() as tx:
        tx.execute(sa.update(account).values(password_hash="x", must_change_password=True))
    assert version(at) == before


def test_what_was_rolled_back_leaves_the_directory_as_it_was(at: Office) -> None:
    before = version(at)
    with suppress(ZeroDivisionError), at.ihala.database.writing() as tx:
        tx.execute(CHANGES["a role ends"])
        raise ZeroDivisionError
    assert version(at) == before


def test_whoever_was_given_a_role_is_told_of_the_next_task(at: Office) -> None:
    at.take()
    change(at, "a role is given")
    at.take()
    assert [one.kind for one in notices(at.ihala, at.stranger)] == ["new"]


def test_whoever_lost_a_role_is_told_of_no_more(at: Office) -> None:
    at.take()
    before = len(notices(at.ihala, at.colleague))
    change(at, "a role ends")
    at.take()
    assert len(notices(at.ihala, at.colleague)) == before


def test_a_clock_that_starts_after_a_holiday_was_announced_heeds_it(at: Office) -> None:
    at.take()
    change(at, "a holiday is announced")
    with at.ihala.database.reading() as tx:
        assert date(2026, 3, 2) in at.ihala.staffing.now(tx).holidays


def test_an_entry_goes_behind_one_that_was_written_since_the_look(at: Office) -> None:
    stream = journal.of_case(at.take())
    with at.ihala.database.writing() as tx:
        head = journal_rows.head(tx, stream)
        assert head is not None
        seen = journal.End(head.sequence, head.mac)
        journal.append(tx, at.ihala.vault, stream, journal.Entry("case_read", NOW))
        journal.append(tx, at.ihala.vault, stream, journal.Entry("case_read", NOW), seen=seen)
    with at.ihala.database.reading() as tx:
        assert journal.verify(tx, at.ihala.vault, stream) is None
