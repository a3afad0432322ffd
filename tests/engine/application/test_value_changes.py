"""Operators change a value of a case by hand: one proposes, another approves, nobody of them sees what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import journal
from engine.access import Actor, NotAllowed, NotFound
from engine.case_page import case_view
from engine.cases import open_case
from engine.declared_values import ReasonMissing, ValueUnreadable
from engine.incidents import incidents
from engine.persistence import case_rows, journal_rows
from engine.persistence.tables.people import account, membership
from engine.persistence.tables.work import notice
from engine.retrying import retry
from engine.steps import StaleStep, StepUndone, key_of, restore
from engine.tasks import complete_task
from engine.value_changes import NameUnknown, SecondPersonNeeded, approve, changeable, decline, propose, proposed
from tests.engine.application.office import NOW, Office, files, office
from tests.engine.execution.diagrams import diagram, end, extensions, path, script, service, start, user

REASON = "The form had no such answer last year."
ROLE = 'if known.who = "nobody" then null else "responder"'


def failing() -> dict[str, bytes]:
    """`take` and `weigh`, then `check`, for which nobody can be found as long as `known.who` is "nobody"."""
    drawn = diagram(
        "help", start(), user("take", ihala_role='"responder"'),
        service("join", "join_team", extensions(inputs={"role": '"case_coordinator"', "organisation": '"ministry"'})),
        script("know", 'known = {who: "nobody"}'), user("weigh", ihala_role='"responder"'),
        user("check", ihala_role=ROLE), end(),
        path("s", "take", "know", "join", "weigh", "check", "e"),
    )  # fmt: skip
    return {"mechanism.toml": files()["mechanism.toml"], "help.bpmn": drawn}


def stopped(database_url: str, folder: Path) -> Office:
    """A case whose second task was answered, but could not be completed; two operators."""
    at = office(database_url, folder, failing())
    complete_task(at.ihala, at.responder, open_case(at.ihala, at.responder, "help") or "", {})
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, at.tasks_of(at.responder)["weigh"], {})
    with at.ihala.database.writing() as tx:
        about = {"id": "second", "sign_in_name": "second", "name": "Second", "email": "", "created_at": NOW}
        tx.execute(sa.insert(account).values(**about))
        seat = {"account_id": "second", "organisation_id": "ministry", "role": "administrator", "granted_at": NOW}
        tx.execute(sa.insert(membership).values(id="second", **seat))
    return at


@pytest.fixture
def stuck(database_url: str, tmp_path: Path) -> Iterator[Office]:
    at = stopped(database_url, tmp_path)
    yield at
    at.ihala.close()


def second(at: Office) -> Actor:
    return replace(at.operator, account_id="second", name="Second")


def incident(at: Office) -> str:
    return incidents(at.ihala, at.operator)[0].id


def case_of(at: Office) -> str:
    return incidents(at.ihala, at.operator)[0].case_id or ""


def suggest(at: Office, name: str = "known.who", value: str = '"responder"', reason: str = REASON) -> str:
    return propose(at.ihala, at.operator, incident(at), "", name, value, reason)


def variables(at: Office, case_id: str) -> dict[str, object]:
    with at.ihala.database.reading() as tx:
        case, key = case_rows.read(tx, case_id), key_of(at.ihala, tx, case_id)
        assert case is not None
        assert key is not None
        return dict(restore(at.ihala, tx, case, key).instance.variables)


def test_a_proposal_alone_changes_nothing(stuck: Office) -> None:
    suggest(stuck)
    assert variables(stuck, case_of(stuck))["known"] == {"who": "nobody"}


def test_a_second_operator_makes_the_change(stuck: Office) -> None:
    case_id = case_of(stuck)
    approve(stuck.ihala, second(stuck), suggest(stuck))
    assert variables(stuck, case_id)["known"] == {"who": "responder"}


def test_nobody_approves_their_own_proposal(stuck: Office) -> None:
    with pytest.raises(SecondPersonNeeded):
        approve(stuck.ihala, stuck.operator, suggest(stuck))


def test_a_change_is_made_once(stuck: Office) -> None:
    change = suggest(stuck)
    approve(stuck.ihala, second(stuck), change)
    with pytest.raises(NotFound):
        approve(stuck.ihala, second(stuck), change)


def test_a_declined_proposal_is_gone(stuck: Office) -> None:
    decline(stuck.ihala, second(stuck), suggest(stuck))
    assert proposed(stuck.ihala, stuck.operator) == []


def test_what_had_stopped_can_be_tried_again_after_it(stuck: Office) -> None:
    approve(stuck.ihala, second(stuck), suggest(stuck))
    retry(stuck.ihala, stuck.operator, incident(stuck))
    assert list(stuck.tasks_of(stuck.responder)) == ["check"]


def test_the_result_of_a_step_that_is_missing_can_be_given(stuck: Office) -> None:
    case_id = case_of(stuck)
    approve(stuck.ihala, second(stuck), suggest(stuck, "check.done", "true"))
    assert variables(stuck, case_id)["check"] == {"done": True}


def test_the_proposal_shows_the_name_and_the_new_value(stuck: Office) -> None:
    suggest(stuck)
    (shown,) = proposed(stuck.ihala, second(stuck))
    assert (shown.name, shown.value, shown.reason, shown.is_own) == ("known.who", '"responder"', REASON, False)


@pytest.mark.parametrize("name", ["nothing", "nothing.of.it", ""])
def test_a_name_that_the_process_does_not_know_is_refused(stuck: Office, name: str) -> None:
    with pytest.raises(NameUnknown):
        suggest(stuck, name)


def test_a_value_that_is_none_is_refused(stuck: Office) -> None:
    with pytest.raises(ValueUnreadable, match=r"known\.who"):
        suggest(stuck, value="1 +")


def test_a_change_needs_a_reason(stuck: Office) -> None:
    with pytest.raises(ReasonMissing):
        suggest(stuck, reason=" ")


def test_whoever_serves_a_case_does_not_change_its_values(stuck: Office) -> None:
    with pytest.raises(NotAllowed):
        changeable(stuck.ihala, stuck.coordinator, incident(stuck))


def test_the_value_is_sealed_in_the_database(stuck: Office) -> None:
    suggest(stuck, value='"Planted Word"')
    with stuck.ihala.database.reading() as tx:
        kept = [bytes(row.sealed) for row in tx.execute(sa.text("SELECT sealed FROM value_change"))]
    assert all(b"Planted Word" not in one for one in kept)


def test_the_journal_names_both_operators(stuck: Office) -> None:
    case_id = case_of(stuck)
    approve(stuck.ihala, second(stuck), suggest(stuck))
    with stuck.ihala.database.reading() as tx:
        rows = journal_rows.entries(tx, journal.of_case(case_id))
        assert journal.verify(tx, stuck.ihala.vault, journal.of_case(case_id)) is None
    assert [(row.event, row.actor_id) for row in rows][-2:] == [
        ("value_change_proposed", "operator"),
        ("value_changed", "second"),
    ]


def test_operators_see_names_and_never_values(stuck: Office) -> None:
    (scope,) = changeable(stuck.ihala, stuck.operator, incident(stuck))
    assert "known.who" in scope.names
    assert "nobody" not in str(scope)


def test_those_answerable_for_the_case_are_told(stuck: Office) -> None:
    approve(stuck.ihala, second(stuck), suggest(stuck))
    with stuck.ihala.database.reading() as tx:
        told = tx.execute(sa.select(notice.c.account_id).where(notice.c.kind == "value_changed")).scalars().all()
    assert told == ["coordinator"]


def test_the_timeline_of_the_case_tells_of_it(stuck: Office) -> None:
    case_id = case_of(stuck)
    suggest(stuck)
    told = [row.text.en for row in case_view(stuck.ihala, stuck.coordinator, case_id).timeline]
    assert told[-1] == f"An operator proposed to change the value 'known.who': {REASON}"


def test_a_part_of_the_case_that_does_not_run_is_not_changed(stuck: Office) -> None:
    with pytest.raises(NotFound):
        propose(stuck.ihala, stuck.operator, incident(stuck), "nowhere", "known.who", "1", REASON)


def test_a_part_that_ended_after_the_proposal_is_not_changed(stuck: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    change = suggest(stuck)
    monkeypatch.setattr("engine.execution.instance.Instance.scopes", lambda one: [])
    with pytest.raises(StaleStep):
        approve(stuck.ihala, second(stuck), change)


def test_a_correction_after_the_change_keeps_it_where_it_still_holds(stuck: Office) -> None:
    case_id = case_of(stuck)
    approve(stuck.ihala, second(stuck), suggest(stuck, "known.more", "3"))
    with stuck.ihala.database.reading() as tx:
        case, key = case_rows.read(tx, case_id), key_of(stuck.ihala, tx, case_id)
        assert case is not None
        assert key is not None
        acts = restore(stuck.ihala, tx, case, key).instance.history.acts()
    assert [(act.kind, dict(act.values)) for act in acts][-1] == ("edit", {"known.more": 3})
