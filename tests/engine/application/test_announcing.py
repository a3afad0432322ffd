"""People learn what came to them and what was taken from them, without a word about anybody."""

from engine.consents import withdraw_consent
from engine.notices import notices
from engine.tasks import claim, complete_task
from tests.engine.application.office import Office


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
