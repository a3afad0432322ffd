"""Play stories on the mechanism, in memory: `ihala rehearse SCENARIO.yaml ...`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.command_line import language
from engine.execution import load
from engine.rehearsal.coverage import Coverage
from engine.rehearsal.scenario import read
from engine.rehearsal.stories import directory_in, scenarios_in, tell
from engine.releases import read_folder
from engine.settings import Settings
from engine.text import Text

HELP = Text("Play stories on the mechanism, in memory.", "تمثيل قصص على الآلية في الذاكرة.")
AS_TOLD = Text("as told", "كما رُويت")
NOT_TAKEN = Text("No story takes:", "لم تمر أي قصة بـ:")
SHARE = Text(
    "{share}% of all elements, flows and table rows are taken.",
    "تمر القصص بنسبة {share}% من العناصر والمسارات وصفوف الجداول.",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="*", type=Path, help="scenario files; none: every story of the mechanism")
    parser.add_argument("--mechanism", type=Path, help="folder of the mechanism (default: the installation's)")
    parser.add_argument("--coverage", action="store_true", help="list what no story takes")


def run(arguments: Namespace) -> int:
    """Tells each story; 1 where one of them differs."""
    spoken = language()
    files = read_folder(arguments.mechanism or Settings().workflows)
    chosen = [read(str(path), path.read_bytes()) for path in arguments.scenario] or scenarios_in(files)
    coverage = Coverage(load(files))
    mechanism, directory = coverage.recording(), directory_in(files)
    differing = 0
    for scenario in chosen:
        told = tell(scenario, mechanism, directory)
        coverage.add(told.rehearsal)
        differing += told.problem is not None
        print(f"{scenario.name}: {(told.problem or AS_TOLD).in_(spoken)}")
    if arguments.coverage:
        print(SHARE.format(share=f"{coverage.share() * 100:.1f}").in_(spoken))
        for missed in coverage.missed():
            print(f"{NOT_TAKEN.in_(spoken)} {missed.where}: {', '.join(missed.what)}")
    return 1 if differing else 0
