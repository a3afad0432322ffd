"""What the worker does between the requests of people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.case_page import case_view
from engine.cases import open_case
from engine.deliveries import receive_message
from engine.incidents import incidents
from engine.jobs.mail import send_waiting
from engine.jobs.rotation import rewrap_keys
from engine.jobs.tick import tick
from engine.notices import demonstration_mail, mark_read, notices
from engine.releases import install
from engine.settings import Settings
from engine.tasks import complete_task, take_over
from engine.vault import Vault, open_vault
from engine.worklist import counts, inbox
from tests.engine.application.office import Office, files, later, office
from tests.engine.execution.diagrams import (
    catch,
    declare,
    diagram,
    element,
    end,
    event,
    extensions,
    path,
    service,
    start,
    throw,
    user,
)


def test_an_email_carries_a_case_number_and_no_more(at: Office) -> None:
    sent: list[EmailMessage] = []
    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    send_waiting(at.ihala, lambda _, mail: sent.append(mail))
    assert sent[0].get_content() == "تولّى زميل مهمتكم في الملف 1.\n\nhttp://127.0.0.1:8000\n"


def test_an_email_is_sent_once(at: Office) -> None:
    sent: list[EmailMessage] = []
    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    for _ in range(2):
        send_waiting(at.ihala, lambda _, mail: sent.append(mail))
    assert len(sent) == 1


def test_an_email_that_failed_is_tried_again_later(at: Office) -> None:
    def refuse(settings: Settings, mail: EmailMessage) -> None:
        raise ConnectionRefusedError

    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    send_waiting(at.ihala, refuse)
    at.clock.move_to(later(1))
    assert send_waiting(at.ihala, lambda *_: None) == 1


def test_without_a_mail_server_people_see_what_would_be_sent(at: Office) -> None:
    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    tick(at.ihala)
    assert [(row.to, row.sent_at) for row in demonstration_mail(at.ihala, at.responder)] == [
        ("responder@example.org", None)
    ]


def test_a_notice_that_was_read_counts_no_more(at: Office) -> None:
    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    mark_read(at.ihala, at.responder, [one.id for one in notices(at.ihala, at.responder)])
    assert counts(at.ihala, at.responder).notices == 0


def test_a_rotated_key_opens_the_cases_of_the_one_before(at: Office) -> None:
    case_id = at.take()
    before = open_vault(at.ihala.settings)._keys.values()
    new = os.urandom(32)
    at.ihala.vault = Vault([new, *before])
    rewrap_keys(at.ihala)
    at.ihala.vault = Vault([new])
    assert case_view(at.ihala, at.responder, case_id).record[0].answers[0].value.en == "Zahra Planted"


def test_the_same_folder_is_no_new_release(at: Office) -> None:
    assert install(at.ihala, at.ihala.settings.workflows).status == "known"


def test_a_changed_folder_is_only_a_draft(at: Office) -> None:
    charter = at.ihala.settings.workflows / "mechanism.toml"
    charter.write_text(charter.read_text() + "\n# changed\n")
    assert install(at.ihala, at.ihala.settings.workflows).status == "draft"


def messengers() -> dict[str, bytes]:
    """`help` waits for `bell`; `caller` rings it in whatever case waits for it."""
    declared = declare("message", "bell")
    waiting = diagram(
        "help", start(), user("take", ihala_role='"responder"'),
        catch("hear", event("message", "bell"), ihala_reach="mechanism"),
        user("answer", ihala_role='"responder"'), end(), path("s", "take", "hear", "answer", "e"), declared=declared,
    )  # fmt: skip
    calling = diagram(
        "caller", start(), user("dial", ihala_role='"responder"'),
        throw("ring", event("message", "bell"), ihala_reach="mechanism"), end(),
        path("s", "dial", "ring", "e"), declared=declared,
    )  # fmt: skip
    charter = files()["mechanism.toml"].replace(b"starts = {", b'starts = { caller = ["responder"],')
    return {"mechanism.toml": charter, "help.bpmn": waiting, "caller.bpmn": calling}


@pytest.fixture
def ringing(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path, messengers())
    yield opened
    opened.ihala.close()


def test_a_message_reaches_the_one_case_that_waits_for_it(ringing: Office) -> None:
    waiting = open_case(ringing.ihala, ringing.responder, "help")
    calling = open_case(ringing.ihala, ringing.responder, "caller")
    complete_task(ringing.ihala, ringing.responder, waiting or "", {})
    complete_task(ringing.ihala, ringing.responder, calling or "", {})
    tick(ringing.ihala)
    assert list(ringing.tasks_of(ringing.responder)) == ["answer"]


def test_a_message_from_outside_reaches_the_case_that_waits_for_it(ringing: Office) -> None:
    complete_task(ringing.ihala, ringing.responder, open_case(ringing.ihala, ringing.responder, "help") or "", {})
    receive_message(ringing.ihala, "bell", {}, message_id="post 1")
    tick(ringing.ihala)
    assert list(ringing.tasks_of(ringing.responder)) == ["answer"]


def test_a_message_that_comes_again_is_known(ringing: Office) -> None:
    complete_task(ringing.ihala, ringing.responder, open_case(ringing.ihala, ringing.responder, "help") or "", {})
    receive_message(ringing.ihala, "bell", {}, message_id="post 1")
    tick(ringing.ihala)
    assert not receive_message(ringing.ihala, "bell", {}, message_id="post 1")


def test_a_message_waits_for_the_case_that_will_wait_for_it(ringing: Office) -> None:
    receive_message(ringing.ihala, "bell", {}, message_id="post 1")
    tick(ringing.ihala)
    complete_task(ringing.ihala, ringing.responder, open_case(ringing.ihala, ringing.responder, "help") or "", {})
    tick(ringing.ihala)
    assert list(ringing.tasks_of(ringing.responder)) == ["answer"]


def test_a_message_that_fits_two_cases_is_given_to_none(ringing: Office) -> None:
    for _ in range(2):
        complete_task(ringing.ihala, ringing.responder, open_case(ringing.ihala, ringing.responder, "help") or "", {})
    receive_message(ringing.ihala, "bell", {}, message_id="post 1")
    tick(ringing.ihala)
    assert (ringing.tasks_of(ringing.responder), acts(ringing)) == ({}, ["message"])


def test_a_message_that_nobody_waits_for_ends_as_an_incident(ringing: Office) -> None:
    receive_message(ringing.ihala, "bell", {}, message_id="post 1")
    ringing.clock.move_to(later(31 * 24))
    tick(ringing.ihala)
    assert acts(ringing) == ["message"]


def test_a_message_begins_the_process_that_starts_with_it(database_url: str, tmp_path: Path) -> None:
    at = office(database_url, tmp_path, begun_by_bell(user("take", ihala_role='"responder"')))
    receive_message(at.ihala, "bell", {}, message_id="post 1")
    for _ in range(2):
        tick(at.ihala)
    assert list(at.tasks_of(at.responder)) == ["take"]
    at.ihala.close()


def test_eight_workers_begin_one_case_by_one_message(database_url: str, tmp_path: Path) -> None:
    at = office(database_url, tmp_path, begun_by_bell(user("take", ihala_role='"responder"')))
    receive_message(at.ihala, "bell", {}, message_id="post 1")
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: tick(at.ihala), range(8)))
    tick(at.ihala)
    assert len(inbox(at.ihala, at.responder, "team").rows) == 1
    at.ihala.close()


def begun_by_bell(*nodes: str) -> dict[str, bytes]:
    """`help` begins with `bell` and goes through these nodes."""
    first = element("startEvent", "s", event("message", "bell"))
    names = [one.partition('id="')[2].partition('"')[0] for one in nodes]
    drawn = diagram("help", first, *nodes, end(), path("s", *names, "e"), declared=declare("message", "bell"))
    return {"mechanism.toml": files()["mechanism.toml"], "help.bpmn": drawn}


def test_a_message_whose_process_cannot_begin_keeps_the_worker_from_nothing(database_url: str, tmp_path: Path) -> None:
    joining = service("join", "join_team", extensions(inputs={"role": '"doctor"', "organisation": '"nowhere"'}))
    at = office(database_url, tmp_path, begun_by_bell(joining))
    receive_message(at.ihala, "bell", {}, message_id="post 1")
    for _ in range(2):
        tick(at.ihala)
    assert acts(at) == ["message"]
    at.ihala.close()


def acts(at: Office) -> list[str]:
    return [one.act for one in incidents(at.ihala, at.operator)]
