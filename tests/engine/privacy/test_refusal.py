"""An adult who refuses: of what was typed nothing can be found again, in no file, no row, no backup and no log."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
import structlog.testing

from engine import journal
from engine.access import NotFound
from engine.case_page import case_view
from engine.jobs.tick import tick
from engine.matching import search_before_create
from engine.persistence import backups
from engine.persistence.tables import metadata
from engine.persistence.tables.cases import case, case_key
from engine.steps import key_of
from engine.task_page import open_task
from engine.tasks import claim, hand_back, save_draft
from tests.engine.privacy.land import Land, Told

NAME, WORDS, PLACE = "Zubayda Planted", "كلام مزروع", "Planted Street 7"
PLANTED = (NAME, WORDS, PLACE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A case that ended in a refusal, what was seen of it before, and what was logged."""

    told: Told
    record_before: str
    wrapped: bytes
    logged: str

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """Every row of every table, in one piece of bytes."""
        with self.told.ihala.database.reading() as tx:
            for table in metadata.sorted_tables:
                for row in tx.execute(sa.select(table)):
                    yield table.name, b"\0".join(_bytes(value) for value in row)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _traces(content: bytes) -> list[str]:
    """Planted words that stand in it, in any encoding a file might have."""
    return [one for one in PLANTED for code in ("utf-8", "utf-16-le", "utf-16-be") if one.encode(code) in content]


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__!r}")


@pytest.fixture(scope="module")
def refused(land: Land) -> Iterator[Refused]:
    kept, root = _Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        with structlog.testing.capture_logs() as events:
            yield _refuse(land, kept, events)
    finally:
        root.setLevel(level)
        root.removeHandler(kept)


def _refuse(land: Land, kept: _Kept, events: Sequence[object]) -> Refused:
    """Plant words wherever somebody types, then refuse, and let the worker clean up."""
    typed = {
        "take_referral": {"account": f"{NAME}, {PLACE}"},
        "interview": {"account": f"{NAME} {WORDS}", "exploiters": f"{WORDS}, {PLACE}"},
    }
    told = land.tell("adult_refuses", until="ask_consent", changed=typed)
    item, responder = told.item("ask_consent"), told.doer("ask_consent")
    search_before_create(told.ihala, responder, {"name": NAME, "known_as": WORDS})
    save_draft(told.ihala, responder, item.id, {"language": [WORDS], "reason": [PLACE]})
    claim(told.ihala, responder, item.id)
    hand_back(told.ihala, responder, item.id, f"{NAME} {PLACE}")
    record_before = repr(case_view(told.ihala, responder, told.case_id).record) + repr(
        open_task(told.ihala, responder, item.id)
    )
    with told.ihala.database.reading() as tx:
        of_case = case_key.c.case_id == told.case_id
        wrapped = bytes(tx.execute(sa.select(case_key.c.wrapped).where(of_case)).scalar_one())
    for task, answers in land.tasks_of("adult_refuses")[-2:]:
        told.do(task, **answers)
    tick(told.ihala)
    return Refused(told, record_before, wrapped, "\n".join([*kept.lines, *map(repr, events)]))


def test_what_was_typed_could_be_read_before(refused: Refused) -> None:
    assert [one for one in PLANTED if one not in refused.record_before] == []


def test_no_row_holds_what_was_typed(refused: Refused) -> None:
    assert [(name, found) for name, content in refused.rows() for found in _traces(content)] == []


def test_no_row_holds_the_key(refused: Refused) -> None:
    assert [name for name, content in refused.rows() if refused.wrapped in content] == []


def test_no_log_holds_what_was_typed(refused: Refused) -> None:
    assert _traces(refused.logged.encode()) == []


def test_no_file_holds_what_was_typed_or_the_key(refused: Refused) -> None:
    """The database, its log and its shared memory among them; on PostgreSQL, what the application itself keeps."""
    files = [one for one in refused.told.land.folder.rglob("*") if one.is_file()]
    contents = {one.name: one.read_bytes() for one in files}
    assert [name for name, read in contents.items() if _traces(read) or refused.wrapped in read] == []


def test_no_backup_holds_what_was_typed_or_the_key(refused: Refused, tmp_path_factory: pytest.TempPathFactory) -> None:
    if not refused.told.ihala.database.is_sqlite:
        pytest.skip("PostgreSQL is backed up by its own tools, from the rows that are tested above")
    copies = backups.write(refused.told.ihala.database, tmp_path_factory.mktemp("backup") / "one")
    contents = {one.name: one.read_bytes() for one in copies}
    assert [name for name, read in contents.items() if _traces(read) or refused.wrapped in read] == []


def test_the_journal_keeps_no_key_to_its_content(refused: Refused) -> None:
    with refused.told.ihala.database.reading() as tx:
        assert key_of(refused.told.ihala, tx, refused.told.case_id) is None


def test_the_journal_still_holds(refused: Refused) -> None:
    with refused.told.ihala.database.reading() as tx:
        stream = journal.of_case(refused.told.case_id)
        assert journal.verify(tx, refused.told.ihala.vault, stream) is None


def test_three_figures_are_kept(refused: Refused) -> None:
    with refused.told.ihala.database.reading() as tx:
        figures = tx.execute(sa.select(case.c.figures).where(case.c.id == refused.told.case_id)).scalar()
    assert figures == {"sex": "Feminine", "age_band": "24_26", "exploitation": "ForcedLabour"}


@pytest.mark.parametrize("role", ["first_responder", "case_coordinator", "case_approver", "nccpim_officer"])
def test_nobody_finds_the_case_again(refused: Refused, role: str) -> None:
    with pytest.raises(NotFound):
        case_view(refused.told.ihala, refused.told.land.holders(role)[0], refused.told.case_id)
