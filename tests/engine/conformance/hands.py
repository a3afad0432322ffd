"""How several modelers write the same diagram: prefixes, layout, attributes of their own, `=` before FEEL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
)
LAYOUT = (
    '<bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="p">'
    '<bpmndi:BPMNShape id="shape_s" bpmnElement="s"><dc:Bounds x="1" y="2" width="36" height="36"/>'
    "</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
)
TASKS = frozenset({"userTask", "scriptTask", "serviceTask", "subProcess", "callActivity"})


@dataclass(frozen=True)
class Noise:
    """What a modeler adds to an element for its own engine."""

    attributes: str = ""
    extensions: str = ""


@dataclass(frozen=True)
class Hand:
    """One modeler's way to write a diagram."""

    name: str
    prefix: str
    namespaces: str
    layout: str = ""
    equals: bool = False
    lists_flows: bool = False
    task_attributes: str = ""
    task_extensions: str = ""

    def feel(self, text: str) -> str:
        return f"={text}" if self.equals else text

    def noise(self, kind: str) -> Noise:
        return Noise(self.task_attributes, self.task_extensions) if kind in TASKS else Noise()

    def write(self, declarations: str, processes: str) -> bytes:
        """The whole file; only names without a prefix are BPMN's own."""
        text = re.sub(r"<(/?)(?=[A-Za-z]+[\s>/])", rf"<\1{self.prefix}", declarations + processes)
        own = f'xmlns:{self.prefix[:-1]}="{MODEL}"' if self.prefix else f'xmlns="{MODEL}"'
        head = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<{self.prefix}definitions {own} {self.namespaces} '
            'xmlns:ihala="urn:ihala:bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Modeler">'
        )
        return f"{head}{self._typed(text)}{self.layout}</{self.prefix}definitions>".encode()

    def _typed(self, text: str) -> str:
        return text.replace('xsi:type="tFormal', f'xsi:type="{self.prefix}tFormal')


PLAIN = Hand("plain", "", "")
CAMUNDA = Hand(
    "camunda",
    "bpmn:",
    f'{DI} xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
    LAYOUT,
    lists_flows=True,
    task_attributes=' name="A step" camunda:asyncBefore="true" camunda:assignee="somebody"',
    task_extensions="<extensionElements><camunda:properties><camunda:property name='a' value='b'/>"
    "</camunda:properties></extensionElements>",
)
ZEEBE = Hand(
    "zeebe",
    "bpmn:",
    f'{DI} xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
    'modeler:executionPlatform="Camunda Cloud"',
    LAYOUT,
    equals=True,
    lists_flows=True,
    task_extensions="<extensionElements><zeebe:taskDefinition type='x'/></extensionElements>",
)
SIGNAVIO = Hand(
    "signavio",
    "semantic:",
    f'{DI} xmlns:signavio="http://www.signavio.com" typeLanguage="http://www.w3.org/2001/XMLSchema"',
    LAYOUT,
    task_attributes=' completionQuantity="1" startQuantity="1" isForCompensation="false"',
    task_extensions="<extensionElements><signavio:signavioMetaData metaKey='bgcolor' metaValue='#ffffcc'/>"
    "</extensionElements>",
)
HANDS = (PLAIN, CAMUNDA, ZEEBE, SIGNAVIO)


def hand_for(text: str) -> Hand:
    """One of the hands, always the same for the same diagram: so that all tests together try them all."""
    return HANDS[crc32(text.encode()) % len(HANDS)]
