"""The page `docs/disclosure.md`: who reads which answer of which form, asked of the table as the record itself asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from engine.access import Actor, Membership, Sightline
from engine.charter import read_charter
from engine.execution import Element, Mechanism, Process, load
from engine.forms import Field
from engine.persistence import Row
from engine.record import form_of
from engine.releases import Release, read_folder
from engine.studio.small_numbers import FEWEST
from engine.text import Text

_OPENING = """# Who reads which answer

Every question of every form, and the roles that read its answer where another organisation gave it and they serve the
case (`disclosure_scope`, asked through the same code as the record). Who gave an answer reads it again while they serve
the case, unless the field has a grant; "writer" says so then. Nobody else learns that the question was asked. What was
given for a purpose that the person no longer agrees to is read only by who answers for the whole case.

كل سؤال في كل نموذج، والأدوار التي تطّلع على إجابته متى قدّمتها جهة أخرى وكانت هذه الأدوار تعمل على الملف.

This page is written from the code: `python -m engine.disclosure workflows > docs/disclosure.md`. A change of it is a
change of who learns what about a person: review it as such.

## Figures · الأرقام

Where cases stand is shown in the studio to those who draw the mechanism and decide on it: figures, and a case only to
whoever sees it anyway. What stands now is counted exactly, because a step that is stuck with one case has to be found.
A figure about a period (what passed, stopped or stood then) that is below {fewest} is shown as "fewer than {fewest}"
to whoever holds no role that answers for whole cases, and with it neither ages, nor times, nor a sum it follows from.
Source: threshold rule, "some agencies require at least five" (OECD, Glossary of Statistical Disclosure Control, 2005,
<https://stats.oecd.org/glossary/detail.asp?ID=7010>). It keeps a figure from pointing to somebody; it does not stop a
person with a sign-in from comparing one period with another day by day.

ما يقف الآن يُعدّ كما هو. وأرقام الفترات التي تقل عن {fewest} تظهر «أقل من {fewest}» لمن ليس له دور مسؤول عن الملفات
كاملة.
"""
_HEAD = "| question | السؤال | field | class | grant | read by |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record's entry decides about reading it."""

    organisation_id: str
    role: str
    purpose: str
    process_id: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One question of one task: `readers` are roles of another organisation; `own`: the writer reads it again."""

    process: Process
    task: Element
    field: Field
    readers: tuple[str, ...]
    own: bool


def release_of(mechanism: Mechanism) -> Release:
    """The files as a release that is in no database."""
    return Release("files", 0, mechanism, read_charter(mechanism.settings))


def disclosures(release: Release) -> Iterator[Disclosure]:
    """Every question of every task, by process and task; questions of a list stand with the list that holds them."""
    sightlines = {role: _sightline(release, role) for role in release.charter.roles}
    for process in sorted(release.mechanism.processes.values(), key=lambda one: one.id):
        for task in sorted(process.elements.values(), key=lambda one: one.id):
            form = form_of(release, task) if task.kind == "userTask" else None
            for field in form.fields if form else ():
                readers = tuple(role for role, sight in sightlines.items() if _reads(sight, task, field, "another"))
                writer = _sightline(release, task.lane)
                yield Disclosure(process, task, field, readers, _reads(writer, task, field, _HERE))


def _sightline(release: Release, role: str) -> Sightline:
    seat = Membership(_HERE, Text(""), role, Text(""))
    return Sightline(Actor("somebody", "", "en", (seat,)), [(_HERE, role)], [], release, "")


def _reads(sightline: Sightline, task: Element, field: Field, written_in: str) -> bool:
    """A role that sees figures only is never shown a record, whatever the table says of it."""
    if sightline.is_counts_only:
        return False
    entry = cast("Row[Any]", Entry(written_in, task.lane, task.purpose, task.process_id))
    return sightline.may_read(entry, field.classification, field.grant)


def as_markdown(release: Release) -> str:
    """The whole page."""
    lines, process, task = [_OPENING.format(fewest=FEWEST)], "", ""
    for one in disclosures(release):
        if one.process.id != process:
            process = one.process.id
            lines += [f"## `{process}` · {one.process.name.en} · {one.process.name.ar}", ""]
        if one.task.id != task:
            task = one.task.id
            lines += [f"### `{task}`: {one.task.name.en} · {one.task.name.ar}", "", _about(one.task), "", _HEAD]
        lines.append(_row(one))
    return "\n".join(_spaced(lines)) + "\n"


def _about(task: Element) -> str:
    return f"Done by {task.lane}" + (f", for the purpose `{task.purpose}`." if task.purpose else ".")


def _row(one: Disclosure) -> str:
    readers = [*(["writer"] if one.own and one.field.grant else []), *one.readers]
    label = one.field.label
    cells = (label.en, label.ar, f"`{one.field.key}`", one.field.classification, one.field.grant, ", ".join(readers))
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) or "-" for cell in cells) + " |"


def _spaced(lines: list[str]) -> Iterator[str]:
    """An empty line between a table and the title that follows it."""
    for number, line in enumerate(lines):
        if line.startswith("##") and lines[number - 1].startswith("|"):
            yield ""
        yield line


_HERE = "here"

if __name__ == "__main__":
    sys.stdout.write(as_markdown(release_of(load(read_folder(Path(sys.argv[1]))))))
