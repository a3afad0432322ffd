"""Administrators keep people and roles; nobody changes their own, and two of them always stay."""

from dataclasses import replace

import pytest

from engine import administration
from engine.access import NotAllowed
from engine.accounts import resets
from engine.administration import NotOwnRole, RoleUnfit, SignInNameUnfit, TooFewAdministrators
from tests.engine.application.office import Office


def role_of(at: Office, organisation_id: str, name: str) -> administration.MembershipRow:
    view = administration.organisation(at.ihala, at.operator, organisation_id)
    return next(one for one in view.memberships if one.name == name)


def test_only_an_administrator_sees_organisations(at: Office) -> None:
    with pytest.raises(NotAllowed):
        administration.organisations(at.ihala, at.coordinator)


def test_a_new_person_waits_for_a_second_administrator(at: Office) -> None:
    administration.create_account(at.ihala, at.operator, "hotline", "responder", "mariam.new", "Mariam")
    assert [(one.sign_in_name, one.may_approve) for one in resets(at.ihala, at.operator)] == [("mariam.new", False)]


@pytest.mark.parametrize("name", ["ab", "With Space", "مريم", "responder"])
def test_a_sign_in_name_that_does_not_fit_is_refused(at: Office, name: str) -> None:
    with pytest.raises(SignInNameUnfit):
        administration.create_account(at.ihala, at.operator, "hotline", "responder", name, "Two")


def test_a_role_is_held_only_where_its_kind_of_organisation_fits(at: Office) -> None:
    with pytest.raises(RoleUnfit):
        administration.create_account(at.ihala, at.operator, "hotline", "doctor", "mariam.new", "Mariam")


def test_nobody_gives_themself_a_role(at: Office) -> None:
    with pytest.raises(NotOwnRole):
        administration.grant_role(at.ihala, at.operator, at.operator.account_id, "ministry", "case_coordinator")


def test_a_revoked_role_is_gone(at: Office) -> None:
    administration.revoke_role(at.ihala, at.operator, role_of(at, "hotline", "Colleague").id)
    view = administration.organisation(at.ihala, at.operator, "hotline")
    assert [one.name for one in view.memberships] == ["Responder"]


def test_the_last_but_one_administrator_stays(at: Office) -> None:
    with pytest.raises(TooFewAdministrators):
        administration.set_disabled(at.ihala, replace(at.operator, account_id="another"), "operator", True)


def test_every_organisation_is_listed_with_its_people(at: Office) -> None:
    people = {one.id: one.people for one in administration.organisations(at.ihala, at.operator)}
    assert people == {"hotline": 2, "ministry": 3, "hospital_far": 1, "hospital_near": 1}
