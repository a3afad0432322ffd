"""Hostile and mistaken files: refused in words, and what reaches outside is in the journal."""

from __future__ import annotations

import pytest

from engine.access import NotFound
from engine.errors import Refusal
from engine.persistence import journal_rows
from engine.studio import drafts
from engine.studio.arriving import Attack, DocumentType, FileEmpty, NotText, ReachesMachine
from engine.studio.file_limits import LARGEST_FILE, FileTooLarge, PathReachesOut, PathUnfit
from tests.engine.studio.conftest import DIAGRAM, Studio

NEW = "referral/new_steps.bpmn"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" name="&b;"/>"""
OUTSIDE = b'<!doctype d [<!ENTITY file SYSTEM "file:///etc/passwd">]><d>&file;</d>'
SCRIPT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:s="urn:other" id="d">
<process id="p" isExecutable="true"><scriptTask id="t"{attributes}>{inside}</scriptTask></process></definitions>"""


def script(inside: str, attributes: str = "") -> bytes:
    return SCRIPT.format(inside=inside, attributes=attributes).encode()


def added(studio: Studio, content: bytes, path: str = NEW) -> str:
    draft_id = studio.draft()
    drafts.add_file(studio.ihala, studio.owner, draft_id, path, content)
    return draft_id


def refused_events(studio: Studio) -> list[str]:
    with studio.ihala.database.reading() as tx:
        return [row.event for row in journal_rows.entries(tx, "releases", ("file_refused",))]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b" \n\t", FileEmpty),
        (PNG, NotText),
        ("<definitions/>".encode("utf-16"), NotText),
        ("نص".encode("windows-1256"), NotText),
        (b"<definitions/>\x00", NotText),
        (b"<x>" + b" " * LARGEST_FILE + b"</x>", FileTooLarge),
        (LAUGHS, DocumentType),
        (OUTSIDE, DocumentType),
        (script("<script>__import__('os').system('id')</script>"), ReachesMachine),
        (script("<script>x = ().__class__.__bases__</script>"), ReachesMachine),
        (script("<extensionElements><s:preScript>eval('1')</s:preScript></extensionElements>"), ReachesMachine),
        (script("", ' s:expression="${os.environ}"'), ReachesMachine),
    ],
)
def test_a_hostile_or_mistaken_file_is_refused_in_both_languages(
    studio: Studio, content: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        added(studio, content)
    assert all("{" not in refused.value.text.in_(language) for language in ("en", "ar"))


@pytest.mark.parametrize(
    "path",
    ["../../etc/x.md", "/etc/passwd.md", "referral\\..\\x.bpmn", "C:/x.bpmn", "referral/%2e%2e/x.bpmn", "~/x.md"],
)
def test_a_path_out_of_the_draft_is_refused_and_journalled(studio: Studio, path: str) -> None:
    with pytest.raises(PathReachesOut):
        added(studio, b"# Notes", path)
    assert refused_events(studio) == ["file_refused"]


@pytest.mark.parametrize("content", [LAUGHS, script("<script>exec('1')</script>")])
def test_an_attack_is_journalled_and_leaves_no_file(studio: Studio, content: bytes) -> None:
    draft_id = studio.draft()
    with pytest.raises(Attack):
        drafts.add_file(studio.ihala, studio.owner, draft_id, NEW, content)
    with pytest.raises(NotFound):
        studio.file(draft_id, NEW)
    assert refused_events(studio) == ["file_refused"]


def test_saving_over_a_file_is_held_to_the_same(studio: Studio) -> None:
    draft_id = studio.draft()
    before = studio.file(draft_id)
    with pytest.raises(ReachesMachine):
        studio.save(draft_id, DIAGRAM, script("<script>__import__('os')</script>"))
    assert studio.file(draft_id) == before


def test_a_mistake_is_not_journalled_as_an_attack(studio: Studio) -> None:
    for content, path in ((PNG, NEW), (b"", NEW), (b"x", "referral/a name.bpmn")):
        with pytest.raises((NotText, FileEmpty, PathUnfit)):
            added(studio, content, path)
    assert refused_events(studio) == []


@pytest.mark.parametrize(
    "content",
    [
        b"<definitions",
        script("<documentation>Never write eval(x) or __import__ here.</documentation>"),
        script("", ' name="the __middle__ name"'),
        b"\xef\xbb\xbf" + script("<script>x = 1</script>"),
    ],
)
def test_what_is_merely_wrong_or_prose_is_taken(studio: Studio, content: bytes) -> None:
    assert studio.file(added(studio, content), NEW) == content
