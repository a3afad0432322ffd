"""A tiny builder of diagrams for tests: each function gives one element as BPMN text."""

from __future__ import annotations

import itertools
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ihala="urn:ihala:bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)


def element(tag: str, element_id: str, *inside: str, **attributes: str) -> str:
    """Any element; `ihala_x` stands for the attribute `ihala:x`."""
    written = "".join(f" {name.replace('ihala_', 'ihala:')}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{tag} id={quoteattr(element_id)}{written}>{''.join(inside)}</{tag}>"


def diagram(process_id: str, *parts: str, declared: str = "") -> bytes:
    """A file with one executable process."""
    return definitions(element("process", process_id, *parts, isExecutable="true"), declared)


def definitions(processes: str, declared: str = "") -> bytes:
    return f"{HEAD}{declared}{processes}</definitions>".encode()


def start(element_id: str = "s", *inside: str) -> str:
    return element("startEvent", element_id, *inside)


def end(element_id: str = "e", *inside: str) -> str:
    return element("endEvent", element_id, *inside)


def user(element_id: str, *inside: str, **attributes: str) -> str:
    return element("userTask", element_id, *inside, **attributes)


def script(element_id: str, text: str, *inside: str) -> str:
    return element("scriptTask", element_id, f"<script>{escape(text)}</script>", *inside)


def service(element_id: str, operation: str = "search_matches", *inside: str) -> str:
    return element("serviceTask", element_id, *inside, ihala_operation=operation)


def gateway(kind: str, element_id: str, default: str = "") -> str:
    return element(f"{kind}Gateway", element_id, **({"default": default} if default else {}))


def sub(element_id: str, *inside: str, tag: str = "subProcess", **attributes: str) -> str:
    return element(tag, element_id, *inside, **attributes)


def call(element_id: str, process_id: str, *inside: str) -> str:
    return element("callActivity", element_id, *inside, calledElement=process_id)


def boundary(element_id: str, on: str, definition: str, stops: bool = True, **attributes: str) -> str:
    stopping = "true" if stops else "false"
    return element("boundaryEvent", element_id, definition, attachedToRef=on, cancelActivity=stopping, **attributes)


def catch(element_id: str, definition: str, **attributes: str) -> str:
    return element("intermediateCatchEvent", element_id, definition, **attributes)


def throw(element_id: str, definition: str, *inside: str, **attributes: str) -> str:
    return element("intermediateThrowEvent", element_id, *inside, definition, **attributes)


def timer(text: str, form: str = "timeDuration", **attributes: str) -> str:
    written = "".join(f" {name.replace('ihala_', 'ihala:')}={quoteattr(value)}" for name, value in attributes.items())
    inside = f'<{form} xsi:type="tFormalExpression">{escape(text)}</{form}>'
    return f"<timerEventDefinition{written}>{inside}</timerEventDefinition>"


def event(kind: str, reference: str = "") -> str:
    """An event definition; `error`, `message`... refer to what `declare` declares."""
    return f'<{kind}EventDefinition {kind}Ref="{reference}"/>' if reference else f"<{kind}EventDefinition/>"


def when(condition: str) -> str:
    inside = f'<condition xsi:type="tFormalExpression">{escape(condition)}</condition>'
    return f"<conditionalEventDefinition>{inside}</conditionalEventDefinition>"


def declare(kind: str, name: str) -> str:
    """A message, signal, error or escalation whose id, name and code are the same word."""
    code = f' {kind}Code="{name}"' if kind in ("error", "escalation") else ""
    return f'<{kind} id="{name}" name="{name}"{code}/>'


def extensions(*, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    """`ihala:input` and `ihala:output`."""
    written = [f'<ihala:input name="{name}">{escape(text)}</ihala:input>' for name, text in (inputs or {}).items()]
    written += [f'<ihala:output name="{name}">{escape(text)}</ihala:output>' for name, text in (outputs or {}).items()]
    return f"<extensionElements>{''.join(written)}</extensionElements>"


def many(*inside: str, sequential: bool = False, **attributes: str) -> str:
    """Multi-instance characteristics."""
    written = "".join(f" {name.replace('ihala_', 'ihala:')}={quoteattr(value)}" for name, value in attributes.items())
    tag = "multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{str(sequential).lower()}"{written}>{"".join(inside)}</{tag}>'


def again(condition: str = "", maximum: str = "", test_before: bool = False) -> str:
    """Standard loop characteristics."""
    most = f' loopMaximum="{maximum}"' if maximum else ""
    inside = f'<loopCondition xsi:type="tFormalExpression">{escape(condition)}</loopCondition>' if condition else ""
    tag = "standardLoopCharacteristics"
    return f'<{tag} testBefore="{str(test_before).lower()}"{most}>{inside}</{tag}>'


def text(tag: str, content: str) -> str:
    return f'<{tag} xsi:type="tFormalExpression">{escape(content)}</{tag}>'


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow whose id is `source-target`."""
    inside = text("conditionExpression", condition) if condition else ""
    return element("sequenceFlow", f"{source}-{target}", inside, sourceRef=source, targetRef=target)


def path(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(source, target) for source, target in itertools.pairwise(nodes))
