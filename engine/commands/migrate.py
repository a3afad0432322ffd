"""`ihala migrate`: brings the tables to the newest form and installs the folder of workflows."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from engine.application import open_ihala
from engine.command_line import language
from engine.persistence import migrate
from engine.releases import install
from engine.settings import Settings
from engine.text import Text

HELP = Text(
    "Bring the database to the newest tables; the workflows become release 1, or a draft where they changed.",
    "تحديث جداول قاعدة البيانات؛ تصبح الإجراءات الإصدار 1، أو مسودة إن تغيّرت.",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--tables-only", action="store_true", help="leave the workflows as they are")


def run(arguments: Namespace) -> int:
    settings = Settings()
    migrate(settings.database_url)
    if arguments.tables_only:
        return 0
    ihala = open_ihala(settings)
    try:
        installed = install(ihala, settings.workflows)
    finally:
        ihala.close()
    sys.stdout.write(installed.text.in_(language()) + "\n")
    return 0
