"""The command `ihala`: finds the verb that was asked for, reads its arguments and does it.

A verb is a module of a package of verbs (`engine.commands`, `web.commands`); `load_test` is the verb
`load-test`. It has `HELP`, one literal `Text`; `add_arguments(parser)`; and `run(arguments)`, which answers the
exit code.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from engine.errors import CannotRun, Refusal
from engine.text import Text

USAGE = Text("Usage: ihala VERB ...", "الاستعمال: ‎ihala VERB ...")
ASK_ONE = Text("`ihala VERB --help` says what a verb takes.", "يبيّن ‎`ihala VERB --help` ما يقبله كل أمر.")
NO_FILE = Text("there is no file {file}", "لا يوجد ملف باسم {file}")
UNKNOWN = Text(
    "There is no verb `{verb}`. `ihala help` lists all verbs.",
    "لا يوجد أمر باسم `{verb}`. يعرض ‎`ihala help` كل الأوامر.",
)


class Verb(Protocol):
    """What a module of a package of verbs holds."""

    HELP: Text

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, arguments: Namespace) -> int: ...


def language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the terminal: `IHALA_LANGUAGE`, else the first locale variable that is set, else English."""
    named = (environment.get(name) for name in ("IHALA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "ar" if next(filter(None, named), "en").startswith("ar") else "en"


def verbs(packages: Sequence[str]) -> dict[str, str]:
    """Each verb and the module that does it, in the order of the alphabet."""
    found = {}
    for package in packages:
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            found[module.name.rpartition(".")[2].replace("_", "-")] = module.name
    return dict(sorted(found.items()))


def load(module: str) -> Verb:
    return cast(Verb, import_module(module))


def overview(known: Mapping[str, str], spoken: str) -> str:
    """Every verb with its one line."""
    width = max(map(len, known), default=0)
    lines = [f"  {verb:{width}}  {load(module).HELP.in_(spoken)}" for verb, module in known.items()]
    return "\n".join([USAGE.in_(spoken), "", *lines, "", ASK_ONE.in_(spoken)])


def existing_file(text: str) -> Path:
    """For `add_argument(type=...)`: a path that must be a file."""
    if not Path(text).is_file():
        raise ArgumentTypeError(NO_FILE.format(file=text).in_(language()))
    return Path(text)


def main(words: Sequence[str] | None = None, packages: Sequence[str] = ("engine.commands",)) -> int:
    """Does one verb; a refusal is said in the terminal's language and ends with 1, a wrong call with 2."""
    verb, *rest = (sys.argv[1:] if words is None else words) or ["help"]
    spoken, known = language(), verbs(packages)
    if verb in {"help", "-h", "--help"}:
        print(overview(known, spoken))
        return 0
    if verb not in known:
        print(UNKNOWN.format(verb=verb).in_(spoken), file=sys.stderr)
        return 2
    chosen = load(known[verb])
    parser = ArgumentParser(prog=f"ihala {verb}", description=chosen.HELP.in_(spoken))
    chosen.add_arguments(parser)
    try:
        return chosen.run(parser.parse_args(rest))
    except Refusal as refusal:
        print(_said(refusal, spoken), file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has enough; so has the last flush
        return 0
    except KeyboardInterrupt:
        return 130


def _said(refusal: Refusal, spoken: str) -> str:
    problems = refusal.problems if isinstance(refusal, CannotRun) else []
    return "\n".join([refusal.text.in_(spoken), *(problem.text.in_(spoken) for problem in problems)])
