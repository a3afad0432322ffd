"""N: the obvious way to keep SpiffWorkflow's cases in a database, as a careful newcomer would write it.

The engine's own serializer, one row for the case, ORM rows for everything that the product writes too (work items,
clocks, answers, journal, notices), one transaction a task. Nothing is encrypted or chained.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import orm

from tests.bench import drawing, stock


class Base(orm.DeclarativeBase):
    pass


class Case(Base):
    __tablename__ = "n_case"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    status: orm.Mapped[str]
    state: orm.Mapped[str] = orm.mapped_column(sa.Text)


class Person(Base):
    __tablename__ = "n_person"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    role: orm.Mapped[str] = orm.mapped_column(index=True)


class Item(Base):
    __tablename__ = "n_item"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    case_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Case.id), index=True)
    role: orm.Mapped[str]
    element: orm.Mapped[str]
    status: orm.Mapped[str]
    opened_at: orm.Mapped[datetime]
    done_by: orm.Mapped[str | None]
    done_at: orm.Mapped[datetime | None]
    __table_args__ = (sa.Index("n_item_inbox", "role", "status", "opened_at"),)


class Clock(Base):
    __tablename__ = "n_clock"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    case_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Case.id), index=True)
    element: orm.Mapped[str]


class Answer(Base):
    __tablename__ = "n_answer"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    case_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Case.id), index=True)
    element: orm.Mapped[str]
    content: orm.Mapped[str] = orm.mapped_column(sa.Text)


class Event(Base):
    __tablename__ = "n_event"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    case_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Case.id), index=True)
    element: orm.Mapped[str]
    actor: orm.Mapped[str]
    at: orm.Mapped[datetime]


class Notice(Base):
    __tablename__ = "n_notice"
    id: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Person.id), index=True)
    item_id: orm.Mapped[str] = orm.mapped_column(sa.ForeignKey(Item.id), index=True)
    at: orm.Mapped[datetime]


class Naive:
    """The cases of one database."""

    def __init__(
        self, engine: sa.Engine, made: stock.Specs, roles: dict[str, str], people: dict[str, list[str]]
    ) -> None:
        """`roles`: process -> role; `people`: role -> accounts."""
        self._engine, self._made, self._roles = engine, made, roles
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        Base.metadata.create_all(engine)
        with orm.Session(engine) as session:
            session.add_all(Person(id=one, role=role) for role, ones in people.items() for one in ones)
            session.commit()

    def open(self) -> str:
        instance = stock.begin(self._made)
        with orm.Session(self._engine) as session:
            case = Case(id=uuid4().hex, status="open", state=self._serializer.serialize_json(instance))
            session.add(case)
            session.flush()
            self._follow(session, case, instance, "")
            session.commit()
            return case.id

    def waiting(self, case_id: str) -> list[str]:
        with orm.Session(self._engine) as session:
            query = sa.select(Item.id).where(Item.case_id == case_id, Item.status == "open").order_by(Item.id)
            return list(session.scalars(query))

    def complete(self, item_id: str) -> None:
        """One task: read, restore, run, serialize, write what changed, commit."""
        with orm.Session(self._engine) as session:
            item = session.get_one(Item, item_id)
            case = session.get_one(Case, item.case_id, with_for_update=True)
            instance = self._serializer.deserialize_json(case.state)
            task = instance.get_task_from_id(UUID(item_id))
            actor = f"{item.role}_0"
            stock.complete(instance, task)
            case.state = self._serializer.serialize_json(instance)
            case.status = "closed" if instance.completed else "open"
            item.done_by = actor
            content = json.dumps(drawing.answers())
            session.add(Answer(id=uuid4().hex, case_id=case.id, element=item.element, content=content))
            session.add(Event(id=uuid4().hex, case_id=case.id, element=item.element, actor=actor, at=_now()))
            self._follow(session, case, instance, actor)
            session.commit()

    def _follow(self, session: orm.Session, case: Case, instance: Any, actor: str) -> None:
        """Work items, clocks and notices become what the instance waits for now."""
        ready = {str(one.id): one for one in stock.waiting(instance)}
        known = session.scalars(sa.select(Item).where(Item.case_id == case.id, Item.status == "open")).all()
        for item in known:
            if item.id not in ready:
                item.status, item.done_at = "done", _now()
        for item_id in ready.keys() - {item.id for item in known}:
            self._open(session, case, item_id, ready[item_id], actor)
        clocks = {str(one.id): one for one in instance.get_tasks(state=TaskState.WAITING, spec_class=CatchingEvent)}
        standing = session.scalars(sa.select(Clock).where(Clock.case_id == case.id)).all()
        for clock in standing:
            if clock.id not in clocks:
                session.delete(clock)
        for clock_id in clocks.keys() - {clock.id for clock in standing}:
            session.add(Clock(id=clock_id, case_id=case.id, element=clocks[clock_id].task_spec.bpmn_id))

    def _open(self, session: orm.Session, case: Case, item_id: str, task: Any, actor: str) -> None:
        role, element = self._roles[task.workflow.spec.name], task.task_spec.bpmn_id or task.task_spec.name
        session.add(Item(id=item_id, case_id=case.id, role=role, element=element, status="open", opened_at=_now()))
        session.flush()
        told = session.scalars(sa.select(Person.id).where(Person.role == role, Person.id != actor))
        session.add_all(Notice(id=uuid4().hex, person_id=one, item_id=item_id, at=_now()) for one in told.all())


def _now() -> datetime:
    return datetime.now(UTC)
