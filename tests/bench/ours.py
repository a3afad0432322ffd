"""The referral of the benchmark as Ihala runs it: diagrams, table, forms and roles, in a database with people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from xml.sax.saxutils import escape

import sqlalchemy as sa

from engine.access import Actor, Membership
from engine.application import Ihala, open_ihala
from engine.cases import open_case
from engine.clock import Clock, MovableClock
from engine.persistence import Transaction, item_rows
from engine.persistence.tables.people import account, membership, organisation
from engine.persistence.tables.work import work_item
from engine.releases import install
from engine.settings import Settings
from engine.tasks import complete_task
from engine.text import Text
from tests.bench import drawing
from tests.bench.drawing import Drawing, Node
from tests.engine.execution import diagrams

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PEOPLE_A_ROLE = 2
"""So that every new task is told to somebody, as in an office."""

RULES = (("-", "true", "high"), ("> 4", "-", "high"), ("> 2", "-", "medium"), ("-", "-", "low"))
"""Indicator score, child, risk: the first that fits counts."""


def risk_table() -> str:
    """The decision `risk_level`, every part with an id, as some engines want."""
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="s{n}"><text>{escape(score)}</text></inputEntry>'
        f'<inputEntry id="c{n}"><text>{child}</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>"{risk}"</text></outputEntry></rule>'
        for n, (score, child, risk) in enumerate(RULES)
    )
    inputs = "".join(
        f'<input id="i_{name}" label="{name}"><inputExpression id="e_{name}" typeRef="{kind}"><text>{name}</text>'
        "</inputExpression></input>"
        for name, kind in (("indicator_score", "number"), ("child", "boolean"))
    )
    asked = "".join(
        f'<informationRequirement id="q_{name}"><requiredInput href="#{name}"/></informationRequirement>'
        for name in ("indicator_score", "child")
    )
    given = "".join(
        f'<inputData id="{name}" name="{name}"><variable id="v_{name}" name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in (("indicator_score", "number"), ("child", "boolean"))
    )
    table = f'{inputs}<output id="risk" name="risk_level" typeRef="string"/>{rules}'
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="risk" namespace="urn:bench">'
        f'<decision id="risk_level" name="risk_level"><variable id="v" name="risk_level" typeRef="string"/>{asked}'
        f'<decisionTable id="t" hitPolicy="FIRST">{table}</decisionTable></decision>{given}</definitions>'
    )


def files(drawings: list[Drawing]) -> dict[str, bytes]:
    """The mechanism as a set of files."""
    made = {f"{one.id}.bpmn": _diagram(one) for one in drawings}
    forms = {f"{task}.form": _form(task) for task in drawing.users(drawings)}
    charter = _charter(drawings[0].id, [one.role for one in drawings])
    return {"mechanism.toml": charter, "risk_level.dmn": risk_table().encode(), **made, **forms}


def _charter(first: str, roles: Sequence[str]) -> bytes:
    lines = ["[mechanism]", f'first_process = "{first}"']
    for role in roles:
        lines += [f"[roles.{role}]", f'en = "{role}"', 'ar = "دور"', f'held_by = ["{role}"]']
    lines += ["[routing]", f'fallback_role = "{roles[0]}"', f'starts = {{ {first} = ["{roles[0]}"] }}']
    return "\n".join(lines).encode()


def _form(task: str) -> bytes:
    def part(kind: str, key: str, **more: object) -> dict[str, object]:
        named = {"label_ar": key, "classification": "operational"}
        return {"type": kind, "key": key, "label": key, "properties": {**named, **more.pop("named", {})}, **more}  # type: ignore[dict-item]

    outcomes = [{"label": name, "value": name} for name in ("positive", "negative")]
    arabic = {f"option_ar:{name}": name for name in ("positive", "negative")}
    parts = [
        part("checkbox", "ok"),
        part("number", "beds"),
        part("radio", "outcome", values=outcomes, named=arabic),
        part("textarea", "notes"),
    ]
    return json.dumps({"schemaVersion": 16, "type": "default", "id": task, "components": parts}).encode()


def _diagram(one: Drawing) -> bytes:
    inside = "".join(f"<flowNodeRef>{node.id}</flowNodeRef>" for node in one.nodes)
    lanes = f'<laneSet id="lanes_{one.id}"><lane id="{one.role}">{inside}</lane></laneSet>'
    flows = [diagrams.flow(flow.source, flow.target, flow.feel) for flow in one.flows]
    return diagrams.diagram(one.id, lanes, *(_element(node, one) for node in one.nodes), *flows)


def _element(node: Node, one: Drawing) -> str:
    match node.kind:
        case "start" | "end":
            return diagrams.element(f"{node.kind}Event", node.id)
        case "exclusive" | "parallel":
            default = one.defaults.get(node.id)
            return diagrams.gateway(node.kind, node.id, f"{node.id}-{default}" if default else "")
        case "script":
            return diagrams.script(node.id, node.feel)
        case "call":
            returned = diagrams.extensions(outputs={"outcome": node.feel}) if node.feel else ""
            return diagrams.call(node.id, node.of, returned)
        case "rule":
            return diagrams.element("businessRuleTask", node.id, ihala_decision=node.of)
        case "timer":
            return diagrams.boundary(
                node.id, node.of, diagrams.timer(node.feel), stops=node.stops, ihala_deadline="true"
            )
        case "many":
            return diagrams.user(node.id, diagrams.many(ihala_collection=node.feel, ihala_item="provider"))
    return diagrams.user(node.id)


@dataclass(frozen=True)
class Bureau:
    """An installation in which the referral is worked on."""

    ihala: Ihala
    people: dict[str, list[Actor]]
    """By role."""
    process: str
    role: str
    """Who opens a case of the process."""

    def open(self) -> str:
        """A new case; its id."""
        item_id = open_case(self.ihala, self.people[self.role][0], self.process)
        with self.ihala.database.reading() as tx:
            item = item_rows.read(tx, item_id or "")
        if item is None:
            raise RuntimeError("the referral begins with a task")
        return str(item.case_id)

    def waiting(self, case_id: str) -> list[tuple[str, Actor]]:
        """The open tasks of the case and who does each: the first in its seat."""
        with self.ihala.database.reading() as tx:
            rows = item_rows.of_case(tx, case_id, "open")
        return [(row.id, self.people[row.role][0]) for row in rows]

    def first_waiting(self, tx: Transaction, case_id: str) -> str:
        """The first open task of a case that may have very many."""
        waiting = sa.and_(work_item.c.case_id == case_id, work_item.c.status == "open")
        item_id: str = tx.execute(sa.select(work_item.c.id).where(waiting).limit(1)).scalar_one()
        return item_id

    def complete(self, item_id: str, actor: Actor) -> None:
        complete_task(self.ihala, actor, item_id, drawing.answers())


def bureau(
    url: str,
    folder: Path,
    live: int = 200,
    *,
    made: dict[str, bytes] | None = None,
    roles: Sequence[str] = (),
    tasks: Sequence[str] = (),
    clock: Clock | None = None,
) -> Bureau:
    """Opens a migrated database with the referral installed, or with other diagrams of these roles and user tasks.

    `live`: how many instances stay in memory.
    """
    drawings = drawing.referral()
    named = list(roles) or [one.role for one in drawings]
    first = drawings[0].id if made is None else "case"
    forms = {f"{task}.form": _form(task) for task in tasks}
    content = files(drawings) if made is None else {"mechanism.toml": _charter(first, named), **made, **forms}
    workflows = folder / "workflows"
    workflows.mkdir(exist_ok=True)
    for name, text in content.items():
        (workflows / name).write_bytes(text)
    settings = Settings(database=url, data_folder=folder, workflows=workflows, live_instances=live)
    ihala = open_ihala(settings, clock or MovableClock(NOW))
    install(ihala, workflows)
    people = {role: [_actor(role, number) for number in range(PEOPLE_A_ROLE)] for role in named}
    _settle(ihala, people)
    return Bureau(ihala, people, first, named[0])


def _actor(role: str, number: int) -> Actor:
    seat = Membership(role, Text(role), role, Text(role))
    return Actor(f"{role}_{number}", f"{role} {number}", "en", (seat,))


def _settle(ihala: Ihala, people: dict[str, list[Actor]]) -> None:
    """One organisation for each role and its people, unless they are there."""
    with ihala.database.writing() as tx:
        if tx.execute(sa.select(organisation.c.id)).first():
            return
        for role, actors in people.items():
            tx.execute(sa.insert(organisation).values(id=role, kind=role, governorate="C", name_en=role, name_ar=role))
            for one in actors:
                about = {"id": one.account_id, "sign_in_name": one.account_id, "name": one.name}
                tx.execute(sa.insert(account).values(**about, email=f"{one.account_id}@example.org", created_at=NOW))
                seat = {"account_id": one.account_id, "organisation_id": role, "role": role, "granted_at": NOW}
                tx.execute(sa.insert(membership).values(id=uuid4().hex, **seat))
