"""Strangers: whoever may not know of a case gets of every page what they would get if it did not exist."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine import Actor, accounts, teams, worklist
from tests.web.conftest import ADMINISTRATOR, COORDINATOR, RESPONDER, STRANGER, Site, installed, send, token_of

ABSENT = "0" * 32
NOBODYS = {  # about no case: the person's own pages, sign-in, what everybody in the role sees
    "administration.add_person", "administration.approve_reset", "administration.change_account",
    "administration.grant_role", "administration.messages", "administration.organisation",
    "administration.organisations", "administration.resets", "administration.revoke_role", "hiding.hidden",
    "holidays.announce", "holidays.every", "holidays.take_back",
    "incidents.dismiss", "incidents.incidents", "incidents.retry", "incidents.skip", "incidents.skipping",
    "monitoring.health", "monitoring.metrics", "monitoring.ready", "notices.mark_read", "shelters.shelter_list",
    "signin.change_password", "signin.do_change_password", "signin.do_reset", "signin.do_sign_in", "signin.reset",
    "signin.set_language", "signin.sign_in", "signin.sign_out", "starts.begin", "starts.search", "static",
    "value_changes.approve", "value_changes.decline", "value_changes.propose", "value_changes.proposing",
}  # fmt: skip
LISTS = {"cases.case_list", "inbox.counts", "inbox.home", "inbox.inbox", "notices.notices", "starts.starts"}
OF_A_CASE = {
    "cases.case", "cases.diagram_file", "cases.reassign", "cases.report", "cases.withdraw", "corrections.correct",
    "corrections.correction",
}  # fmt: skip
OF_A_TASK = {
    "tasks.answer",
    "tasks.check",
    "tasks.complete",
    "tasks.hold",
    "tasks.paper",
    "tasks.prioritise",
    "tasks.task",
}
OTHERS = {
    "part": "record",
    "act": "claim",
    "view": "team",
    "process_id": "referral",
    "purpose": "support",
    "happening_id": ABSENT,
    "entry_id": ABSENT,
}
"""What else stands in an address, for both."""
WHO = ("nobody", "stranger", "left", "administrator")


@dataclass(frozen=True, slots=True)
class Served:
    """A case that others serve, with one of its tasks."""

    case_id: str
    item_id: str


def actor(site: Site, sign_in_name: str) -> Actor:
    token = accounts.sign_in(site.ihala, sign_in_name, accounts.DEMONSTRATION_PASSWORD, "127.0.0.1")
    found = accounts.actor_of(site.ihala, token)
    assert found is not None
    return found


def served(site: Site) -> Served:
    """The first line takes a referral; the ministry is to review it."""
    client = site.signed_in(RESPONDER)
    task = site.referral(client).split("?")[0]
    following = send(client, task, {"source": "police"}).location
    send(client, task, {"story": "Planted words", "page": following.rpartition("=")[2]})
    send(client, f"{task}/complete", {}, form_at=task)
    rows = worklist.inbox(site.ihala, actor(site, COORDINATOR), "team").rows
    row = max(rows, key=lambda one: one.case_number)
    return Served(row.case_id, row.id)


def left_behind(site: Site) -> Served:
    """The same, but the role of the first line was given to another one: it has left the team."""
    case = served(site)
    done = worklist.inbox(site.ihala, actor(site, RESPONDER), "done").rows
    teams.reassign(site.ihala, actor(site, COORDINATOR), case.case_id, "first_responder", "other_line", "Nearer")
    return Served(case.case_id, next(one.id for one in done if one.case_id == case.case_id))


def plain(answer: TestResponse, *ids: str) -> tuple[int, str]:
    """The answer without the ids and without what changes with every page."""
    said = f"{answer.headers.get('Location', '')}\n{answer.text}"
    for one in (*ids, ABSENT):
        said = said.replace(one, "ID")
    return answer.status_code, re.sub(r"[\w-]{40,}=*(\.[\w-]+)*", "TOKEN", said)


def _arguments(rule: Rule, values: dict[str, str]) -> dict[str, Any]:
    return {one: values[one] for one in rule.arguments}


@dataclass
class Met:
    """An installation with two cases, and the browsers of those who may not know of them."""

    site: Site
    cases: dict[str, Served]
    browsers: dict[str, FlaskClient]
    known: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def ask(self, who: str, rule: Rule, method: str, *, absent: bool) -> tuple[int, str]:
        case = Served(ABSENT, ABSENT) if absent else self.cases[who]
        values = {**OTHERS, "case_id": case.case_id, "item_id": case.item_id}
        with self.site.app.test_request_context():
            path = self.site.app.url_for(rule.endpoint, **_arguments(rule, values))
        client = self.browsers[who]
        typed = {"csrf_token": token_of(client, "/sign-in" if who == "nobody" else "/notices")}
        typed |= {
            "role": "first_responder",
            "organisation": "line",
            "source": "police",
            "story": "Typed",
            "note": "Mine",
        }
        with self.statements() as said:
            answer = client.get(path) if method == "GET" else client.post(path, data=typed)
        self.asked = said
        return plain(answer, case.case_id, case.item_id)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """What is asked of the database meanwhile."""
        said: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
            said.append(statement)

        engine = self.site.ihala.database.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    def both(self, who: str, endpoint: str) -> list[tuple[tuple[int, str], list[str]]]:
        """The answers, and what was asked of the database for them: of a case that stands, and of one that does not."""
        if (who, endpoint) in self.known:
            return self.known[who, endpoint]
        found = self.known.setdefault((who, endpoint), [])
        for absent in (False, True):
            for rule in self.site.app.url_map.iter_rules(endpoint):
                for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                    found.append((self.ask(who, rule, method, absent=absent), self.asked))
        return found


@pytest.fixture(scope="module")
def met(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    folder = tmp_path_factory.mktemp("strangers")
    with installed(f"sqlite:///{shutil.copy(sqlite_template, folder / 'ihala.sqlite3')}", folder) as site:
        left, others = left_behind(site), served(site)
        browsers = {"nobody": site.visitor(), "administrator": site.signed_in(ADMINISTRATOR)}
        browsers |= {"left": site.signed_in(RESPONDER), "stranger": site.signed_in(STRANGER)}
        yield Met(site, {**dict.fromkeys(WHO, others), "left": left}, browsers)


def halves(found: list[Any]) -> tuple[list[Any], list[Any]]:
    return found[: len(found) // 2], found[len(found) // 2 :]


def test_every_page_has_its_rule(met: Met) -> None:
    """A new page is put into one of the sets above: does its address name a case, a task, or neither?

    Those of the studio are about releases; its own tests ask who may open which.
    """
    endpoints = {one.endpoint for one in met.site.app.url_map.iter_rules()}
    every = {one for one in endpoints if not one.startswith("studio.")}
    assert every - (NOBODYS | LISTS | OF_A_CASE | OF_A_TASK) == set()


def test_no_page_of_nobodys_names_a_case_or_a_task(met: Met) -> None:
    names = {one.endpoint: one.arguments for one in met.site.app.url_map.iter_rules()}
    named = {one for one, arguments in names.items() if arguments & {"case_id", "item_id", "happening_id", "entry_id"}}
    assert named == OF_A_CASE | OF_A_TASK


@pytest.mark.parametrize("endpoint", sorted(OF_A_CASE | OF_A_TASK))
@pytest.mark.parametrize("who", WHO)
def test_a_forbidden_page_answers_like_an_absent_one(met: Met, who: str, endpoint: str) -> None:
    forbidden, absent = halves([answer for answer, _ in met.both(who, endpoint)])
    assert forbidden == absent


@pytest.mark.parametrize("endpoint", sorted(OF_A_CASE | OF_A_TASK))
@pytest.mark.parametrize("who", ["stranger", "left", "administrator"])
def test_a_forbidden_page_is_not_found(met: Met, who: str, endpoint: str) -> None:
    assert {answer[0] for answer, _ in met.both(who, endpoint)} == {404}


@pytest.mark.parametrize("endpoint", sorted(OF_A_CASE | OF_A_TASK))
@pytest.mark.parametrize("who", WHO)
def test_a_forbidden_page_asks_the_database_what_an_absent_one_does(met: Met, who: str, endpoint: str) -> None:
    forbidden, absent = halves([asked for _, asked in met.both(who, endpoint)])
    assert forbidden == absent


@pytest.mark.parametrize("endpoint", sorted(OF_A_CASE | OF_A_TASK | LISTS))
def test_a_visitor_is_shown_the_way_in_alone(met: Met, endpoint: str) -> None:
    case = met.cases["nobody"]
    values = {**OTHERS, "case_id": case.case_id, "item_id": case.item_id}
    for rule in met.site.app.url_map.iter_rules(endpoint):
        if "GET" in (rule.methods or ()):
            with met.site.app.test_request_context():
                path = met.site.app.url_for(endpoint, **_arguments(rule, values))
            assert met.site.visitor().get(path).headers["Location"].startswith("/sign-in")


def lists_of(site: Site, client: FlaskClient) -> list[tuple[int, str]]:
    """Every list, count and notice that this person can ask for, narrowed to the case too."""
    views = [f"/inbox/{view}" for view in ("mine", "team", "overdue", "open", "done")]
    paths = [*views, *(f"{one}?case=1" for one in views), "/inbox/counts", "/cases", "/cases?status=closed", "/notices"]
    return [plain(client.get(path)) for path in paths]


@pytest.mark.parametrize("who", [STRANGER, ADMINISTRATOR])
def test_no_list_of_a_stranger_tells_that_a_case_was_opened(site: Site, who: str) -> None:
    client = site.signed_in(who)
    before = lists_of(site, client)
    served(site)
    assert lists_of(site, client) == before


def test_no_list_of_those_who_left_tells_that_the_case_stands(site: Site) -> None:
    client = site.signed_in(RESPONDER)
    before = lists_of(site, client)
    left_behind(site)
    assert lists_of(site, client) == before


def test_a_search_answers_the_same_whatever_it_finds(met: Met) -> None:
    client = met.browsers["stranger"]
    names = ("Planted words", "Nobody at all")
    assert len({plain(send(client, "/new/search", {"name": one}, form_at="/new")) for one in names}) == 1
