"""`ihala migrate`: bring the database to the newest tables and take in the folder of workflows."""

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
    "Bring the database to the newest tables and take in the folder of workflows (a changed one as a draft)",
    "تحديث جداول قاعدة البيانات وإدخال مجلد الإجراءات (يُدخَل المجلد المتغيّر مسوّدةً)",
)
WORKFLOWS = Text("the folder (default: IHALA_WORKFLOWS)", "المجلد (الافتراضي: IHALA_WORKFLOWS)")
NO_FOLDER = Text("There is no folder {folder}.", "لا يوجد مجلد باسم {folder}.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--workflows", type=Path, default=Settings().workflows, help=WORKFLOWS.in_(language()))


def run(arguments: Namespace) -> int:
    """May be run again at any time: what is there already stays. Running cases keep their release."""
    settings, spoken = Settings(), language()
    if not arguments.workflows.is_dir():
        print(NO_FOLDER.format(folder=arguments.workflows).in_(spoken))
        return 2
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    ihala = open_ihala(settings)
    try:
        print(install(ihala, arguments.workflows).text.in_(spoken))
    finally:
        ihala.close()
    return 0
