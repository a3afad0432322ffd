"""What may be a file of a draft: its path, its size, and the one file that no draft may hold."""

from __future__ import annotations

import re

from engine.errors import Refusal
from engine.execution import LIST
from engine.studio.arriving import Attack
from engine.text import Text

PATH = re.compile(r"(?:[A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-]+\.(?:bpmn|dmn|form|toml|yaml|md|svg)")
"""A file of the mechanism: plain words, at most four folders deep, of a kind the mechanism knows."""
_OUTWARD = re.compile(r"\.\.|^[/~\\]|\\|^[A-Za-z]:|%2e|\x00", re.IGNORECASE)
"""What in a path tries to leave the draft."""
LONGEST_SHOWN = 200
LARGEST_FILE = 2_000_000


class PathUnfit(Refusal):
    sentence = Text(
        "“{path}” is no file of a mechanism: expected letters, digits, - and _, folders with /, and one of the kinds "
        ".bpmn .dmn .form .toml .yaml .md .svg.",
        "«{path}» ليس ملفًا من ملفات الآلية: المتوقع حروف لاتينية وأرقام و- و_، ومجلدات بـ /، وأحد الأنواع "
        ".bpmn .dmn .form .toml .yaml .md .svg.",
    )


class PathReachesOut(PathUnfit, Attack):
    sentence = Text(
        "“{path}” leads out of the draft. Name the file by its folder in the draft and its name.",
        "«{path}» يقود إلى خارج المسودة. يُذكر الملف بمجلده داخل المسودة واسمه.",
    )


class SafeguardsLocked(Refusal):
    sentence = Text(
        "“{path}” is the list of safeguards: it is no part of a draft. It is changed on the page of safeguards alone, "
        "by the signatures of two other people.",
        "«{path}» هو قائمة الضمانات، وليس جزءًا من أي مسودة. لا يُغيَّر إلا من صفحة الضمانات وبتوقيع شخصين آخرين.",
    )


class FileTooLarge(Refusal):
    sentence = Text("The file is larger than {limit} MB.", "حجم الملف أكبر من {limit} ميجابايت.")


def check_file(path: str, content: bytes) -> None:
    """Raises `PathReachesOut`, `PathUnfit`, `SafeguardsLocked`, `FileTooLarge`."""
    if _OUTWARD.search(path):
        raise PathReachesOut(path=path[:LONGEST_SHOWN])
    if not PATH.fullmatch(path):
        raise PathUnfit(path=path[:LONGEST_SHOWN])
    if path.rpartition("/")[2] == LIST:
        raise SafeguardsLocked(path=path)
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(limit=LARGEST_FILE // 1_000_000)
