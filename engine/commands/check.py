"""`ihala check`: would a folder of diagrams, tables and forms do what it shows?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from engine import execution
from engine.command_line import language
from engine.errors import Problem, Severity
from engine.releases import read_folder
from engine.settings import Settings
from engine.text import Text

HELP = Text(
    "Check a folder of diagrams, tables and forms and say what to mend, file by file.",
    "فحص مجلد من المخططات والجداول والنماذج وبيان ما يجب إصلاحه، ملفًا ملفًا.",
)
FOLDER = Text("the folder (default: workflows)", "المجلد (الافتراضي: workflows)")
ONLY = Text("say only what stops the mechanism from running", "عرض ما يمنع تشغيل الآلية فقط")
NO_FOLDER = Text("There is no folder {folder}.", "لا يوجد مجلد باسم {folder}.")
COUNTED = Text(
    "{cannot_run} cannot run, {not_publishable} not publishable, {advice} advice.",
    "يمنع التشغيل: {cannot_run}، يمنع النشر: {not_publishable}، نصائح: {advice}.",
)
KEPT = Text("{kept} of {count} safeguards are kept.", "الضمانات المحفوظة: {kept} من {count}.")
SEVERITIES: dict[Severity, Text] = {
    "cannot_run": Text("Cannot run", "يمنع التشغيل"),
    "not_publishable": Text("Not publishable", "يمنع النشر"),
    "advice": Text("Advice", "نصيحة"),
}


def add_arguments(parser: ArgumentParser) -> None:
    spoken = language()
    parser.add_argument("folder", nargs="?", type=Path, default=Settings().workflows, help=FOLDER.in_(spoken))
    parser.add_argument("--cannot-run", action="store_true", help=ONLY.in_(spoken))


def run(arguments: Namespace) -> int:
    """0 where nothing but advice was found, so that a build can rely on it."""
    spoken, folder = language(), arguments.folder
    if not folder.is_dir():
        print(NO_FOLDER.format(folder=folder).in_(spoken))
        return 2
    files = read_folder(folder)
    problems = [p for p in execution.check(files) if p.severity == "cannot_run" or not arguments.cannot_run]
    for problem in sorted(problems, key=_place):
        print(said(problem, spoken))
    counts = {severity: sum(p.severity == severity for p in problems) for severity in SEVERITIES}
    print(COUNTED.format(**counts).in_(spoken))
    if execution.LIST in files and not arguments.cannot_run:
        print(_kept(files).in_(spoken))
    return 1 if counts["cannot_run"] or counts["not_publishable"] else 0


def _kept(files: Mapping[str, bytes]) -> Text:
    """How many safeguards of the list beside the diagrams are kept; what is wrong with the list where it has none."""
    try:
        proven = execution.prove_files(files, execution.read_list(files[execution.LIST]))
    except execution.SafeguardsUnreadable as refusal:
        return refusal.text
    return KEPT.format(kept=sum(one.is_kept for one in proven), count=len(proven))


def said(problem: Problem, spoken: str) -> str:
    """The place, what is wrong there and how to mend it."""
    place = f"{problem.file}: {problem.element}" if problem.element else problem.file
    lines = [f"{place}: {SEVERITIES[problem.severity].in_(spoken)}", problem.text.in_(spoken), problem.mend.in_(spoken)]
    return "\n    ".join(line for line in lines if line)


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, list(SEVERITIES).index(problem.severity), problem.element
