"""The verbs of `./run`: `help`, `test`, `lock`, none at all (start), and every verb of the command `ihala`."""

from __future__ import annotations

import ast
import os
import shutil
from collections.abc import Iterator, Sequence

from installation.bundles import make_bundles
from installation.chromium import make_test_tools
from installation.demonstration import prepare
from installation.environment import RUNNING, TESTING, Environment
from installation.progress import HOME, ROOT, Stopped, call, say, words
from installation.stamps import one_at_a_time

OWN = {
    "": words(
        "Make everything ready, fill the demonstration with synthetic people and serve it on this machine",
        "تجهيز كل شيء وملء نسخة العرض بأشخاص غير حقيقيين وتشغيلها على هذا الجهاز",
    ),
    "help": words("List every verb", "عرض كل الأوامر"),
    "test": words(
        "Run the tests on SQLite and PostgreSQL and in a browser (--all: slow ones too; else as pytest)",
        "تشغيل الاختبارات على SQLite وPostgreSQL وفي المتصفح (‎--all: البطيئة أيضًا)",
    ),
    "bench": words(
        "Measure speed: steps cold statements growth inbox timers web referral (--json; see docs/performance.md)",
        "قياس السرعة: steps cold statements growth inbox timers web referral (انظر docs/performance.md)",
    ),
    "lock": words(
        "Pin the Python packages anew (for maintainers; needs uv)", "تثبيت إصدارات حزم بايثون من جديد (للمطورين)"
    ),
}
LOCKS = {
    "ihala": ["pyproject.toml", "--extra", "pg"],
    "test": ["pyproject.toml", "--extra", "pg", "--group", "test", "--constraints", "requirements/ihala.lock"],
    "node": ["--group", "node"],
}


def main(arguments: Sequence[str]) -> int:
    verb, *rest = arguments or [""]
    try:
        if verb in {"help", "-h", "--help"}:
            return show_help()
        if verb == "lock":
            return lock()
        if verb in {"test", "bench"}:
            return test([*whole_suite(rest), *rest], "pytest") if verb == "test" else test(rest, "tests.bench")
        return run(verb, rest)
    except Stopped as stopped:
        say(str(stopped))
        return 1
    except KeyboardInterrupt:
        return 130


def show_help() -> int:
    listed = {**OWN, **dict(sorted(ihala_verbs()))}
    width = max(map(len, listed))
    print("\n".join(f"./run {verb:{width}}  {help_line}" for verb, help_line in listed.items()))
    return 0


def ihala_verbs() -> Iterator[tuple[str, str]]:
    """Read from the text of the modules, so that help needs no environment."""
    for file in [*ROOT.glob("engine/commands/*.py"), *ROOT.glob("web/commands/*.py")]:
        for line in ast.parse(file.read_text(encoding="utf-8")).body:
            match line:
                case ast.Assign([ast.Name("HELP")], ast.Call(_, [english, arabic])):
                    said = words(ast.literal_eval(english), ast.literal_eval(arabic))
                    yield file.stem.replace("_", "-"), said


def run(verb: str, rest: Sequence[str]) -> int:
    with one_at_a_time():
        RUNNING.make()
        make_bundles(RUNNING)
        if not verb:
            prepare(RUNNING)
    return become(RUNNING, "web", *([verb] if verb else ["serve"]), *rest)


def whole_suite(rest: Sequence[str]) -> list[str]:
    """Options for all tests: a process for each of two cores, a file at a time, in the order of the folders.

    The longest files come first that way. Some tests that are named run in one process, so that one can watch them.
    """
    is_whole = all(one.startswith("-") for one in rest) and not any(one.startswith(("-n", "-k", "-m")) for one in rest)
    return ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"] if is_whole else []


def test(rest: Sequence[str], module: str) -> int:
    """The tests, or the benchmark: both in the environment of the tests."""
    with one_at_a_time():
        TESTING.make()
        make_bundles(TESTING)
        make_test_tools(TESTING)
    os.chdir(ROOT)
    return become(TESTING, module, *rest)


def become(environment: Environment, module: str, *arguments: str) -> int:
    """This process becomes the program, so that signals and the exit code are its own."""
    command = [str(environment.python), "-P", "-m", module, *arguments]
    os.execve(environment.python, command, environment.variables())


def lock() -> int:
    uv = shutil.which("uv")
    if not uv:
        raise Stopped(words("`./run lock` needs uv on the PATH.", "يحتاج ‎`./run lock`‎ إلى أداة uv."))
    HOME.mkdir(exist_ok=True)
    options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--custom-compile-command", "./run lock"]
    for name, sources in LOCKS.items():
        call([uv, "pip", "compile", "--quiet", "--upgrade", *options, *sources, "-o", f"requirements/{name}.lock"])
    return 0
