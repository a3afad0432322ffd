"""Builds what the browser loads, from `web/browser/` into `web/static/`."""

from __future__ import annotations

from installation.environment import Environment
from installation.node import node
from installation.progress import HOME, ROOT, step, words
from installation.stamps import digest, stamped, stands

SOURCES = ROOT / "web" / "browser"
BUILT = ROOT / "web" / "static" / "ihala.css"
PACKAGES = [SOURCES / "package.json", SOURCES / "package-lock.json", SOURCES / ".npmrc"]


def make_bundles(environment: Environment) -> None:
    """Again only where a source or the lock is another than last time."""
    made_from = digest([SOURCES], str(ROOT))
    stamp = HOME / "bundles.stamp"
    if stands(stamp, made_from) and BUILT.exists():
        return
    with_node = node(environment)
    packages_from, packages_stamp = digest(PACKAGES), SOURCES / "node_modules" / ".stamp"
    if not stands(packages_stamp, packages_from):
        with step(words("Browser packages", "حزم المتصفح")), stamped(packages_stamp, packages_from):
            with_node.install(SOURCES)
    with step(words("Style sheets and scripts", "أوراق الأنماط والبرامج النصية")), stamped(stamp, made_from):
        with_node.run(SOURCES / "build.mjs")
