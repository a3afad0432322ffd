"""Shelters, beds and agreements, as operations ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.persistence.tables.people import organisation
from engine.persistence.tables.places import agreement, bed, shelter


def _is_free(now: datetime) -> sa.ColumnElement[bool]:
    """Nobody's, or reserved for longer than was agreed."""
    lapsed = sa.and_(bed.c.status == "reserved", bed.c.reserved_until <= now)
    return sa.or_(bed.c.status == "free", lapsed)


def open_shelters(tx: Connection, now: datetime) -> Sequence[Mapping[str, Any]]:
    """Open shelters that have a free bed: their profile, `shelter` and `free_beds`."""
    free = sa.func.count(bed.c.id).filter(_is_free(now)).label("free_beds")
    query = (
        sa.select(shelter.c.organisation_id, shelter.c.profile, organisation.c.governorate, free)
        .join(organisation, organisation.c.id == shelter.c.organisation_id)
        .join(bed, bed.c.shelter_id == shelter.c.organisation_id)
        .where(shelter.c.is_open.is_(True), organisation.c.is_active.is_(True))
        .group_by(shelter.c.organisation_id, shelter.c.profile, organisation.c.governorate)
        .order_by(shelter.c.organisation_id)
    )
    return [
        {"governorate": row.governorate, **row.profile, "shelter": row.organisation_id, "free_beds": row.free_beds}
        for row in tx.execute(query)
        if row.free_beds
    ]


def reserve(tx: Connection, shelter_id: str, case_id: str, until: datetime, now: datetime) -> str | None:
    """A free bed of the open shelter, reserved; two cases that ask at once never get the same one."""
    is_open = sa.exists(
        sa.select(shelter.c.organisation_id).where(shelter.c.organisation_id == shelter_id, shelter.c.is_open)
    )
    query = sa.select(bed.c.id).where(bed.c.shelter_id == shelter_id, _is_free(now), is_open)
    bed_id: str | None = tx.execute(query.order_by(bed.c.id).limit(1).with_for_update(skip_locked=True)).scalar()
    if bed_id is not None:
        _set(tx, bed_id, status="reserved", case_id=case_id, reserved_until=until, since=now)
    return bed_id


def occupy(tx: Connection, shelter_id: str, case_id: str, now: datetime) -> str | None:
    """The bed this case has in the shelter, or a free one where its reservation went to somebody else."""
    mine = sa.select(bed.c.id).where(bed.c.shelter_id == shelter_id, bed.c.case_id == case_id).order_by(bed.c.id)
    bed_id: str | None = tx.execute(mine.limit(1).with_for_update()).scalar()
    if bed_id is None:
        bed_id = reserve(tx, shelter_id, case_id, now, now)
    if bed_id is not None:
        _set(tx, bed_id, status="occupied", case_id=case_id, reserved_until=None, since=now)
    return bed_id


def release(tx: Connection, case_id: str, shelter_id: str | None, now: datetime) -> int:
    """Give back the case's beds, in one shelter or in all; how many there were."""
    mine = [bed.c.case_id == case_id] + ([bed.c.shelter_id == shelter_id] if shelter_id else [])
    free = {"status": "free", "case_id": None, "reserved_until": None, "since": now}
    return tx.execute(sa.update(bed).where(*mine).values(free)).rowcount


def _set(tx: Connection, bed_id: str, **values: Any) -> None:
    tx.execute(sa.update(bed).where(bed.c.id == bed_id).values(**values))


def providers(tx: Connection, service: str, today: date) -> Sequence[Mapping[str, Any]]:
    """Active organisations with a valid agreement for the service: profile and `provider`."""
    query = (
        sa.select(agreement.c.organisation_id, agreement.c.profile)
        .join(organisation, organisation.c.id == agreement.c.organisation_id)
        .where(
            agreement.c.service == service,
            organisation.c.is_active.is_(True),
            agreement.c.valid_from <= today,
            sa.or_(agreement.c.valid_until.is_(None), agreement.c.valid_until >= today),
        )
        .order_by(agreement.c.organisation_id, agreement.c.id)
    )
    return [{**row.profile, "provider": row.organisation_id} for row in tx.execute(query)]


def occupancy(tx: Connection, now: datetime) -> Sequence[sa.Row[Any]]:
    """Every shelter with how many of its beds are free, reserved and occupied; beds out of use are not counted."""
    reserved = sa.and_(bed.c.status == "reserved", bed.c.reserved_until > now)
    query = (
        sa.select(shelter.c.organisation_id, shelter.c.profile, shelter.c.is_open)
        .add_columns(organisation.c.name_en, organisation.c.name_ar)
        .add_columns(
            sa.func.count(bed.c.id).filter(_is_free(now)).label("free"),
            sa.func.count(bed.c.id).filter(reserved).label("reserved"),
            sa.func.count(bed.c.id).filter(bed.c.status == "occupied").label("occupied"),
        )
        .join(organisation, organisation.c.id == shelter.c.organisation_id)
        .join(bed, bed.c.shelter_id == shelter.c.organisation_id, isouter=True)
        .group_by(shelter.c.organisation_id, shelter.c.profile, shelter.c.is_open)
        .group_by(organisation.c.name_en, organisation.c.name_ar)
        .order_by(organisation.c.name_ar)
    )
    return tx.execute(query).all()


def insert_shelter(tx: Connection, shelter_id: str, is_open: bool, profile: Mapping[str, object], beds: int) -> None:
    """A shelter with so many free beds."""
    tx.execute(sa.insert(shelter).values(organisation_id=shelter_id, is_open=is_open, profile=dict(profile)))
    names = [f"{shelter_id}-{number}" for number in range(1, beds + 1)]
    tx.execute(sa.insert(bed), [{"id": name, "shelter_id": shelter_id, "status": "free"} for name in names])


def insert_agreement(tx: Connection, **values: object) -> None:
    tx.execute(sa.insert(agreement).values(**values))
