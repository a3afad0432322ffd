"""Search before create: alike for everybody; only the coordinator of a possible match learns of it."""

from engine.jobs.tick import tick
from engine.matching import search_before_create
from engine.notices import notices
from tests.engine.application.office import Office


def searched(at: Office, name: str) -> list[str]:
    """Kinds of the coordinator's notices after a stranger searched for that name."""
    at.take(known_as="أحمد بن زهرة")
    at.check()
    search_before_create(at.ihala, at.stranger, {"name": name})
    tick(at.ihala)
    return [one.kind for one in notices(at.ihala, at.coordinator)]


def test_a_match_is_told_to_the_coordinator(at: Office) -> None:
    assert "possible_match" in searched(at, "احمد بن زهره")


def test_no_match_tells_nobody(at: Office) -> None:
    assert "possible_match" not in searched(at, "منى الشريف")


def test_the_searcher_is_told_nothing(at: Office) -> None:
    searched(at, "أحمد بن زهرة")
    assert notices(at.ihala, at.stranger) == []


def test_a_search_is_answered_once(at: Office) -> None:
    before = len(searched(at, "أحمد بن زهرة"))
    tick(at.ihala)
    assert len(notices(at.ihala, at.coordinator)) == before


def test_an_empty_search_is_taken_like_any_other(at: Office) -> None:
    assert search_before_create(at.ihala, at.stranger, {}) is None
