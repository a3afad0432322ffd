"""What is carried out at once: operations and decisions; and who a task is for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from engine.errors import Refusal
from engine.execution import StepFailed
from engine.text import Text
from tests.engine.execution.diagrams import (
    boundary,
    call,
    declare,
    definitions,
    diagram,
    element,
    end,
    event,
    extensions,
    many,
    path,
    service,
    start,
    sub,
    user,
)
from tests.engine.execution.stage import Stage

RISK = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:t">
<inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>
<decision id="risk" name="Risk"><variable name="Risk"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>age</text></inputExpression></input><output/>
<rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"high"</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


class NoBed(Refusal):
    """A refusal as operations give it: with a code."""

    sentence = Text("No bed is free.", "لا يوجد سرير متاح.")
    code = "no_bed"


def refuse(inputs: Mapping[str, object]) -> Mapping[str, object]:
    raise NoBed()


SHELTER = extensions(inputs={"shelter": '"x"'})


def reserving(*around: str) -> bytes:
    task = service("book", "reserve_bed", extensions(inputs={"shelter": "place", "hours": "2 * 12"}))
    parts = (start(), task, user("after"), path("s", "book", "after"), *around)
    return diagram("p", *parts, declared=declare("error", "no_bed"))


def test_an_operation_gets_its_inputs_its_element_and_its_path(stage: Stage) -> None:
    stage.start(reserving(), variables={"place": "x"})
    assert stage.around.performed == [("reserve_bed", {"shelter": "x", "hours": Decimal(24)}, "book", ())]


def test_the_path_of_an_operation_leads_through_calls(stage: Stage) -> None:
    stage.start(
        diagram("p", start(), call("c", "q"), path("s", "c")), diagram("q", start(), service("n"), path("s", "n"))
    )
    assert [path for *_, path in stage.around.performed] == [("c",)]


def test_the_outputs_of_an_operation_are_the_variable_named_by_its_task(stage: Stage) -> None:
    stage.start(reserving(), variables={"place": "x"}, operations={"reserve_bed": lambda _: {"bed": 3}})
    assert stage.instance.variables["book"] == {"bed": Decimal(3)}


def test_a_refused_operation_is_caught_by_its_code(stage: Stage) -> None:
    caught = (boundary("none_free", "book", event("error", "no_bed")), user("search"), path("none_free", "search"))
    assert stage.start(reserving(*caught), variables={"place": "x"}, operations={"reserve_bed": refuse}).open == [
        "search"
    ]


def test_a_refused_operation_is_caught_around_its_scope(stage: Stage) -> None:
    inner = sub("inner", start("is"), service("book", "reserve_bed", SHELTER), path("is", "book"))
    parts = (start(), inner, boundary("none_free", "inner", event("error", "no_bed")), user("search"))
    drawn = diagram("p", *parts, path("s", "inner"), path("none_free", "search"), declared=declare("error", "no_bed"))
    assert stage.start(drawn, operations={"reserve_bed": refuse}).open == ["search"]


def test_a_refused_operation_of_a_loop_is_caught_on_the_loop(stage: Stage) -> None:
    loop = many(ihala_collection="[1, 2]", ihala_item="n")
    parts = (
        start(),
        service("book", "reserve_bed", SHELTER, loop),
        boundary("none_free", "book", event("error", "no_bed")),
    )
    drawn = diagram("p", *parts, user("search"), path("s", "book"), path("none_free", "search"),
                    declared=declare("error", "no_bed"))  # fmt: skip
    assert stage.start(drawn, operations={"reserve_bed": refuse}).open == ["search"]


def test_a_refused_operation_nobody_catches_fails_in_its_own_words(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="No bed is free"):
        stage.start(reserving(), variables={"place": "x"}, operations={"reserve_bed": refuse})


def deciding(*inside: str, **attributes: str) -> bytes:
    task = element("businessRuleTask", "risk", *inside, **attributes)
    return diagram("p", start(), task, user("after"), path("s", "risk", "after"))


def test_a_decision_reads_the_variables_in_sight(stage: Stage) -> None:
    stage.start(deciding(), variables={"age": 15}, tables={"risk.dmn": RISK})
    assert stage.instance.variables["risk"] == "high"


def test_a_decision_reads_its_declared_inputs(stage: Stage) -> None:
    given = extensions(inputs={"age": "person.years"})
    stage.start(deciding(given), variables={"person": {"years": 30}}, tables={"risk.dmn": RISK})
    assert stage.instance.variables["risk"] == "low"


def test_a_decision_may_be_named(stage: Stage) -> None:
    task = element("businessRuleTask", "assess", ihala_decision="risk")
    drawn = diagram("p", start(), task, user("after"), path("s", "assess", "after"))
    stage.start(drawn, variables={"age": 15}, tables={"risk.dmn": RISK})
    assert stage.instance.variables["assess"] == "high"


def laned(*task: str, **attributes: str) -> bytes:
    lanes = (
        '<laneSet id="ls"><lane id="outer"><flowNodeRef>u</flowNodeRef><childLaneSet id="cs">'
        '<lane id="clerk"><flowNodeRef>u</flowNodeRef></lane></childLaneSet></lane></laneSet>'
    )
    return diagram("p", lanes, start(), user("u", *task, **attributes), path("s", "u"))


def test_the_innermost_lane_is_the_role(stage: Stage) -> None:
    assert [task.role for task in stage.start(laned()).instance.tasks] == ["clerk"]


def test_tasks_of_a_sub_process_are_in_its_lane(stage: Stage) -> None:
    lanes = '<laneSet id="ls"><lane id="clerk"><flowNodeRef>inner</flowNodeRef></lane></laneSet>'
    drawn = diagram("p", lanes, start(), sub("inner", start("is"), user("u"), path("is", "u")), path("s", "inner"))
    assert [task.role for task in stage.start(drawn).instance.tasks] == ["clerk"]


def test_role_and_organisation_may_be_worked_out(stage: Stage) -> None:
    stage.start(laned(ihala_role='"head"', ihala_organisation="choice.place"), variables={"choice": {"place": "org-7"}})
    assert [(task.role, task.organisation) for task in stage.instance.tasks] == [("head", "org-7")]


def test_a_task_for_nobody_is_a_failed_step(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="id of its organisation"):
        stage.start(laned(ihala_organisation="choice.place"), variables={"choice": {}})


def test_a_task_tells_what_its_author_wrote(stage: Stage) -> None:
    documentation = '<documentation>Law 64.</documentation><documentation xml:lang="ar">قانون 64.</documentation>'
    drawn = laned(documentation, name="Ask", ihala_nameAr="السؤال", ihala_purpose="health", ihala_notBy="other")
    shown = stage.start(drawn).instance.tasks[0].element
    assert (shown.name, shown.documentation, shown.purpose, shown.not_by, shown.priority) == (
        Text("Ask", "السؤال"),
        Text("Law 64.", "قانون 64."),
        "health",
        "other",
        "normal",
    )


def test_only_the_executable_process_of_a_collaboration_is_loaded(stage: Stage) -> None:
    drawn = element("process", "p", start(), user("u"), path("s", "u"), isExecutable="true")
    other = element("process", "illustration", element("task", "x"), isExecutable="false")
    assert list(stage.start(definitions(drawn + other)).mechanism().processes) == ["p"]


def test_a_task_opens_at_the_clocks_time(stage: Stage) -> None:
    stage.start(diagram("p", start(), user("u"), end(), path("s", "u", "e")))
    assert stage.instance.tasks[0].opened_at == stage.around.now()
