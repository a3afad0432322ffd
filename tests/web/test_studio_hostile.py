"""A process owner who wants more than drawing: refused with a sentence, never an error; attempts are written down."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from engine import journal
from engine.persistence import journal_rows
from tests.web.conftest import MECHANISM, PROCESS_OWNER, RESPONDER, SECOND_OWNER, Site, send, token_of
from tests.web.test_studio import DIAGRAM, base_of, drafted

FORM, STORY, SETTINGS = (
    "referral/take_referral.form",
    "referral/scenarios/reported_and_reviewed.yaml",
    "mechanism.toml",
)
TABLE, DIRECTORY = "referral/gate.dmn", "directory.yaml"
SECRET = "root:x:0"
"""What stands in /etc/passwd, and in no page."""
SHOWN = ("", "/difference", "/stories", "/play", "/decision", "/organisation", "/whole.zip")


def text(path: str) -> str:
    return (MECHANISM / path).read_text("utf-8")


def condition(feel: str) -> str:
    """The diagram with a condition on its last arrow."""
    plain = 'sourceRef="review" targetRef="done">'
    return text(DIAGRAM).replace(plain, f"{plain}<bpmn:conditionExpression>{feel}</bpmn:conditionExpression>")


def element(xml: str) -> str:
    return text(DIAGRAM).replace("</bpmn:process>", f"{xml}</bpmn:process>")


def script(words: str) -> str:
    return element(
        f'<bpmn:scriptTask id="x" scriptFormat="python"><bpmn:script>{words}</bpmn:script></bpmn:scriptTask>'
    )


def operation(name: str) -> str:
    return element(f'<bpmn:serviceTask id="x" xmlns:ihala="urn:ihala:bpmn" ihala:operation="{name}"/>')


def deep(levels: int) -> str:
    """Sub-processes in one another."""
    begun = "".join(f'<bpmn:subProcess id="s{number}">' for number in range(levels))
    return element(begun + "</bpmn:subProcess>" * levels)


def many(number: str) -> str:
    """The first task so many times."""
    cardinality = f"<bpmn:loopCardinality>{number}</bpmn:loopCardinality>"
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{cardinality}</bpmn:multiInstanceLoopCharacteristics>"
    return text(DIAGRAM).replace("</bpmn:userTask>", f"{loop}</bpmn:userTask>", 1)


def settings(old: str, new: str) -> str:
    return text(SETTINGS).replace(old, new)


def table(feel: str) -> str:
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:t">'
        '<decision id="gate" name="gate"><decisionTable id="t" hitPolicy="FIRST"><input id="i" label="x">'
        f'<inputExpression><text>{feel}</text></inputExpression></input><output id="o"/><rule id="r"><inputEntry>'
        "<text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"
        "</definitions>"
    )


def laughs() -> str:
    """Eight entities, each ten times the one before."""
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">{grown}]><a>&a8;</a>'


def aliases() -> str:
    """A title of ten thousand million words, in a few lines."""
    grown = "".join(f"y{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    return f"y0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{grown}" + text(STORY).replace("title:", "title: *a9\nold:", 1)


def story(step: str) -> str:
    return text(STORY).replace("steps:", f"steps:\n  - {step}", 1)


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
IMPORT = '<import namespace="urn:x" name="x" importType="x" locationURI="file:///etc/passwd"/>'
GROWING = 'string length(string join(for a in 1..10000000 return "aaaaaaaaaaaaaaaa")) &gt; 0'
LONG = "count(for a in 1..1000000, b in 1..1000000 return a) &gt; 0"
DEEP = 5_000
HOSTILE: dict[str, tuple[str, str]] = {
    # Python
    "script": (DIAGRAM, script("import os")),
    "operation": (DIAGRAM, operation("__class__")),
    "operation of the machine": (DIAGRAM, operation("os_system")),
    "condition with a class": (DIAGRAM, condition("review.__class__.__mro__[1].__subclasses__() != null")),
    "condition with an import": (DIAGRAM, condition("__import__('os').system('id') = 0")),
    "table with a class": (TABLE, table("x.__class__.__base__")),
    "template in a name": (DIAGRAM, text(DIAGRAM).replace("Take the referral", "{{ config }}{% raw %}")),
    "template in a form": (FORM, text(FORM).replace('"label": "', '"label": "{{ 7 * 191 }} ', 1)),
    "tag in a story": (STORY, '!!python/object/apply:os.system ["id"]'),
    "tag in the directory": (DIRECTORY, "!!python/name:os.system"),
    # Files
    "entity in a diagram": (DIAGRAM, ENTITY + text(DIAGRAM).replace("Take the referral", "&x;")),
    "entity in a table": (TABLE, ENTITY + table("&x;")),
    "entity in a picture": ("referral/x.svg", f'{ENTITY}<svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'),
    "inclusion in a diagram": (DIAGRAM, element(INCLUDE)),
    "inclusion in a table": (TABLE, table("1").replace("<decision ", f"{INCLUDE}<decision ")),
    "import of a table": (TABLE, table("1").replace("<decision ", f"{IMPORT}<decision ")),
    # Time and memory
    "entities that grow": (DIAGRAM, laughs()),
    "entities that grow in a table": (TABLE, laughs()),
    "aliases that grow": (STORY, aliases()),
    "a deep diagram": (DIAGRAM, "<a>" * DEEP + "</a>" * DEEP),
    "deep sub-processes": (DIAGRAM, deep(200)),
    "a deep table": (TABLE, "<a>" * DEEP + "</a>" * DEEP),
    "a deep form": (FORM, '{"a":' * DEEP + "1" + "}" * DEEP),
    "a deep story": (STORY, "[" * DEEP + "]" * DEEP),
    "deep settings": (SETTINGS, "a=" + "[" * DEEP + "]" * DEEP),
    "a deep condition": (DIAGRAM, condition("(" * DEEP + "1" + ")" * DEEP + " = 1")),
    "a condition without end": (DIAGRAM, condition(LONG)),
    "a condition that eats memory": (DIAGRAM, condition(GROWING)),
    "a huge power": (DIAGRAM, condition("9**9**9**9**9 &gt; 0")),
    "a slow pattern": (DIAGRAM, condition('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")')),
    "a table without end": (TABLE, table(LONG)),
    "a story of FEEL": (STORY, story("""wait: '1") + count(for a in 1..99999999 return a) + ("'""")),
    "a clock of ages": (DIAGRAM, text(DIAGRAM).replace(">P1D<", ">P99999999999D<")),
    "a clock of FEEL ages": (DIAGRAM, text(DIAGRAM).replace(">P1D<", '>duration("P999999999D")<')),
    "a thousand million tasks": (DIAGRAM, many("1000000000")),
    "a number without end": (FORM, text(FORM).replace("{", '{"x": 1e999, ', 1)),
    # What is none at all
    "no form": (FORM, "[1]"),
    "no directory": (DIRECTORY, "organisations: 7"),
    "a day that is none": (SETTINGS, text(SETTINGS) + '[calendar]\nworking_days = ["funday"]\n'),
    "roles that are none": (SETTINGS, settings('held_by = ["hotline"]', "held_by = 3")),
    "signatures that are none": (SETTINGS, settings("signatures = 1", 'signatures = "x"')),
    "bytes": (DIAGRAM, "\x00\x01\x02"),
}  # fmt: skip


BEGIN = {"begin": "referral:begun"}
"""The play of the small mechanism's process, from its start event."""


