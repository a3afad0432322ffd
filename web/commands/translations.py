"""`ihala translations`: bring the Arabic catalogue in line with the pages and list what is left to translate."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.text import Text
from web.translations import update

HELP = Text(
    "Bring the Arabic words of the pages in line with their source and list what is left to translate.",
    "تحديث الكلمات العربية للصفحات وسرد ما يحتاج إلى ترجمة.",
)


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def run(arguments: Namespace) -> int:
    left = update()
    print("\n".join(left))
    return 1 if left else 0
