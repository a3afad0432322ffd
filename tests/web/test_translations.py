"""The pages say everything in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from web import language
from web.translations import extracted, stored, untranslated


def test_every_message_has_its_arabic() -> None:
    assert untranslated(stored()) == []


def test_every_message_of_the_pages_is_in_the_catalogue() -> None:
    known = {str(message.id) for message in stored()}
    assert [str(message.id) for message in extracted() if str(message.id) not in known] == []


def test_the_catalogue_keeps_no_message_that_no_page_says() -> None:
    said = {str(message.id) for message in extracted()}
    assert [str(message.id) for message in stored() if str(message.id) not in said] == []


def test_the_places_of_a_message_are_the_same_in_arabic() -> None:
    assert [str(message.id) for message in stored() if message.id and list(message.check())] == []


@pytest.mark.parametrize(
    ("hours", "words"), [(1.5, "متبقٍ 90 دقيقة"), (3, "متبقٍ 3 ساعات"), (48, "متبقٍ يومان"), (24 * 15, "متبقٍ 15 يومًا")]
)
def test_time_left_has_the_number_arabic_asks_for(hours: float, words: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with language.spoken("ar"):
        assert language.time_left(now + timedelta(hours=hours), now).words == words


@pytest.mark.parametrize(("hours", "state"), [(-1, "overdue"), (0, "overdue"), (2, "soon"), (30, "calm")])
def test_a_clock_says_how_pressing_it_is(hours: int, state: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert language.time_left(now + timedelta(hours=hours), now).state == state