@dataclass(frozen=True)
class Attack:
    """One draft into which something was put."""

    client: FlaskClient
    draft: str
    path: str

    def answers(self) -> list[TestResponse]:
        """Every page of the draft, the file's own if it was taken, its stories played, and a play of its process."""
        own = [f"/files/{self.path}", f"/raw/{self.path}"]
        pages = [*SHOWN, *(own if self.client.get(self.draft + own[1]).status_code == HTTPStatus.OK else [])]
        found = [self.client.get(self.draft + page) for page in pages]
        found.append(send(self.client, f"{self.draft}/stories", {}, form_at=self.draft))
        return [*found, send(self.client, f"{self.draft}/play", BEGIN, form_at=self.draft)]


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def attacked(client: FlaskClient, path: str, content: str) -> Attack:
    draft = drafted(client)
    is_there = client.get(f"{draft}/raw/{path}").status_code == 200
    typed = {"path": path, "content": content, "revision": 0}
    send(client, f"{draft}/files/{path}" if is_there else f"{draft}/files", typed, form_at=draft)
    return Attack(client, draft, path)


def events(site: Site) -> list[tuple[str, str]]:
    """What was written of attempts."""
    with site.ihala.database.reading() as tx:
        assert journal.verify(tx, site.ihala.vault, "attempts") is None or not journal_rows.entries(tx, "attempts")
        return [(row.event, row.element) for row in journal_rows.entries(tx, "attempts")]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_makes_an_error_of_a_page(owner: FlaskClient, name: str) -> None:
    assert {answer.status_code for answer in attacked(owner, *HOSTILE[name]).answers()} <= {200, 302, 422}


