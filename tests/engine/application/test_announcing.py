"""People learn what came to them and what was taken from them, without a word about anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from engine.consents import withdraw_consent
from engine.jobs.tick import tick
from engine.notices import notices
from engine.tasks import claim, complete_task
from tests.engine.application.office import Office, files, office


def kinds(at: Office, name: str, *, unread: bool = True) -> list[str]:
    rows = notices(at.ihala, at.people[name])
    return [one.kind for one in rows if not (unread and one.is_read)]


def test_a_new_task_is_told_to_those_in_its_seat(at: Office) -> None:
    at.take()
    assert "new" in kinds(at, "colleague")


def test_whoever_brought_the_task_about_is_not_told(at: Office) -> None:
    at.take()
    assert "new" not in kinds(at, "responder")


def test_a_claimed_task_is_old_to_whoever_claimed_it(at: Office) -> None:
    at.take()
    claim(at.ihala, at.colleague, at.tasks_of(at.colleague)["check"])
    assert "new" not in kinds(at, "colleague")


def test_a_task_that_is_done_is_news_to_nobody(at: Office) -> None:
    at.take()
    at.check()
    assert "new" not in kinds(at, "colleague", unread=False)


def test_a_held_task_is_told_to_nobody(at: Office) -> None:
    at.take()
    at.check()
    assert kinds(at, "doctor") == []


def test_a_withdrawn_consent_is_told_to_its_receiver(at: Office) -> None:
    case_id = at.take()
    at.check()
    complete_task(at.ihala, at.coordinator, at.tasks_of(at.coordinator)["ask"], {})
    withdraw_consent(at.ihala, at.coordinator, case_id, "health", "changed her mind")
    assert "withdrawn" in kinds(at, "doctor")


@contextmanager
def reminded(database_url: str, folder: Path, declared: bytes = b"") -> Iterator[Office]:
    """A clock runs out whose diagram tells the doctors, of whom nobody serves the case yet."""
    drawn = files()
    diagram = drawn["help.bpmn"].replace(b'"case_coordinator"</ihala', b'"doctor"</ihala')
    charter = drawn["mechanism.toml"].replace(b"[roles.doctor]", b"[roles.doctor]\n" + declared)
    at = office(database_url, folder, {**drawn, "help.bpmn": diagram, "mechanism.toml": charter})
    at.open()
    at.clock.move_to(at.clock.now() + timedelta(hours=3))
    tick(at.ihala)
    yield at
    at.ihala.close()


def test_a_notice_reaches_nobody_outside_the_team(database_url: str, tmp_path: Path) -> None:
    with reminded(database_url, tmp_path) as at:
        assert kinds(at, "doctor") == []


def test_a_role_that_watches_is_told_outside_the_team(database_url: str, tmp_path: Path) -> None:
    with reminded(database_url, tmp_path, b"told_outside_team = true") as at:
        assert kinds(at, "doctor") == ["overdue"]
