"""What a condition can ask, in the words of its questions."""

from __future__ import annotations

from engine.releases import read_folder
from engine.studio.variables import Variable, variables_of
from engine.text import Text
from tests.web.conftest import MECHANISM

FILES = read_folder(MECHANISM)
DIAGRAM = "referral/referral.bpmn"


def test_coded_answers_are_offered_with_their_questions_and_options() -> None:
    assert variables_of(FILES, DIAGRAM)[0] == Variable(
        "take_referral.source",
        Text("Take the referral: Who reports?", "تسجيل الإحالة: من المُبلّغ؟"),
        "text",
        (("hotline", Text("A hotline", "خط ساخن")), ("police", Text("The police", "الشرطة"))),
    )


def test_free_answers_are_never_offered() -> None:
    assert "take_referral.story" not in {one.path for one in variables_of(FILES, DIAGRAM)}


def test_a_diagram_that_cannot_be_read_offers_nothing() -> None:
    assert variables_of({**FILES, DIAGRAM: b"<"}, DIAGRAM) == []


def test_a_form_that_cannot_be_read_is_left_out() -> None:
    broken = {**FILES, "referral/take_referral.form": b"[]"}
    assert {one.path for one in variables_of(broken, DIAGRAM)} == {"review.ok"}