@pytest.mark.parametrize("name", [one for one in HOSTILE if "entity" in one or "inclusion" in one or "import" in one])
def test_no_file_of_the_machine_is_read(owner: FlaskClient, name: str) -> None:
    assert not any(
        SECRET in answer.get_data().decode("latin-1") for answer in attacked(owner, *HOSTILE[name]).answers()
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("script", "Cannot run"),
        ("operation of the machine", "os_system"),
        ("entity in a diagram", "DOCTYPE"),
        ("entities that grow", "DOCTYPE"),
        ("deep sub-processes", "more than 60 elements inside one another"),
        ("a clock of ages", "Cannot run"),
        ("a day that is none", "calendar.working_days must be"),
        ("roles that are none", "roles.first_responder.held_by must be"),
    ],
)
def test_it_is_said_among_the_problems_in_words(owner: FlaskClient, name: str, said: str) -> None:
    attack = attacked(owner, *HOSTILE[name])
    assert said in owner.get(attack.draft).text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tag in a story", "could not determine a constructor"),
        ("aliases that grow", "an alias (*name) cannot be used here"),
        ("a deep story", "40 deep in one another"),
    ],
)
def test_a_story_that_is_none_says_why(owner: FlaskClient, name: str, said: str) -> None:
    attack = attacked(owner, *HOSTILE[name])
    send(owner, f"{attack.draft}/stories", {}, form_at=attack.draft)
    assert said in owner.get(f"{attack.draft}/stories").text


def test_a_template_in_a_form_is_shown_as_it_is_written(owner: FlaskClient) -> None:
    attack = attacked(owner, *HOSTILE["template in a form"])
    page = owner.get(f"{attack.draft}/files/{FORM}").text
    assert ("{{ 7 * 191 }}" in page, "1337" in page) == (True, False)


def test_a_picture_is_never_a_page(owner: FlaskClient) -> None:
    attack = attacked(owner, "referral/x.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    answer = owner.get(f"{attack.draft}/raw/referral/x.svg")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("text/plain", 'attachment; filename="x.svg"')


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd.md", "/etc/passwd.md", "referral/../../x.md", "..\\x.md", "C:\\x.md", "a/b/c/d/e/f.md",
        "x.py", "x.md\x00.bpmn", "%2e%2e/x.md", "x.bpmn/../../y.md", "__init__.py", ".git/config.md", "a\nb.md", "‮x.md",
    ],
)  # fmt: skip
def test_a_path_that_leads_out_is_refused_and_written_down(site: Site, owner: FlaskClient, path: str) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": path, "content": "x"}, form_at=draft)
    page = owner.get(draft).text
    assert "is no file of a mechanism" in page or "leads out of the draft" in page
    assert events(site) == [("path_unfit", "studio.files.add")]


def test_an_upload_is_called_as_its_owner_says_and_not_as_its_file(owner: FlaskClient) -> None:
    draft = drafted(owner)
    upload = (io.BytesIO(b"x"), "../../../tmp/evil.md")
    send(owner, f"{draft}/files", {"path": "referral/note.md", "upload": upload}, form_at=draft)
    assert owner.get(f"{draft}/raw/referral/note.md").text == "x"


def test_an_archive_is_no_file_of_a_mechanism(owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "x.zip", "upload": (io.BytesIO(b"PK\x03\x04"), "x.zip")}, form_at=draft)
    assert "is no file of a mechanism" in owner.get(draft).text


@pytest.mark.parametrize("path", ["../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", "\x00"])
def test_a_file_outside_of_the_draft_is_not_found(owner: FlaskClient, path: str) -> None:
    draft = drafted(owner)
    answers = [owner.get(f"{draft}/{kind}/{path}", follow_redirects=True) for kind in ("files", "raw")]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("revision", ["x", "-1", "9" * 30, "1.5", "٣", ""])
def test_a_revision_that_is_none_shows_both_texts(owner: FlaskClient, revision: str) -> None:
    draft = drafted(owner)
    answer = send(owner, f"{draft}/files/{DIAGRAM}", {"content": "mine", "revision": revision}, form_at=draft)
    assert answer.status_code == 409


