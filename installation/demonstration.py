"""Brings the database of the demonstration up to date and fills a new one with synthetic people."""

from __future__ import annotations

import os
from pathlib import Path

from installation.environment import Environment
from installation.progress import ROOT, call, say, step, words
from installation.stamps import digest, stands

SOURCES = [ROOT / "engine", ROOT / "workflows"]
PRODUCTION = {"1", "true", "yes", "on", "y", "t"}


def prepare(environment: Environment) -> None:
    """In production the operator migrates with care, after a backup: then nothing is done here."""
    variables = environment.variables()
    if variables.get("IHALA_PRODUCTION", "").lower() in PRODUCTION:
        return
    data = Path(variables["IHALA_DATA_FOLDER"])
    data.mkdir(parents=True, exist_ok=True)
    ihala, sign_ins = [str(environment.python), "-P", "-m", "web"], data / "sign-ins"
    stamp = data / "stamp"
    if not stands(stamp, _made_from(data)) or not sign_ins.exists():
        stamp.unlink(missing_ok=True)
        with step(words("Database", "قاعدة البيانات")):
            call([*ihala, "migrate"], environment=variables)
        with step(words("Demonstration (synthetic people)", "نسخة العرض (أشخاص غير حقيقيين)")):
            sign_ins.write_text(call([*ihala, "demo"], environment=variables), encoding="utf-8")
        stamp.write_text(_made_from(data))
    say(sign_ins.read_text(encoding="utf-8"))


def _made_from(data: Path) -> str:
    """A database file that was deleted and made anew is another one."""
    databases = [f"{file.name} {file.stat().st_ino}" for file in sorted(data.glob("*.sqlite"))]
    return digest(SOURCES, os.environ.get("IHALA_DATABASE", ""), *databases)
