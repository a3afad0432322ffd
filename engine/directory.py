"""Who takes part, read from a file: organisations, shelters with their beds, agreements. Synthetic or official data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from engine import plain_yaml
from engine.errors import Refusal
from engine.text import Text


class DirectoryUnreadable(Refusal):
    sentence = Text(
        "The directory cannot be read at {place}: expected {expected}, found {found}. Whoever wrote it can mend it.",
        "تتعذّر قراءة الدليل عند {place}: المتوقع {expected}، والموجود {found}. يمكن لكاتبه تصحيحه.",
    )


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: Text
    kind: str
    governorate: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shelter:
    """A shelter under its code name; `profile` is what `shelter_admission` reads."""

    organisation: str
    is_open: bool
    beds: int
    profile: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An organisation gives a service between two days; `profile` is what `provider_selection` reads."""

    organisation: str
    service: str
    valid_from: date
    valid_until: date | None
    profile: Mapping[str, object]

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Directory:
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    shelters: Mapping[str, Shelter] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()


def read(content: bytes) -> Directory:
    """The directory in a YAML file; raises `DirectoryUnreadable` with the place."""
    try:
        told = plain_yaml.load(content)
    except yaml.YAMLError as problem:
        raise DirectoryUnreadable(place="directory.yaml", expected="YAML", found=str(problem)) from problem
    place = "the file"
    try:
        organisations = {}
        for key, one in told.get("organisations", {}).items():
            place = f"organisations.{key}"
            name = Text(one["name"]["en"], one["name"]["ar"])
            roles = frozenset(one.get("roles", ()))
            organisations[key] = Organisation(key, name, one["kind"], one.get("governorate", ""), roles)
        shelters = {}
        for key, one in told.get("shelters", {}).items():
            place = f"shelters.{key}"
            shelters[key] = Shelter(key, one.get("open", True), one["beds"], one["profile"])
        agreements = []
        for number, one in enumerate(told.get("agreements", ())):
            place = f"agreements[{number}]"
            agreements.append(
                Agreement(
                    one["organisation"], one["service"], one["valid_from"], one.get("valid_until"), one["profile"]
                )
            )
    except (KeyError, TypeError, AttributeError) as problem:
        raise DirectoryUnreadable(place=place, expected="its entries", found=repr(problem)) from problem
    _check_references(organisations, [*shelters, *(one.organisation for one in agreements)])
    return Directory(organisations, shelters, tuple(agreements))


def _check_references(known: Mapping[str, Organisation], named: list[str]) -> None:
    for one in named:
        if one not in known:
            raise DirectoryUnreadable(place=one, expected="an organisation of this directory", found="none")
