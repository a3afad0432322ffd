"""Signing in: who gets in, who does not, and what is kept of an ended session."""

import pytest

from engine.accounts import DEMONSTRATION_PASSWORD, NAME_LIMIT
from tests.web.conftest import ADMINISTRATOR, RESPONDER, Site, send, token_of


def test_a_stranger_is_asked_to_sign_in(site: Site) -> None:
    assert site.visitor().get("/inbox/mine").location == "/sign-in?next=/inbox/mine"


def test_every_page_but_the_public_ones_asks_for_a_sign_in(site: Site) -> None:
    public = {"static", "signin.sign_in", "signin.do_sign_in", "signin.reset", "signin.do_reset", "hiding.hidden"}
    public |= {"monitoring.health", "monitoring.ready", "monitoring.metrics"}
    visitor, open_pages = site.visitor(), set()
    for rule in site.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()):
            continue
        values = dict.fromkeys(rule.arguments, "1") | _choices(rule.endpoint)
        path = site.app.url_map.bind("localhost").build(rule.endpoint, values)
        if visitor.get(path).status_code != 302:
            open_pages.add(rule.endpoint)
    assert open_pages <= public


def _choices(endpoint: str) -> dict[str, str]:
    return {"inbox.inbox": {"view": "mine"}, "cases.case": {"part": "team"}}.get(endpoint, {})


def test_a_right_password_leads_to_the_inbox(site: Site) -> None:
    answer = send(site.visitor(), "/sign-in", {"sign_in_name": RESPONDER, "password": DEMONSTRATION_PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")


@pytest.mark.parametrize("name", [RESPONDER, "nobody.at.all"])
def test_a_wrong_password_and_an_unknown_name_read_alike(site: Site, name: str) -> None:
    answer = send(site.visitor(), "/sign-in", {"sign_in_name": name, "password": "wrong"})
    assert "password is not right" in answer.text or "كلمة المرور غير صحيح" in answer.text


def test_after_many_wrong_passwords_one_has_to_wait(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(NAME_LIMIT):
        send(visitor, "/sign-in", {"sign_in_name": RESPONDER, "password": "wrong"})
    answer = send(visitor, "/sign-in", {"sign_in_name": RESPONDER, "password": DEMONSTRATION_PASSWORD})
    assert answer.location is None


def test_a_session_ends_when_nobody_uses_it(site: Site) -> None:
    client = site.signed_in(RESPONDER)
    site.clock.move_to(site.clock.now().replace(hour=9))
    assert client.get("/inbox/mine").status_code == 302


def test_a_page_is_never_kept_by_the_browser(site: Site) -> None:
    assert site.signed_in(RESPONDER).get("/inbox/mine").headers["Cache-Control"] == "no-store"


def test_signing_out_ends_the_session(site: Site) -> None:
    client = site.signed_in(RESPONDER)
    send(client, "/sign-out", {}, form_at="/notices")
    assert client.get("/inbox/mine").status_code == 302


def test_a_forged_form_is_refused(site: Site) -> None:
    assert site.signed_in(RESPONDER).post("/new/referral").status_code == 400


def test_what_was_typed_survives_the_end_of_the_session(site: Site) -> None:
    client = site.signed_in(RESPONDER)
    task = site.referral(client)
    forged_token = token_of(client, task)
    site.clock.move_to(site.clock.now().replace(hour=9))
    ended = client.post(task, data={"csrf_token": forged_token, "page": "report", "source": "police"})
    kept = ended.text.split('name="kept" value="')[1].split('"')[0]
    typed = {"sign_in_name": RESPONDER, "password": DEMONSTRATION_PASSWORD, "kept": kept}
    back = send(client, "/sign-in", typed)
    shown = client.get(back.location).text.split('value="police"')[1][:40]
    assert "checked" in shown


def test_a_password_is_reset_by_two_administrators(site: Site) -> None:
    first, second = site.signed_in(ADMINISTRATOR), site.signed_in(f"{ADMINISTRATOR}.2")
    page = first.get("/administration/organisations/line").text
    reset = page.split('action="')[2].split('"')[0]
    reset = next(part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/reset"))
    send(first, reset, {}, form_at="/notices")
    approval = second.get("/administration/resets").text.split('action="/administration/resets/')[1].split('"')[0]
    shown = send(second, f"/administration/resets/{approval}", {}, form_at="/notices").text
    code = shown.split('<code dir="ltr">')[1].split("<")[0]
    new = {"sign_in_name": RESPONDER, "code": code, "new": "four words in a row"}
    send(site.visitor(), "/reset", new)
    answer = send(site.visitor(), "/sign-in", {"sign_in_name": RESPONDER, "password": "four words in a row"})
    assert answer.location == "/"


def test_the_administrator_who_asked_may_not_approve(site: Site) -> None:
    first = site.signed_in(ADMINISTRATOR)
    page = first.get("/administration/organisations/line").text
    reset = next(part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/reset"))
    send(first, reset, {}, form_at="/notices")
    assert 'action="/administration/resets/' not in first.get("/administration/resets").text
