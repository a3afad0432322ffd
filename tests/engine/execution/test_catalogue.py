"""Loading a set of files: what is refused, what is kept, what a digest covers."""

from __future__ import annotations

import pytest

from engine.errors import CannotRun
from engine.execution import load
from engine.execution.xml import LIMIT_BYTES, parse
from tests.engine.execution.diagrams import call, diagram, element, end, path, start, user
from tests.engine.execution.test_work import RISK

DRAWN = diagram("p", start(), user("u", name="Ask"), end(), path("s", "u", "e"))


def test_the_same_files_are_loaded_once() -> None:
    assert load({"a.bpmn": DRAWN}) is load({"a.bpmn": bytes(DRAWN)})


def test_other_contents_are_another_mechanism() -> None:
    assert load({"a.bpmn": DRAWN}).digest != load({"a.bpmn": DRAWN + b" "}).digest


def test_file_names_may_have_folders() -> None:
    assert list(load({"one/two/p.bpmn": DRAWN}).processes) == ["p"]


def test_what_was_stored_with_a_release_runs_though_the_rewriting_has_changed() -> None:
    stored = load({"a.bpmn": DRAWN}).executed["a.bpmn"].replace(b'id="u"', b'id="u" ihala:nameAr="\xd8\xb3"', 1)
    assert load({"a.bpmn": DRAWN}, {"a.bpmn": stored}).processes["p"].elements["u"].name.ar == "س"


def test_what_was_stored_with_a_release_is_not_checked_anew() -> None:
    split = diagram("p", start(), end(), path("s", "e"), '<complexGateway id="c"/>')
    runs = load({"a.bpmn": DRAWN}).executed["a.bpmn"]
    assert list(load({"a.bpmn": split}, {"a.bpmn": runs}).processes) == ["p"]


def test_what_a_diagram_was_rewritten_into_is_the_same_when_it_is_read_again() -> None:
    first = load({"a.bpmn": DRAWN})
    again = load({"a.bpmn": DRAWN}, first.executed)
    assert (again.executed, again.digest) == (first.executed, first.digest)


def test_without_a_mechanism_file_there_are_defaults() -> None:
    mechanism = load({"a.bpmn": DRAWN})
    assert (mechanism.first_process, mechanism.time_zone.key, mechanism.roles) == ("p", "Africa/Cairo", {})


def test_a_mechanism_file_names_its_roles() -> None:
    settings = '[mechanism]\nfirst_process = "p"\n[roles.clerk]\nen = "Clerk"\nar = "الموظف"\n'
    try:
        mechanism = load({"a.bpmn": DRAWN, "mechanism.toml": settings.encode()})
    except CannotRun as refusal:
        pytest.fail(str(refusal))
    assert mechanism.roles["clerk"].ar == "الموظف"


@pytest.mark.parametrize(
    "content",
    [
        b"no xml",
        b"<a>",
        b"",
        b'<!DOCTYPE a><a xmlns="urn:x"/>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16"),
        b"<a>" + b" " * LIMIT_BYTES + b"</a>",
        b"<a>" * 10_000 + b"</a>" * 10_000,
    ],
    ids=["text", "open", "empty", "doctype", "entity", "external", "utf16", "large", "deep"],
)
def test_unsafe_or_unreadable_files_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(CannotRun) as refusal:
        parse(content, "x.bpmn")
    assert all(problem.text.ar and problem.mend.ar for problem in refusal.value.problems)


def test_a_diagram_that_cannot_run_is_refused_with_its_problems() -> None:
    with pytest.raises(CannotRun) as refusal:
        load({"a.bpmn": b"no xml"})
    assert [problem.file for problem in refusal.value.problems] == ["a.bpmn"]


def digest(**files: bytes) -> str:
    """The digest of process p in these files."""
    return load({name.replace("_", "."): content for name, content in files.items()}).processes["p"].digest


def test_a_mended_label_keeps_the_digest() -> None:
    assert digest(p_bpmn=DRAWN) == digest(p_bpmn=DRAWN.replace(b'name="Ask"', b'name="Ask her"'))


def test_a_moved_shape_keeps_the_digest() -> None:
    drawing = b'<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"/></definitions>'
    assert digest(p_bpmn=DRAWN) == digest(p_bpmn=DRAWN.replace(b"</definitions>", drawing))


def test_another_flow_changes_the_digest() -> None:
    changed = diagram("p", start(), user("u"), user("v"), end(), path("s", "u", "v", "e"))
    assert digest(p_bpmn=DRAWN) != digest(p_bpmn=changed)


def test_a_changed_called_process_changes_the_digest() -> None:
    caller = diagram("p", start(), call("c", "q"), end(), path("s", "c", "e"))
    called = [diagram("q", start(), user(name), end(), path("s", name, "e")) for name in "ab"]
    assert digest(p_bpmn=caller, q_bpmn=called[0]) != digest(p_bpmn=caller, q_bpmn=called[1])


def test_a_changed_process_elsewhere_keeps_the_digest() -> None:
    others = [diagram("q", start(), user(name), end(), path("s", name, "e")) for name in "ab"]
    assert digest(p_bpmn=DRAWN, q_bpmn=others[0]) == digest(p_bpmn=DRAWN, q_bpmn=others[1])


def test_a_changed_rule_changes_the_digest() -> None:
    drawn = diagram("p", start(), element("businessRuleTask", "risk"), end(), path("s", "risk", "e"))
    changed = RISK.replace(b'"low"', b'"none"')
    assert digest(p_bpmn=drawn, risk_dmn=RISK) != digest(p_bpmn=drawn, risk_dmn=changed)


def test_a_table_drawn_anew_keeps_the_digest() -> None:
    drawn = diagram("p", start(), element("businessRuleTask", "risk"), end(), path("s", "risk", "e"))
    described = RISK.replace(b'<decisionTable hitPolicy="UNIQUE">', b'\n<decisionTable hitPolicy="UNIQUE">\n')
    assert digest(p_bpmn=drawn, risk_dmn=RISK) == digest(p_bpmn=drawn, risk_dmn=described)


def test_a_process_is_loaded_as_it_was_normalised() -> None:
    mechanism = load({"a.bpmn": DRAWN})
    assert load({"a.bpmn": mechanism.processes["p"].xml}).processes["p"].digest == mechanism.processes["p"].digest
