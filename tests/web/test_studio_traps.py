"""What the library underneath would silently do to a diagram: said at its element in the draft, or cured."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path

import pytest

from tests.web.conftest import PROCESS_OWNER, Site, send
from tests.web.test_studio import drafted

BROKEN = Path(__file__).parents[1] / "engine" / "broken"
PATH = "referral/broken.bpmn"
REFUSED = [
    "python_condition",  # conditions are Python
    "method_call",
    "script_language",
    "script_line",
    "expression_language",
    "timer_text",  # times are Python, and fail only when they are reached
    "timer_cron",
    "event_subprocess_start",  # event sub-processes that nothing can begin
    "event_subprocess_flow",
    "link_without_partner",  # links are dropped
    "definition_unknown",  # references to definitions are ignored
    "two_writers",  # the last branch that writes a name wins
    "no_way_to_end",  # the case never ends
    "deadlock",
    "endless_circle",
    "compensation",  # ignored, crash or hang
    "complex_gateway",
    "ad_hoc_sequential",
    "token_quantity",
    "repetition_events",
    "loop_count",
    "loop_without_end",
    "repetition_two_sources",
    "error_without_reference",
    "always_interrupts",
]
HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
<signal id="sig" name="halt"/><timerEventDefinition id="shared"><timeDuration>P1D</timeDuration></timerEventDefinition>
<process id="broken" isExecutable="true"><startEvent id="start"/><manualTask id="do"/><manualTask id="then"/>
<sequenceFlow id="a" sourceRef="start" targetRef="do"/>{}</process></definitions>"""
DO_TO_THEN = '<sequenceFlow id="b" sourceRef="do" targetRef="then"/>'
THEN_TO_END = '<endEvent id="e"/><sequenceFlow id="c" sourceRef="then" targetRef="e"/>'
CURED = {
    "a signal end event is dropped": f"""{DO_TO_THEN}<sequenceFlow id="c" sourceRef="then" targetRef="e"/>
<endEvent id="e"><signalEventDefinition signalRef="sig"/></endEvent>""",
    "link events are dropped": f"""<sequenceFlow id="b" sourceRef="do" targetRef="out"/>
<intermediateThrowEvent id="out"><linkEventDefinition name="x"/></intermediateThrowEvent>
<intermediateCatchEvent id="in"><linkEventDefinition name="x"/></intermediateCatchEvent>
<sequenceFlow id="d" sourceRef="in" targetRef="then"/>{THEN_TO_END}""",
    "references to definitions are ignored": f"""<sequenceFlow id="b" sourceRef="do" targetRef="w"/>
<intermediateCatchEvent id="w"><eventDefinitionRef>shared</eventDefinitionRef></intermediateCatchEvent>
<sequenceFlow id="d" sourceRef="w" targetRef="then"/>{THEN_TO_END}""",
    "several arrows out of a task are refused": f"""{DO_TO_THEN}{THEN_TO_END}
<endEvent id="e2"/><sequenceFlow id="d" sourceRef="do" targetRef="e2"/>""",
    "event sub-processes never begin": f"""{DO_TO_THEN}{THEN_TO_END}<subProcess id="when" triggeredByEvent="true">
<startEvent id="s2"><signalEventDefinition signalRef="sig"/></startEvent><endEvent id="e2"/>
<sequenceFlow id="x" sourceRef="s2" targetRef="e2"/></subProcess>""",
}
ROW = re.compile(r'data-problem="(\w+)" data-severity="(\w+)" data-element="([^"]*)"')


def page_of(site: Site, content: str, language: str = "en") -> str:
    """The page of a new file with this text in a draft."""
    owner = site.signed_in(PROCESS_OWNER, language)
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": PATH, "content": content}, form_at=draft)
    return html.unescape(owner.get(f"{draft}/files/{PATH}").text)


@pytest.mark.parametrize("name", REFUSED)
def test_a_trap_is_said_at_its_element(site: Site, name: str) -> None:
    expected = tomllib.loads((BROKEN / f"{name}.toml").read_text(encoding="utf-8"))
    page = page_of(site, (BROKEN / f"{name}.bpmn").read_text(encoding="utf-8"))
    assert (expected["code"], expected["element"]) in {(code, element) for code, _, element in ROW.findall(page)}
    assert (expected["sentence"] in page, f'{PATH}#{expected["element"]}"' in page) == (True, True)


@pytest.mark.parametrize("name", CURED)
def test_a_trap_that_is_cured_stops_nothing(site: Site, name: str) -> None:
    page = page_of(site, HEAD.format(CURED[name]))
    assert [(code, element) for code, severity, element in ROW.findall(page) if severity == "cannot_run"] == []
