"""An operator goes on without an operation, on its page: what is shown, what is missing, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from engine import passwords
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.incidents import incidents
from engine.persistence.tables.people import account
from engine.steps import StepUndone
from engine.tasks import complete_task
from tests.engine.application.office import Office, office
from tests.engine.application.test_skipping import DECLARED, failing
from tests.web.conftest import send
from web.app import create_app

LIST = "/administration/incidents"


@pytest.fixture
def stuck(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A case whose first task was answered, but could not be completed; everybody can sign in."""
    at = office(sqlite_url, tmp_path, failing())
    with at.ihala.database.writing() as tx:
        hashed = passwords.hashed(DEMONSTRATION_PASSWORD, "demonstration")
        tx.execute(sa.update(account).values(password_hash=hashed, is_demonstration=True, language="en"))
    with pytest.raises(StepUndone):
        complete_task(at.ihala, at.responder, at.open(), {})
    yield at
    at.ihala.close()


@pytest.fixture
def operator(stuck: Office) -> FlaskClient:
    client = create_app(stuck.ihala).test_client()
    send(client, "/sign-in", {"sign_in_name": "operator", "password": DEMONSTRATION_PASSWORD})
    return client


def page_of(stuck: Office) -> str:
    return f"{LIST}/{incidents(stuck.ihala, stuck.operator)[0].id}/skip"


def declared(**more: str) -> dict[str, str]:
    return {**{f"output:{name}": value for name, value in DECLARED.items()}, **more}


def test_the_list_leads_to_the_page(stuck: Office, operator: FlaskClient) -> None:
    assert page_of(stuck) in operator.get(LIST).text


def test_the_page_asks_for_each_output_of_the_operation(stuck: Office, operator: FlaskClient) -> None:
    assert 'name="output:organisation"' in operator.get(page_of(stuck)).text


def test_the_case_goes_on(stuck: Office, operator: FlaskClient) -> None:
    send(operator, page_of(stuck), declared(reason="The directory had the wrong id."))
    assert list(stuck.tasks_of(stuck.responder)) == ["check"]


def test_without_a_reason_what_was_typed_stands_again(stuck: Office, operator: FlaskClient) -> None:
    answer = send(operator, page_of(stuck), declared(reason=""))
    assert (answer.status_code, "hospital_near" in answer.text) == (422, True)


def test_nobody_else_finds_the_page(stuck: Office) -> None:
    client = create_app(stuck.ihala).test_client()
    send(client, "/sign-in", {"sign_in_name": "coordinator", "password": DEMONSTRATION_PASSWORD})
    assert client.get(page_of(stuck)).status_code == 403
