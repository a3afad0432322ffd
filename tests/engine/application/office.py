"""A small mechanism of its own and the offices that work in it: synthetic organisations and people only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from engine.access import Actor, Membership
from engine.application import Ihala, open_ihala
from engine.cases import open_case
from engine.clock import MovableClock
from engine.persistence.tables.people import account, membership, organisation
from engine.releases import install
from engine.settings import Settings
from engine.tasks import complete_task
from engine.text import Text
from engine.worklist import inbox
from tests.engine.execution.diagrams import (
    boundary,
    diagram,
    end,
    extensions,
    flow,
    gateway,
    path,
    service,
    start,
    timer,
    user,
)

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)

CHARTER = """
[mechanism]
first_process = "help"
[roles.responder]
en = "Responder"
ar = "المستجيب"
held_by = ["hotline"]
[roles.case_coordinator]
en = "Coordinator"
ar = "المنسّق"
held_by = ["ministry"]
[roles.doctor]
en = "Doctor"
ar = "الطبيب"
held_by = ["hospital"]
[roles.watcher]
en = "Watcher"
ar = "المراقب"
sees = "counts"
[routing]
fallback_role = "case_coordinator"
starts = { help = ["responder"] }
[purposes]
health = { en = "Health", ar = "الصحة" }
"""

FORM = {
    "schemaVersion": 16,
    "type": "default",
    "id": "take",
    "components": [
        {
            "type": "textfield",
            "key": "known_as",
            "label": "Known as",
            "properties": {
                "label_ar": "الاسم",
                "classification": "identifying",
                "identity": "true",
                "match": "name",
            },
        },
        {
            "type": "radio",
            "key": "agrees",
            "label": "Agrees",
            "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}],
            "properties": {
                "label_ar": "موافقة",
                "classification": "operational",
                "option_ar:yes": "نعم",
                "option_ar:no": "لا",
            },
            "validate": {"required": True},
        },
    ],
}


def _lanes(**of: str) -> str:
    inside = "".join(
        f'<lane id="{role}">' + "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in nodes.split()) + "</lane>"
        for role, nodes in of.items()
    )
    return f'<laneSet id="lanes">{inside}</laneSet>'


def help_process() -> bytes:
    """take (2 h) -> forget, where she refuses -> check (second person) -> treat (consent) beside ask -> finish."""
    return diagram(
        "help",
        _lanes(
            responder="s take check", doctor="treat", case_coordinator="ask finish remind forget consent q e gone told"
        ),
        start(),
        user("take", name="Take"),
        boundary("late", "take", timer("PT2H"), stops=False, ihala_deadline="true"),
        service("remind", "notify", extensions(inputs={"to": '"case_coordinator"', "notice": '"overdue"'})),
        end("told"),
        gateway("exclusive", "q", "q-check"),
        service("forget", "forget_person", extensions(inputs={"sex": '"Feminine"'})),
        end("gone"),
        user("check", ihala_notBy="take"),
        user("treat", ihala_purpose="health"),
        user("ask"),
        service("consent", "record_consent", extensions(inputs={"granted": '["health"]'})),
        gateway("parallel", "both"),
        gateway("parallel", "joined"),
        user("finish"),
        end(),
        path("s", "take", "q"),
        flow("q", "check"),
        flow("q", "forget", 'take.agrees = "no"'),
        path("late", "remind", "told"),
        path("forget", "gone"),
        path("check", "both"),
        path("both", "treat", "joined"),
        path("both", "ask", "consent", "joined"),
        path("joined", "finish", "e"),
    )


def files() -> dict[str, bytes]:
    return {
        "mechanism.toml": CHARTER.encode(),
        "help.bpmn": help_process(),
        "take.form": json.dumps(FORM).encode(),
    }


@dataclass(frozen=True)
class Office:
    """An installation with a hotline, a ministry, two hospitals, and the people in them."""

    ihala: Ihala
    clock: MovableClock
    people: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def open(self) -> str:
        """A new case by the responder; the id of their first task."""
        item_id = open_case(self.ihala, self.responder, "help")
        assert item_id is not None
        return item_id

    def case_of(self, item_id: str) -> str:
        every = [inbox(self.ihala, one, "team").rows for one in self.people.values()]
        return next(row.case_id for rows in every for row in rows if row.id == item_id)

    def tasks_of(self, actor: Actor) -> dict[str, str]:
        """Element to item id of what waits in the actor's seats."""
        return {row.element: row.id for row in inbox(self.ihala, actor, "team").rows}

    def take(self, agrees: str = "yes", known_as: str = "Zahra Planted") -> str:
        """A case whose first task is done; its id."""
        item_id = self.open()
        done = complete_task(self.ihala, self.responder, item_id, {"known_as": known_as, "agrees": agrees})
        return done.case_id

    def check(self) -> None:
        complete_task(self.ihala, self.colleague, self.tasks_of(self.colleague)["check"], {})


ORGANISATIONS = (
    ("hotline", "hotline", "C"),
    ("ministry", "ministry", "C"),
    ("hospital_far", "hospital", "ASN"),
    ("hospital_near", "hospital", "C"),
)
PEOPLE = (
    ("responder", "hotline", "responder"),
    ("colleague", "hotline", "responder"),
    ("coordinator", "ministry", "case_coordinator"),
    ("operator", "ministry", "administrator"),
    ("watcher", "ministry", "watcher"),
    ("doctor", "hospital_near", "doctor"),
    ("stranger", "hospital_far", "doctor"),
)


def office(database_url: str, folder: Path, made_of: dict[str, bytes] | None = None) -> Office:
    """Open an installation on a migrated database and people it."""
    workflows = folder / "workflows"
    workflows.mkdir()
    for name, content in (made_of or files()).items():
        (workflows / name).write_bytes(content)
    clock = MovableClock(NOW)
    settings = Settings(database=database_url, data_folder=folder, workflows=workflows, tick_seconds=0.05)
    ihala = open_ihala(settings, clock)
    install(ihala, workflows)
    with ihala.database.writing() as tx:
        for key, kind, governorate in ORGANISATIONS:
            row = {"id": key, "kind": kind, "governorate": governorate, "name_en": key, "name_ar": key}
            tx.execute(sa.insert(organisation).values(**row))
        people = {name: _person(tx, name, place, role) for name, place, role in PEOPLE}
    return Office(ihala, clock, people)


def _person(tx: sa.Connection, name: str, place: str, role: str) -> Actor:
    about = {"id": name, "sign_in_name": name, "name": name.title(), "email": f"{name}@example.org"}
    tx.execute(sa.insert(account).values(**about, created_at=NOW))
    seat = {"account_id": name, "organisation_id": place, "role": role, "granted_at": NOW}
    tx.execute(sa.insert(membership).values(id=uuid4().hex, **seat))
    return Actor(name, name.title(), "en", (Membership(place, Text(place, place), role, Text(role, role)),))


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)
