"""Forms of a draft while they are edited: one that is not saved yet, and the first one of a user task."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from engine.access import Actor, NotFound
from engine.execution.normalising.diagram import Element, id_of, kind
from engine.execution.xml import ihala as attribute
from engine.execution.xml import parse
from engine.forms import Form
from engine.persistence import release_rows
from engine.studio import drafts
from engine.studio.file_limits import check_file
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


def tried(ihala: Ihala, actor: Actor, draft_id: str, path: str, content: bytes) -> Form:
    """The form as it would be; nothing is saved. Raises `FormProblem`, `FileTooLarge`, `NotFound`, `NotADraft`."""
    check_file(path, content)
    with ihala.database.reading() as tx:
        drafts.own_draft(ihala, tx, actor, draft_id)
    return Form.load(content, path)


def form_of(ihala: Ihala, actor: Actor, draft_id: str, diagram: str, task: str) -> tuple[str, Text, bool]:
    """Where the form of a user task stands or would stand, the name of the task, and whether there is one.

    Raises `NotFound` where the saved diagram has no such task, `CannotRun` where it cannot be read, `NotADraft`.
    """
    with ihala.database.reading() as tx:
        drafts.own_draft(ihala, tx, actor, draft_id)
        files = release_rows.files(tx, draft_id)[0]
    element = _task(files.get(diagram), diagram, task)
    path = next((name for name in files if PurePosixPath(name).name == f"{task}.form"), "")
    beside = PurePosixPath(diagram).with_name(f"{task}.form").as_posix()
    name = Text(element.get("name") or task, element.get(attribute("nameAr")) or element.get("name") or task)
    return path or beside, name, bool(path)


def create(ihala: Ihala, actor: Actor, draft_id: str, diagram: str, task: str) -> str:
    """A first form of a user task, valid in both languages, where it has none; its path. Raises as `form_of`."""
    path, name, exists = form_of(ihala, actor, draft_id, diagram, task)
    if not exists:
        drafts.add_file(ihala, actor, draft_id, path, _first(task, name))
    return path


def _task(content: bytes | None, diagram: str, task: str) -> Element:
    elements = parse(content, diagram).iter() if content is not None else ()
    found = next((one for one in elements if kind(one) == "userTask" and id_of(one) == task), None)
    if found is None:
        raise NotFound
    return found


def _first(task: str, name: Text) -> bytes:
    """What the task is, and whether it was done."""
    title = {"type": "text", "id": "instructions", "text": name.en, "properties": {"text_ar": name.ar}}
    question = {
        "type": "radio",
        "id": "done",
        "key": "done",
        "label": "Was it done?",
        "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}],
        "validate": {"required": True},
        "properties": {
            "label_ar": "هل تم ذلك؟",
            "option_ar:yes": "نعم",
            "option_ar:no": "لا",
            "classification": "operational",
        },
    }
    form = {"schemaVersion": 16, "type": "default", "id": task, "components": [title, question]}
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()
