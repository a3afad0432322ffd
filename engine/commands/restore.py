"""Put a backup where no database is: `ihala restore FOLDER`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from engine.command_line import language
from engine.persistence import Database
from engine.persistence.backups import restore
from engine.settings import Settings
from engine.text import Text

HELP = Text("Put a backup where no database is", "استعادة نسخة حيث لا توجد قاعدة بيانات")
DONE = Text("Restored to {path}.", "جرت الاستعادة إلى {path}.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the folder of the backup")


def run(arguments: Namespace) -> int:
    database = Database(Settings().database_url)
    try:
        restore(arguments.folder, database)
    finally:
        database.close()
    print(DONE.format(path=database.url.database).in_(language()))
    return 0
