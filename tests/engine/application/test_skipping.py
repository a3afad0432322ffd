"""Operators go on without an operation that cannot be carried out: with declared outputs and a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import journal
from engine.access import NotAllowed
from engine.cases import open_case
from engine.declared_values import ReasonMissing, ValueUnreadable
from engine.incidents import incidents
from engine.persistence import journal_rows
from engine.persistence.tables.cases import team_member
from engine.skipping import NothingToSkip, skip, skippable
from engine.steps import StepUndone
from engine.tasks import complete_task
from tests.engine.application.office import Office, files, office
from tests.engine.execution.diagrams import diagram, end, extensions, gateway, many, path, service, start, user
from tests.engine.execution.diagrams import flow as arrow

NOWHERE = {"role": '"doctor"', "organisation": '"nowhere"'}
DECLARED = {"organisation": '"hospital_near"'}


def failing() -> dict[str, bytes]:
    """`take`, then an organisation that does not exist is to join; where it has, `check`."""
    drawn = diagram(
        "help", start(), user("take", ihala_role='"responder"'),
        service("join", "join_team", extensions(inputs=NOWHERE)),
        gateway("exclusive", "where", "where-e"), user("check", ihala_role='"responder"'), end(),
        path("s", "take", "join", "where", "e"), arrow("where", "check", 'join.organisation = "hospital_near"'),
        path("check", "e"),
    )  # fmt: skip
    return {"mechanism.toml": files()["mechanism.toml"], "help.bpmn": drawn}


@pytest.fixture
def stuck(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """A case whose first task was answered, but could not be completed."""
    at = office(database_url, tmp_path, failing())
    item_id = open_case(at.ihala, at.responder, "help")
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, item_id or "", {})
    yield at
    at.ihala.close()


def incident(at: Office) -> str:
    return incidents(at.ihala, at.operator)[0].id


def test_an_operation_that_failed_may_be_skipped(stuck: Office) -> None:
    assert [one.may_skip for one in incidents(stuck.ihala, stuck.operator)] == [True]


def test_the_outputs_to_declare_are_those_of_the_operation(stuck: Office) -> None:
    assert set(skippable(stuck.ihala, stuck.operator, incident(stuck)).outputs) == {"organisation"}


def test_the_case_goes_on_with_the_declared_outputs(stuck: Office) -> None:
    skip(stuck.ihala, stuck.operator, incident(stuck), DECLARED, "The directory had the wrong id.")
    assert list(stuck.tasks_of(stuck.responder)) == ["check"]


def test_the_incident_is_resolved_by_it(stuck: Office) -> None:
    skip(stuck.ihala, stuck.operator, incident(stuck), DECLARED, "The directory had the wrong id.")
    assert incidents(stuck.ihala, stuck.operator) == []


def test_the_journal_names_the_operator_and_the_person_who_did_the_task(stuck: Office) -> None:
    case_id = incidents(stuck.ihala, stuck.operator)[0].case_id or ""
    skip(stuck.ihala, stuck.operator, incident(stuck), DECLARED, "The directory had the wrong id.")
    with stuck.ihala.database.reading() as tx:
        rows = journal_rows.entries(tx, journal.of_case(case_id))
        assert journal.verify(tx, stuck.ihala.vault, journal.of_case(case_id)) is None
    assert [(one.event, one.actor_id) for one in rows[-2:]] == [
        ("operation_skipped", "operator"),
        ("task_completed", "responder"),
    ]


def test_nobody_else_may_skip(stuck: Office) -> None:
    with pytest.raises(NotAllowed):
        skip(stuck.ihala, stuck.coordinator, incident(stuck), DECLARED, "Why not?")


def test_a_reason_is_needed(stuck: Office) -> None:
    with pytest.raises(ReasonMissing):
        skip(stuck.ihala, stuck.operator, incident(stuck), DECLARED, " ")


def test_an_output_that_is_no_value_is_refused(stuck: Office) -> None:
    with pytest.raises(ValueUnreadable, match="organisation"):
        skip(stuck.ihala, stuck.operator, incident(stuck), {"organisation": "hospital ["}, "A typing error.")


def test_what_is_no_operation_cannot_be_skipped(stuck: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    skip(stuck.ihala, stuck.operator, incident(stuck), DECLARED, "The directory had the wrong id.")
    with monkeypatch.context() as broken:
        broken.setattr("engine.steps.save", lambda *_: 1 / 0)
        with pytest.raises(StepUndone):
            complete_task(stuck.ihala, stuck.responder, stuck.tasks_of(stuck.responder)["check"], {})
    with pytest.raises(NothingToSkip):
        skippable(stuck.ihala, stuck.operator, incident(stuck))


# Several operations of one element ----------------------------------------------------------------------------------
def joining() -> dict[str, bytes]:
    """`take`, then three organisations are to join; of the second nobody knows."""
    places = '["hospital_near", "nowhere", "hospital_far"]'
    inputs = {"role": '"doctor"', "organisation": "place"}
    each = many(ihala_collection=places, ihala_item="place")
    drawn = diagram(
        "help", start(), user("take", ihala_role='"responder"'),
        service("join", "join_team", extensions(inputs=inputs), each), end(), path("s", "take", "join", "e"),
    )  # fmt: skip
    return {"mechanism.toml": files()["mechanism.toml"], "help.bpmn": drawn}


def test_only_the_operation_that_failed_is_left_out(database_url: str, tmp_path: Path) -> None:
    at = office(database_url, tmp_path, joining())
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, open_case(at.ihala, at.responder, "help") or "", {})
    case_id = incidents(at.ihala, at.operator)[0].case_id or ""
    skip(at.ihala, at.operator, incident(at), DECLARED, "The directory had the wrong id.")
    with at.ihala.database.reading() as tx:
        query = sa.select(team_member.c.organisation_id).where(team_member.c.case_id == case_id)
        joined = set(tx.execute(query).scalars())
    at.ihala.close()
    assert joined == {"hotline", "hospital_near", "hospital_far"}
