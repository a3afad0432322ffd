"""Move an installation to another database, for instance from SQLite to PostgreSQL: `ihala move --to ADDRESS`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.command_line import language
from engine.moving import move
from engine.persistence import Database
from engine.settings import Settings
from engine.text import Text
from engine.vault import open_vault

HELP = Text(
    "Copy everything into another, empty database and verify it: move --to postgresql+psycopg://ihala@host/ihala",
    "نسخ كل شيء إلى قاعدة بيانات أخرى فارغة والتحقق منه: ‎move --to postgresql+psycopg://ihala@host/ihala",
)
TO = Text("address of the empty database", "عنوان قاعدة البيانات الفارغة")
TABLE = Text("{name}: {rows} rows, {digest}", "{name}: عدد الصفوف {rows}، {digest}")
DONE = Text(
    "{rows} rows were copied and verified, with {chains} chains of the journal. Set IHALA_DATABASE to the new address "
    "before anybody starts again; the old database is as it was.",
    "نُسخ {rows} صفًا وجرى التحقق منها ومن {chains} سلسلة من سلاسل السجل. يُرجى ضبط IHALA_DATABASE على العنوان الجديد "
    "قبل أن يبدأ أحد العمل من جديد؛ وقاعدة البيانات القديمة باقية كما كانت.",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="ADDRESS", help=TO.in_(language()))


def run(arguments: Namespace) -> int:
    settings, spoken = Settings(), language()
    source = Database(settings.database_url)
    try:
        moved = move(source, arguments.to, open_vault(settings))
    finally:
        source.close()
    for name, content in moved.tables.items():
        print(TABLE.format(name=name, rows=content.rows, digest=content.digest[:16]).in_(spoken))
    rows = sum(content.rows for content in moved.tables.values())
    print(DONE.format(rows=rows, chains=moved.chains).in_(spoken))
    return 0
