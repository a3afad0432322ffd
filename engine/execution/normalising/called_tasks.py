"""Global tasks, which a call activity may call like a process: each becomes the process of one task that it is."""

from __future__ import annotations

from engine.execution.normalising.diagram import ITSELF, Element, add, connect, id_of, kind, part, q

TASK_OF = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


def write_global_tasks(root: Element) -> None:
    for element in list(root):
        if kind(element) in TASK_OF:
            _as_process(element)


def _as_process(element: Element) -> None:
    inside = list(element)
    attributes = {name: value for name, value in element.attrib.items() if name not in ("id", "name")}
    task_kind = TASK_OF[kind(element)]
    element.tag = q("process")
    for name in attributes:
        del element.attrib[name]
    element.set("isExecutable", "true")
    start = add(element, "startEvent", part(id_of(element), "start"))
    task = add(element, task_kind, part(id_of(element), ITSELF))
    end = add(element, "endEvent", part(id_of(element), "end"))
    if "scriptLanguage" in attributes:
        attributes["scriptFormat"] = attributes.pop("scriptLanguage")
    for name, value in {"name": element.get("name", ""), **attributes}.items():
        task.set(name, value)
    task.extend(child for child in inside if kind(child) not in ("documentation", "ioSpecification"))
    connect(element, id_of(start), id_of(task))
    connect(element, id_of(task), id_of(end))
