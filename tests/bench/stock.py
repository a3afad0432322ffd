"""The referral of the benchmark as the stock engine runs it, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

from tests.bench import drawing
from tests.bench.drawing import Drawing, Node
from tests.bench.ours import risk_table

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions_{0}" targetNamespace="urn:bench">'
)
Specs = tuple[Any, dict[str, Any]]


def specs(folder: Path) -> Specs:
    """The parsed referral, whose files are written to the folder first."""
    drawings = drawing.referral()
    for one in drawings:
        (folder / f"{one.id}.bpmn").write_text(_diagram(one))
    (folder / "risk_level.dmn").write_text(_risk())
    parser = SpiffBpmnParser()
    parser.add_bpmn_files([str(folder / f"{one.id}.bpmn") for one in drawings])
    parser.add_dmn_files([str(folder / "risk_level.dmn")])
    return parser.get_spec(drawings[0].id), parser.get_subprocess_specs(drawings[0].id)


def begin(made: Specs) -> BpmnWorkflow:
    instance = BpmnWorkflow(*made)
    instance.do_engine_steps()
    return instance


def waiting(instance: BpmnWorkflow) -> list[Any]:
    return list(instance.get_tasks(state=TaskState.READY, manual=True))


def complete(instance: BpmnWorkflow, task: Any) -> None:
    """Answer one task and let the process go on until it waits."""
    name = task.task_spec.bpmn_id or task.task_spec.name
    task.data["report" if name == "provider_report" else name] = drawing.answers()
    task.run()
    instance.do_engine_steps()


def run(instance: BpmnWorkflow) -> Iterator[None]:
    """Complete the referral, task by task."""
    while ready := waiting(instance):
        complete(instance, ready[0])
        yield


def _risk() -> str:
    """Its tables speak Python; an empty entry takes everything."""
    return risk_table().replace("<text>-</text>", "<text></text>").replace("<text>true</text>", "<text>True</text>")


def _diagram(one: Drawing) -> str:
    inside = "".join(_element(node, one) for node in one.nodes) + "".join(
        f'<sequenceFlow id="{flow.source}-{flow.target}" sourceRef="{flow.source}" targetRef="{flow.target}">'
        f"{_condition(flow.python)}</sequenceFlow>"
        for flow in one.flows
    )
    process = f'<process id="{one.id}" name="{one.id}" isExecutable="true">{inside}</process>'
    return f"{HEAD.format(one.id)}{process}</definitions>"


def _condition(python: str) -> str:
    written = f'<conditionExpression xsi:type="tFormalExpression">{escape(python)}</conditionExpression>'
    return written if python else ""


def _element(node: Node, one: Drawing) -> str:
    arrows = "".join(f"<incoming>{f.source}-{f.target}</incoming>" for f in one.flows if f.target == node.id)
    arrows += "".join(f"<outgoing>{f.source}-{f.target}</outgoing>" for f in one.flows if f.source == node.id)
    match node.kind:
        case "start" | "end":
            return _tag(f"{node.kind}Event", node.id, arrows)
        case "exclusive" | "parallel":
            default = one.defaults.get(node.id)
            return _tag(f"{node.kind}Gateway", node.id, arrows, f'default="{node.id}-{default}"' if default else "")
        case "script":
            return _tag("scriptTask", node.id, f"{arrows}<script>{escape(node.python)}</script>")
        case "call":
            return _tag("callActivity", node.id, arrows, f'calledElement="{node.of}"')
        case "rule":
            decision = f"<spiffworkflow:calledDecisionId>{node.of}</spiffworkflow:calledDecisionId>"
            return _tag("businessRuleTask", node.id, f"<extensionElements>{decision}</extensionElements>{arrows}")
        case "timer":
            due = f'<timeDuration xsi:type="tFormalExpression">"{node.feel}"</timeDuration>'
            clock = f'<timerEventDefinition id="{node.id}_clock">{due}</timerEventDefinition>'
            stops = "true" if node.stops else "false"
            return _tag("boundaryEvent", node.id, arrows + clock, f'attachedToRef="{node.of}" cancelActivity="{stops}"')
        case "many":
            loop = (
                '<multiInstanceLoopCharacteristics isSequential="false">'
                f"<loopDataInputRef>{node.python}</loopDataInputRef><loopDataOutputRef>reports</loopDataOutputRef>"
                '<inputDataItem id="provider" name="provider"/><outputDataItem id="report" name="report"/>'
                "</multiInstanceLoopCharacteristics>"
            )
            return _tag("userTask", node.id, arrows + loop)
    return _tag("userTask", node.id, arrows)


def _tag(name: str, node_id: str, inside: str, attributes: str = "") -> str:
    return f'<{name} id="{node_id}" name="{node_id}" {attributes}>{inside}</{name}>'
