"""`ihala migrate`: brings the tables to the newest form and installs the folder of workflows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

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
WORKFLOWS = Text("the folder (default: IHALA_WORKFLOWS)", "المجلد (الافتراضي: IHALA_WORKFLOWS)")
TABLES_ONLY = Text("leave the workflows as they are", "ترك الإجراءات كما هي")
NO_FOLDER = Text("There is no folder {folder}.", "لا يوجد مجلد باسم {folder}.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workflows", type=Path, default=Settings().workflows, help=WORKFLOWS.in_(language()))
    parser.add_argument("--tables-only", action="store_true", help=TABLES_ONLY.in_(language()))


def run(arguments: Namespace) -> int:
    settings, spoken = Settings(), language()
    if not arguments.workflows.is_dir():
        print(NO_FOLDER.format(folder=arguments.workflows).in_(spoken))
        return 2
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    if arguments.tables_only:
        return 0
    ihala = open_ihala(settings)
    try:
        installed = install(ihala, arguments.workflows)
    finally:
        ihala.close()
    print(installed.text.in_(spoken))
    return 0
