"""What machines that watch are told, and who is told nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import structlog.testing
from flask.testing import FlaskClient
from pydantic import SecretStr

from engine import measures
from tests.web.conftest import RESPONDER, Site, send

PLANTED = "Planted account"
TOKEN = "t" * 32


def watched(site: Site, **settings: object) -> FlaskClient:
    site.ihala.settings = site.ihala.settings.model_copy(update=settings)
    return site.visitor()


def figure(text: str, name: str) -> float:
    return next(float(line.split()[-1]) for line in text.splitlines() if line.split(" ")[0] == name)


def test_a_process_that_lives_says_so(site: Site) -> None:
    assert site.visitor().get("/health").status_code == 200


def test_an_installation_that_can_serve_is_ready(site: Site) -> None:
    assert site.visitor().get("/ready").json == {"ready": True, "missing": []}


def test_an_old_database_is_not_ready(site: Site) -> None:
    site.ihala.database.outside_transactions("UPDATE alembic_version SET version_num = 'older'")
    assert site.visitor().get("/ready").json == {"ready": False, "missing": ["migration"]}


def test_what_is_not_ready_is_taken_out_of_service(site: Site) -> None:
    site.ihala.database.outside_transactions("UPDATE alembic_version SET version_num = 'older'")
    assert site.visitor().get("/ready").status_code == 503


def test_a_database_that_is_gone_is_not_ready(site: Site) -> None:
    file = Path(site.ihala.database.url.database or "")
    site.ihala.database.close()
    shutil.move(file, file.with_suffix(".away"))
    file.mkdir()
    assert site.visitor().get("/ready").json == {"ready": False, "missing": ["database"]}


def test_a_key_that_is_gone_is_not_ready(site: Site, tmp_path: Path) -> None:
    client = watched(site, key_file=tmp_path / "gone")
    assert client.get("/ready").json == {"ready": False, "missing": ["key"]}


def test_open_tasks_are_counted(site: Site) -> None:
    site.referral(site.signed_in(RESPONDER))
    assert figure(site.visitor().get("/metrics").text, "ihala_open_tasks") == 1


def test_the_lateness_of_clocks_is_measured(site: Site) -> None:
    assert figure(site.visitor().get("/metrics").text, "ihala_timer_lateness_seconds") == 0


def test_steps_are_timed(site: Site) -> None:
    site.referral(site.signed_in(RESPONDER))
    assert figure(site.visitor().get("/metrics").text, "ihala_write_seconds_count") > 1


def test_figures_name_no_organisation_and_no_case(site: Site) -> None:
    task = site.referral(site.signed_in(RESPONDER)).split("?")[0]
    text = site.visitor().get("/metrics").text
    assert [word for word in ("line", "ministry", "haven", task.rpartition("/")[2]) if word in text] == []


def test_another_machine_gets_no_figures(site: Site) -> None:
    answer = site.visitor().get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_whoever_comes_through_a_proxy_gets_no_figures(site: Site, header: str) -> None:
    assert site.visitor().get("/metrics", headers={header: "192.0.2.7"}).status_code == 404


def test_in_production_even_this_machine_needs_the_token(site: Site) -> None:
    assert watched(site, production=True).get("/metrics").status_code == 404


def test_a_wrong_token_gets_no_figures(site: Site) -> None:
    client = watched(site, production=True, metrics_token=SecretStr(TOKEN))
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404


def test_the_token_opens_the_figures_from_anywhere(site: Site) -> None:
    client = watched(site, production=True, metrics_token=SecretStr(TOKEN))
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}
    assert client.get("/metrics", headers=headers).status_code == 200


def test_processes_that_share_a_folder_are_summed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act = "from engine import measures\nwith measures.writing(): pass"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", act], check=True, env={measures.SHARED: str(tmp_path)})
    monkeypatch.setenv(measures.SHARED, str(tmp_path))
    found = measures.registry().get_sample_value("ihala_write_seconds_count")
    assert found == 2


def test_each_request_is_one_line_with_the_name_of_its_page(site: Site) -> None:
    with structlog.testing.capture_logs() as lines:
        site.visitor().get("/health?name=Zubayda")
    told = [{**line, "ms": 0} for line in lines if line["event"] == "request"]
    assert told == [
        {"event": "request", "log_level": "info", "route": "monitoring.health", "method": "GET", "status": 200, "ms": 0}
    ]


def test_no_line_names_a_case_or_a_person(site: Site) -> None:
    with structlog.testing.capture_logs() as lines:
        client = site.signed_in(RESPONDER)
        task = site.referral(client).split("?")[0]
        following = send(client, task, {"source": "police"}).location.rpartition("=")[2]
        send(client, task, {"story": PLANTED, "page": following})
        client.get(f"{task}?name=Zubayda")
    text = json.dumps(lines)
    assert [word for word in (PLANTED, "Zubayda", task.rpartition("/")[2]) if word in text] == []


def test_an_error_is_logged_by_kind_and_place_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError(PLANTED)

    monkeypatch.setattr("engine.monitoring.what_is_missing", fail)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    with structlog.testing.capture_logs() as lines:
        site.visitor().get("/ready")
    failed = next(line for line in lines if line["event"] == "request_failed")
    assert (failed["kind"], failed["at"].split(":")[0], PLANTED in json.dumps(lines)) == ("ValueError", __name__, False)
