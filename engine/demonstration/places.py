"""The directory's organisations, shelters, beds and agreements as rows."""

from __future__ import annotations

from uuid import uuid4

from engine.application import Ihala
from engine.directory import Directory
from engine.persistence import administration_rows, place_rows


def has_organisations(ihala: Ihala) -> bool:
    """Whether somebody was here before: a demonstration never touches what is there."""
    with ihala.database.reading() as tx:
        return bool(administration_rows.organisations(tx))


def settle(ihala: Ihala, directory: Directory) -> None:
    """Write everybody who takes part."""
    with ihala.database.writing() as tx:
        for one in directory.organisations.values():
            administration_rows.insert_organisation(
                tx,
                id=one.id,
                kind=one.kind,
                governorate=one.governorate,
                name_en=one.name.en,
                name_ar=one.name.ar,
                is_active=True,
            )
        for shelter in directory.shelters.values():
            place_rows.insert_shelter(tx, shelter.organisation, shelter.is_open, shelter.profile, shelter.beds)
        for agreement in directory.agreements:
            place_rows.insert_agreement(
                tx,
                id=uuid4().hex,
                organisation_id=agreement.organisation,
                service=agreement.service,
                profile=dict(agreement.profile),
                valid_from=agreement.valid_from,
                valid_until=agreement.valid_until,
            )
