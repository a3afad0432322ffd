"""Forms of a draft while they are edited: seen before they are saved, and made for a task that has none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.studio.file_limits import LARGEST_FILE
from tests.web.conftest import PROCESS_OWNER, SECOND_OWNER, Site, send, token_of
from tests.web.test_studio import DIAGRAM, drafted, text_of

FORM = "referral/review.form"


@pytest.fixture
def owner(site: Site) -> FlaskClient:
    return site.signed_in(PROCESS_OWNER)


def tried(client: FlaskClient, draft: str, content: str) -> TestResponse:
    return send(client, f"{draft}/preview/{FORM}", {"content": content}, form_at="/studio")


def changed(client: FlaskClient, draft: str, properties: dict[str, Any]) -> str:
    """The form of the review with a question more."""
    form = json.loads(text_of(client, draft, FORM))
    question = {"type": "textarea", "id": "why", "key": "why", "label": "Why so late?", "properties": properties}
    form["components"].append(question)
    return json.dumps(form)


def without_form(client: FlaskClient) -> str:
    """A draft in which the review has no form."""
    draft = drafted(client)
    send(client, f"{draft}/removal/{FORM}", {}, form_at=f"{draft}/files/{FORM}")
    return draft


def test_a_form_is_seen_in_both_languages_before_it_is_saved(owner: FlaskClient) -> None:
    draft = drafted(owner)
    saved = text_of(owner, draft, FORM)
    said = {"label_ar": "لماذا تأخر؟", "classification": "operational"}
    answer = tried(owner, draft, changed(owner, draft, said)).get_json()
    assert "Why so late?" in answer["pages"]["en"]
    assert 'dir="rtl"' in answer["pages"]["ar"]
    assert "لماذا تأخر؟" in answer["pages"]["ar"]
    assert answer["problems"] == []
    assert text_of(owner, draft, FORM) == saved


def test_what_is_missing_is_said_at_its_question(owner: FlaskClient) -> None:
    draft = drafted(owner)
    answer = tried(owner, draft, changed(owner, draft, {"classification": "operational"})).get_json()
    assert [(one["element"], one["text"]) for one in answer["problems"]] == [
        ("why", "The question or title is missing in Arabic.")
    ]


def test_what_is_no_form_is_said_in_words(owner: FlaskClient) -> None:
    answer = tried(owner, drafted(owner), "{").get_json()
    assert answer["pages"] == {}
    assert "A form must be a form-js file" in answer["problems"][0]["text"]


def test_what_is_too_large_is_not_read(owner: FlaskClient) -> None:
    answer = tried(owner, drafted(owner), " " * (LARGEST_FILE + 1)).get_json()
    assert "larger than 2 MB" in answer["problems"][0]["text"]


def test_nobody_tries_forms_in_the_draft_of_another(site: Site, owner: FlaskClient) -> None:
    draft, second = drafted(owner), site.signed_in(SECOND_OWNER)
    assert tried(second, draft, "{}").status_code == 404


def test_a_form_is_tried_from_a_page_of_the_studio_only(owner: FlaskClient) -> None:
    assert owner.post(f"{drafted(owner)}/preview/{FORM}", data={"content": "{}"}).status_code == 400


def test_a_task_that_has_a_form_leads_to_it(owner: FlaskClient) -> None:
    draft = drafted(owner)
    assert owner.get(f"{draft}/task-form/{DIAGRAM}?task=review").location == f"{draft}/files/{FORM}"


def test_a_task_without_a_form_gets_one_that_has_no_problems(owner: FlaskClient) -> None:
    draft = without_form(owner)
    assert "Create the form" in owner.get(f"{draft}/task-form/{DIAGRAM}?task=review").text
    page = f"{draft}/task-form/{DIAGRAM}"
    answer = send(owner, page, {"task": "review"}, form_at=f"{page}?task=review")
    assert answer.location == f"{draft}/files/{FORM}"
    assert tried(owner, draft, text_of(owner, draft, FORM)).get_json()["problems"] == []


def test_a_form_that_is_there_is_never_replaced_by_a_first_one(owner: FlaskClient) -> None:
    draft = drafted(owner)
    before = text_of(owner, draft, FORM)
    token = token_of(owner, f"{draft}/files/{FORM}")
    owner.post(f"{draft}/task-form/{DIAGRAM}", data={"task": "review", "csrf_token": token})
    assert text_of(owner, draft, FORM) == before


def test_what_is_no_user_task_of_the_diagram_gets_no_form(owner: FlaskClient) -> None:
    draft = drafted(owner)
    assert owner.get(f"{draft}/task-form/{DIAGRAM}?task=late").status_code == 404