LOOSE = {"studio.desk.begin", "studio.desk.undo", "studio.safeguards.decide", "studio.safeguards.raw"}
"""Addresses that name no draft: a group, a list, a run; what they refuse is told in their own tests."""

FILLED = {"note": "x", "title": "x", "path": "x.md", "content": "x", "revision": "0"}
"""Fields without which a form would be refused as unfinished."""


def rules(site: Site) -> list[Rule]:
    """Every address of the studio that names a release or something in it."""
    every = [rule for rule in site.app.url_map.iter_rules() if rule.endpoint.startswith("studio.") and rule.arguments]
    return [rule for rule in every if rule.endpoint not in LOOSE]


def tried(site: Site, client: FlaskClient, given: str) -> dict[str, int]:
    """The status of every address and method of the studio, with `given` for every id."""
    found, token = {}, token_of(client, "/notices")
    for rule in rules(site):
        numbers = {name for name in rule.arguments if f"<int:{name}>" in rule.rule}
        values = dict.fromkeys(rule.arguments, given) | {"path": DIAGRAM} | dict.fromkeys(numbers, "1")
        if "act" in values:
            values["act"] = re.search(r"<any\((\w+)", rule.rule)[1]  # type: ignore[index]
        with site.app.test_request_context():
            address = site.app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = client.open(address, method=method, data={**FILLED, "csrf_token": token})
            found[f"{method} {rule.endpoint}"] = answer.status_code
    return found


def other_methods(site: Site, client: FlaskClient, draft: str) -> set[int]:
    token = token_of(client, "/notices")
    addresses = [f"{draft}", f"{draft}/files/{DIAGRAM}", f"{draft}/organisation", f"{draft}/discard"]
    return {
        client.open(address, method=method, headers={"X-CSRFToken": token}).status_code
        for address, method in chain.from_iterable([(one, m) for m in ("PUT", "DELETE", "PATCH")] for one in addresses)
    }


def test_no_address_opens_another_persons_draft(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner).rpartition("/")[2]
    found = tried(site, site.signed_in(SECOND_OWNER), draft)
    assert {name: status for name, status in found.items() if status != 404} == {}


def test_nothing_of_another_persons_draft_was_changed(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner)
    before = owner.get(f"{draft}/whole.zip").data
    tried(site, site.signed_in(SECOND_OWNER), draft.rpartition("/")[2])
    assert len(owner.get(f"{draft}/whole.zip").data) == len(before)


def test_attempts_at_another_persons_draft_are_written_down_with_its_number(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner)
    site.signed_in(SECOND_OWNER).get(f"{draft}/files/{DIAGRAM}")
    assert events(site) == [("draft_of_another", "studio.files.shown 2")]


def test_other_methods_than_those_of_the_pages_are_refused(site: Site, owner: FlaskClient) -> None:
    assert other_methods(site, site.signed_in(SECOND_OWNER), drafted(owner)) == {405}


def test_no_address_of_the_studio_opens_a_case(site: Site, owner: FlaskClient) -> None:
    responder = site.signed_in(RESPONDER)
    item = site.referral(responder).rpartition("/")[2]
    with site.ihala.database.reading() as tx:
        case_id = tx.exec_driver_sql('SELECT id FROM "case"').scalar()
    for given in (case_id, item):
        found = tried(site, owner, given)
        assert {name: status for name, status in found.items() if status != 404} == {}


def test_an_id_that_there_is_not_is_written_down(site: Site, owner: FlaskClient) -> None:
    owner.get(f"/studio/{'0' * 32}/whole.zip")
    assert events(site) == [("unknown_here", "studio.releases.whole")]


def test_who_has_no_business_in_the_studio_is_written_down(site: Site) -> None:
    site.signed_in(RESPONDER).get("/studio")
    assert events(site) == [("not_allowed", "studio.releases.every")]


def test_a_mistake_is_no_attempt(site: Site, owner: FlaskClient) -> None:
    send(owner, f"{base_of(owner)}/drafts", {"title": ""}, form_at=base_of(owner))
    assert events(site) == []


def test_no_name_and_no_content_is_written_down(site: Site, owner: FlaskClient) -> None:
    draft = drafted(owner)
    send(owner, f"{draft}/files", {"path": "../planted-words.md", "content": "planted"}, form_at=draft)
    assert "planted" not in str(events(site))
