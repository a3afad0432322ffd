"""A release on paper: grouped by process, tables row by row, forms question by question."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.access import NotAllowed, NotFound
from engine.studio import drafts
from engine.studio.printed import printed
from engine.text import Text
from tests.engine.studio.conftest import FORM, Studio
from tests.safeguards import BYPASS, settle

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="d" namespace="urn:t">
<decision id="review" name="Review"><decisionTable id="t" hitPolicy="FIRST">
<input id="i" label="Source"><inputExpression id="e"><text>source</text></inputExpression></input>
<output id="o" label="Days" name="days"/>
<rule id="r1"><inputEntry id="a"><text>"police"</text></inputEntry>
<outputEntry id="b"><text>1</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c"><text>-</text></inputEntry>
<outputEntry id="d"><text>{days}</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def add(studio: Studio, draft_id: str, path: str, content: str) -> None:
    drafts.add_file(studio.ihala, studio.owner, draft_id, path, content.encode())


def test_a_changed_diagram_stands_under_its_process(studio: Studio) -> None:
    (group,) = printed(studio.ihala, studio.owner, studio.changed()).groups
    assert (group.name, [file.marks for file in group.files]) == (Text("Referral", "الإحالة"), ["late"])


def test_a_form_stands_under_the_process_of_its_task(studio: Studio) -> None:
    draft_id = studio.changed()
    studio.save(draft_id, FORM, studio.file(draft_id, FORM).replace(b'"key": "story"', b'"key": "account"'))
    (group,) = printed(studio.ihala, studio.owner, draft_id).groups
    assert [file.path.rpartition(".")[2] for file in group.files] == ["bpmn", "form"]


def test_the_questions_that_changed_are_told_from_the_others(studio: Studio) -> None:
    draft_id = studio.draft()
    form = studio.file(draft_id, FORM)
    studio.save(draft_id, FORM, form.replace(b'"key": "story"', b'"key": "account"'))
    (group,) = printed(studio.ihala, studio.owner, draft_id).groups
    (file,) = group.files
    assert {one.field.key: one.is_changed for one in file.questions} == {"source": False, "account": True}


def test_a_new_table_is_printed_row_by_row(studio: Studio) -> None:
    draft_id = studio.draft()
    add(studio, draft_id, "referral/review.dmn", TABLE.format(days=3))
    (group,) = printed(studio.ihala, studio.owner, draft_id).groups
    (table,) = group.files[0].tables
    assert (table.columns, [rule.cells for rule in table.rules]) == (
        ("Source", "Days"),
        [('"police"', "1"), ("-", "3")],
    )


def test_a_file_that_cannot_be_read_is_said_in_words(studio: Studio) -> None:
    draft_id = studio.draft()
    studio.save(draft_id, FORM, b"{")
    (group,) = printed(studio.ihala, studio.owner, draft_id).groups
    assert ("cannot be read" in group.files[0].changes[0].text.en, group.files[0].questions) == (True, ())


def test_the_first_release_is_printed_whole(studio: Studio) -> None:
    paper = printed(studio.ihala, studio.owner, studio.base_id)
    every = {file.path for group in paper.groups for file in group.files}
    assert (paper.base, every) == (None, set(drafts.files(studio.ihala, studio.owner, studio.base_id)))


def test_the_safeguards_that_hold_for_a_release_are_printed(studio: Studio, tmp_path: Path) -> None:
    settle(studio.ihala, tmp_path)
    found = printed(studio.ihala, studio.owner, studio.changed(*BYPASS)).safeguards
    assert [(one.safeguard.name.en, one.is_kept) for one in found] == [
        ("Nothing ends unreviewed", False),
        ("The coordinator reviews", True),
    ]


def test_another_persons_draft_is_not_printed(studio: Studio) -> None:
    draft_id = studio.changed()
    with pytest.raises(NotFound):
        printed(studio.ihala, studio.second, draft_id)


def test_whoever_serves_cases_prints_no_release(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        printed(studio.ihala, studio.coordinator, studio.base_id)
