"""Copy an installation while it runs: `ihala backup FOLDER`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.command_line import language
from engine.persistence import Database
from engine.persistence.backups import write
from engine.settings import Settings
from engine.text import Text

HELP = Text("Copy the database: sealed data and keys apart", "نسخ قاعدة البيانات: البيانات المختومة والمفاتيح منفصلة")
WRITTEN = Text(
    "{sealed} can be kept long; {keys} only as long as a destroyed case may come back. Keep them apart.",
    "يُحفظ {sealed} طويلًا؛ ولا يُحفظ {keys} إلا بقدر ما يجوز أن يعود ملف أُتلف. يُحفظان في مكانين منفصلين.",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a new folder")


def run(arguments: Namespace) -> int:
    database = Database(Settings().database_url)
    sealed, keys = write(database, arguments.folder)
    database.close()
    print(WRITTEN.format(sealed=sealed, keys=keys).in_(language()))
    return 0
