"""Production mode refuses to start with what would endanger people, and says what."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine import Ihala, Settings
from engine.vault import NoKey, open_vault
from tests.web.conftest import Site
from web.readiness import DEMONSTRATION_ACCOUNTS, NO_TLS, NOT_YET, NotReady, check_ready


def in_production(site: Site, **changed: object) -> Ihala:
    settings = site.ihala.settings.model_copy(
        update={"production": True, "address": "https://ihala.example", **changed}
    )
    return replace(site.ihala, settings=settings)


def without_demonstration(site: Site) -> Site:
    site.ihala.database.outside_transactions("UPDATE account SET is_demonstration = 0")
    return site


def refusal(check: Callable[[], object]) -> str:
    with pytest.raises(NotReady) as refused:
        check()
    return refused.value.text.en


def test_accounts_of_the_demonstration_are_refused(site: Site) -> None:
    assert DEMONSTRATION_ACCOUNTS.en in refusal(lambda: check_ready(in_production(site)))


def test_an_address_without_tls_is_refused(site: Site) -> None:
    ihala = in_production(without_demonstration(site), address="http://ihala.example")
    assert NO_TLS.en in refusal(lambda: check_ready(ihala))


def test_production_says_that_it_is_not_yet_for_real_persons(site: Site) -> None:
    assert check_ready(in_production(without_demonstration(site))) == NOT_YET


def test_a_demonstration_is_always_ready(site: Site) -> None:
    assert not check_ready(site.ihala)


def test_a_missing_key_is_refused(site: Site) -> None:
    settings = Settings(data_folder=site.ihala.settings.data_folder / "elsewhere", production=True)
    with pytest.raises(NoKey):
        open_vault(settings)
