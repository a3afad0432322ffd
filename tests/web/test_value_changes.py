"""Two operators change a value of a case on the pages of incidents."""

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
from engine.value_changes import proposed
from tests.engine.application.office import Office
from tests.engine.application.test_value_changes import REASON, stopped
from tests.web.conftest import send
from web.app import create_app

LIST = "/administration/incidents"
TYPED = {"variable": "#known.who", "value": '"responder"', "reason": REASON}


@pytest.fixture
def stuck(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """A case that stopped, and two operators; everybody can sign in."""
    at = stopped(sqlite_url, tmp_path)
    with at.ihala.database.writing() as tx:
        hashed = passwords.hashed(DEMONSTRATION_PASSWORD, "demonstration")
        tx.execute(sa.update(account).values(password_hash=hashed, is_demonstration=True, language="en"))
    yield at
    at.ihala.close()


def client(at: Office, name: str) -> FlaskClient:
    signed_in = create_app(at.ihala).test_client()
    send(signed_in, "/sign-in", {"sign_in_name": name, "password": DEMONSTRATION_PASSWORD})
    return signed_in


def page_of(at: Office) -> str:
    return f"{LIST}/{incidents(at.ihala, at.operator)[0].id}/value-change"


def change_of(at: Office) -> str:
    return f"/administration/value-changes/{proposed(at.ihala, at.operator)[0].id}"


def test_the_list_leads_to_the_page(stuck: Office) -> None:
    assert page_of(stuck) in client(stuck, "operator").get(LIST).text


def test_the_page_offers_the_names_of_the_values(stuck: Office) -> None:
    assert 'value="#known.who"' in client(stuck, "operator").get(page_of(stuck)).text


def test_a_proposal_stands_on_the_list(stuck: Office) -> None:
    operator = client(stuck, "operator")
    send(operator, page_of(stuck), TYPED)
    assert "known.who = &#34;responder&#34;" in operator.get(LIST).text


def test_the_other_operator_makes_the_change(stuck: Office) -> None:
    send(client(stuck, "operator"), page_of(stuck), TYPED)
    send(client(stuck, "second"), f"{change_of(stuck)}/approval", {})
    assert proposed(stuck.ihala, stuck.operator) == []


def test_ones_own_proposal_is_not_offered_for_approval(stuck: Office) -> None:
    operator = client(stuck, "operator")
    send(operator, page_of(stuck), TYPED)
    assert f"{change_of(stuck)}/approval" not in operator.get(LIST).text


def test_approving_ones_own_by_its_address_changes_nothing(stuck: Office) -> None:
    operator = client(stuck, "operator")
    send(operator, page_of(stuck), TYPED)
    send(operator, f"{change_of(stuck)}/approval", {})
    assert len(proposed(stuck.ihala, stuck.operator)) == 1


def test_a_proposal_may_be_taken_back(stuck: Office) -> None:
    operator = client(stuck, "operator")
    send(operator, page_of(stuck), TYPED)
    send(operator, f"{change_of(stuck)}/refusal", {})
    assert proposed(stuck.ihala, stuck.operator) == []


def test_without_a_reason_what_was_typed_stands_again(stuck: Office) -> None:
    answer = send(client(stuck, "operator"), page_of(stuck), {**TYPED, "reason": ""})
    assert (answer.status_code, "&#34;responder&#34;" in answer.text) == (422, True)


def test_nobody_else_finds_the_page(stuck: Office) -> None:
    assert client(stuck, "coordinator").get(page_of(stuck)).status_code == 403
