"""Finds the Chromium of the browser tests, or unpacks one that came as an npm package, with the libraries it needs."""

from __future__ import annotations

import os
import platform
import shutil
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from installation.environment import Environment
from installation.node import Node, node
from installation.progress import HOME, ROOT, step, words
from installation.stamps import digest, stamped, stands

TOOLS = ROOT / "tests" / "browser"
PACKAGED = TOOLS / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = HOME / "chromium"
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{escape(str(UNPACKED / "fonts"))}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{escape(str(UNPACKED / "fonts-cache"))}</cachedir>
</fontconfig>
"""  # the package's own names folders of its home platform; without a single font Chromium breaks down
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True)
class Chromium:
    """A program, and the variables it needs beyond those of the system."""

    program: Path
    variables: dict[str, str] = field(default_factory=dict)


def chromium() -> Chromium | None:
    """The one that `IHALA_CHROMIUM` names, else the machine's, else the unpacked one, else none."""
    given = os.environ.get("IHALA_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if given:
        return Chromium(Path(given))
    if not (UNPACKED / "stamp").exists():
        return None
    return Chromium(UNPACKED / "chromium", {"LD_LIBRARY_PATH": str(UNPACKED / "lib"), "FONTCONFIG_PATH": str(UNPACKED)})


def make_test_tools(environment: Environment) -> None:
    """The accessibility checker; and a Chromium where the machine has none and one exists for it."""
    brought = chromium() is None or (UNPACKED / "stamp").exists()
    wanted = brought and (platform.system(), platform.machine()) == ("Linux", "x86_64")
    made_from = digest([TOOLS / "package.json", TOOLS / "package-lock.json", TOOLS / "unpack.mjs"], str(wanted))
    stamp = TOOLS / "node_modules" / ".stamp"
    if stands(stamp, made_from) and (not wanted or (UNPACKED / "stamp").exists()):
        return
    with_node = node(environment)
    with step(words("Tools of the browser tests", "أدوات اختبارات المتصفح")), stamped(stamp, made_from):
        with_node.install(TOOLS, *([] if wanted else ["--omit=dev"]))
        if wanted:
            _unpack(with_node, made_from)


def _unpack(with_node: Node, made_from: str) -> None:
    """Brotli is in Node and not in Python, tar the other way round."""
    with stamped(UNPACKED / "stamp", made_from):
        shutil.rmtree(UNPACKED, ignore_errors=True)
        UNPACKED.mkdir(parents=True)
        with_node.run(TOOLS / "unpack.mjs", PACKAGED, UNPACKED)
        for archive in UNPACKED.glob("*.tar"):
            with tarfile.open(archive) as packed:
                packed.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)  # since 3.11.4
                packed.extractall(UNPACKED)
            archive.unlink()
        (UNPACKED / "fonts.conf").write_text(FONTS, encoding="utf-8")
        (UNPACKED / "chromium").chmod(0o755)
