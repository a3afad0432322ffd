"""The mechanism as it is delivered: nothing keeps it from being published, and every word is in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.execution.checking.check import check
from engine.forms import Form
from engine.text import Text
from tests.workflows.stories import FILES, stories

MECHANISM = stories().mechanism
FORMS = sorted(name for name in FILES if name.endswith(".form"))


def named() -> Iterator[tuple[str, Text]]:
    """Names and documentation of everything that is drawn, with where it stands."""
    for process in MECHANISM.processes.values():
        yield process.id, process.name
        for element in process.elements.values():
            yield f"{process.id}: {element.id}", element.name
            yield f"{process.id}: {element.id}, documentation", element.documentation


def reportable() -> Iterator[tuple[str, Text]]:
    """What somebody may report from the page of a case: events that wait for a message."""
    for process in MECHANISM.processes.values():
        for element_id, element in process.elements.items():
            if '<bpmn:messageEventDefinition messageRef="' in _drawn(process.file, element_id):
                yield f"{process.id}: {element_id}", element.documentation


def _drawn(file: str, element_id: str) -> str:
    """The element as the file writes it, without what comes after it."""
    _, _, rest = FILES[file].decode().partition(f'Event id="{element_id}"')
    return rest.partition("Event>")[0]


REPORTABLE = dict(reportable())


def test_nothing_keeps_the_mechanism_from_being_published() -> None:
    worse = [str(one) for one in check(FILES) if one.severity != "advice"]
    assert worse == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_that_of_a_task(name: str) -> None:
    task = name.rpartition("/")[2].removesuffix(".form")
    assert task in {element.form for process in MECHANISM.processes.values() for element in process.elements.values()}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_loads_without_problems(name: str) -> None:
    assert [str(one) for one in Form.load(FILES[name], name).problems()] == []


def test_every_word_that_is_drawn_is_in_both_languages() -> None:
    assert [where for where, text in named() if bool(text.en) != bool(text.ar)] == []


@pytest.mark.parametrize("where", REPORTABLE)
def test_what_can_be_reported_says_when_to_report_it(where: str) -> None:
    words = REPORTABLE[where]
    assert all((words.en, words.ar))
