"""What people type becomes typed answers, or a sentence that says what to enter."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from engine.forms import Form
from tests.engine.forms.conftest import CAIRO, Read
from tests.engine.forms.samples import IDENTIFYING, LANGUAGES, form_of, question


def one(kind: str, **more: object) -> Form:
    return form_of(question(kind, "answer", "Answer", "الإجابة", **more))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("١٢", 12), ("۱۲", 12), ("1,250", 1250), ("١٬٢٥٠٫٥", "1250.5"), (" -3 ", -3), ("0.10", "0.10")],
)
def test_a_number_may_be_typed_in_any_digits(read: Read, typed: str, number: object) -> None:
    assert read(one("number"), answer=typed).values == {"answer": Decimal(str(number))}


@pytest.mark.parametrize("typed", ["twelve", "1,2", "1e5", "NaN", "٣-٤", "9" * 40])
def test_what_is_no_number_gets_a_sentence(read: Read, typed: str) -> None:
    assert read(one("number"), answer=typed).errors["answer"].en == "The answer must be a number, like 12"


def test_a_whole_number_has_no_fraction(read: Read) -> None:
    assert read(one("number", decimalDigits=0), answer="2.5").errors["answer"].en == "The answer must be a whole number"


def test_decimals_are_counted(read: Read) -> None:
    form = one("number", decimalDigits=2)
    assert read(form, answer="2.505").errors["answer"].en == "The answer must have no more than 2 decimal places"


@pytest.mark.parametrize(("typed", "sentence"), [("-1", "must be 0 or more"), ("18", "must be 17 or less")])
def test_a_number_keeps_its_limits(read: Read, typed: str, sentence: str) -> None:
    assert sentence in read(one("number", validate={"min": 0, "max": 17}), answer=typed).errors["answer"].en


def test_three_boxes_make_a_date(read: Read) -> None:
    answers = read(one("datetime", subtype="date"), answer__day="٢٧", answer__month="3", answer__year="2026")
    assert answers.values == {"answer": date(2026, 3, 27)}


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "3", "2026", "The answer must include a day"),
        ("1", "", "2026", "The answer must include a month"),
        ("1", "3", "", "The answer must include a year"),
        ("1", "3", "26", "The answer must have a year of 4 digits, like 1998"),
        ("30", "2", "2026", "The answer must be a real date, like 27 3 2026"),
        ("x", "2", "2026", "The answer must be a real date, like 27 3 2026"),
        ("0", "2", "2026", "The answer must be a real date, like 27 3 2026"),
    ],
)
def test_a_date_says_what_it_lacks(read: Read, day: str, month: str, year: str, sentence: str) -> None:
    answers = read(one("datetime"), answer__day=day, answer__month=month, answer__year=year)
    assert answers.errors["answer"].en == sentence


def test_a_moment_is_taken_on_the_clocks_of_the_mechanism(read: Read) -> None:
    parts = {
        "answer__day": "1",
        "answer__month": "3",
        "answer__year": "2026",
        "answer__hour": "14",
        "answer__minute": "5",
    }
    answers = read(one("datetime", subtype="datetime"), **parts)
    assert answers.values == {"answer": datetime(2026, 3, 1, 14, 5, tzinfo=CAIRO)}


def test_a_time_the_clocks_skipped_is_refused(read: Read) -> None:
    # Egypt's clocks went from 24 April 2026, 00:00, to 01:00.
    parts = {
        "answer__day": "24",
        "answer__month": "4",
        "answer__year": "2026",
        "answer__hour": "0",
        "answer__minute": "30",
    }
    assert "clocks went forward" in read(one("datetime", subtype="datetime"), **parts).errors["answer"].en


def test_a_time_of_day_needs_both_boxes(read: Read) -> None:
    answers = read(one("datetime", subtype="time"), answer__hour="9")
    assert answers.errors["answer"].en == "The answer must include minutes"


def test_two_boxes_make_a_time(read: Read) -> None:
    assert read(one("datetime", subtype="time"), answer__hour="9", answer__minute="30").values == {
        "answer": time(9, 30)
    }


def test_what_happened_is_not_in_the_future(read: Read) -> None:
    form = one("datetime", subtype="date", properties={"happened": "true"})
    answers = read(form, answer__day="2", answer__month="3", answer__year="2026")
    assert answers.errors["answer"].ar == "يجب أن يكون «الإجابة» اليوم أو قبله"


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ({"year": "1990"}, "1990"),
        ({"year": "1990", "month": "5"}, "1990-05"),
        ({"year": "1990", "estimated": "true"}, "1990~"),
        ({"year": "1990", "month": "5", "day": "17"}, date(1990, 5, 17)),
        ({"year": "1990", "month": "5", "day": "17", "estimated": "true"}, "1990-05-17~"),
    ],
)
def test_a_birth_date_may_be_partly_known(read: Read, parts: dict[str, str], kept: object) -> None:
    form = one("datetime", properties={**IDENTIFYING, "becomes": "age", "precision": "estimated"})
    answers = read(form, **{f"answer__{part}": text for part, text in parts.items()})
    assert answers.values == {"answer": kept}


def test_a_day_without_a_month_is_no_partly_known_date(read: Read) -> None:
    form = one("datetime", properties={**IDENTIFYING, "becomes": "age", "precision": "year"})
    assert (
        read(form, answer__day="3", answer__year="1990").errors["answer"].en
        == "The answer must be a real date, like 27 3 2026"
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("٠١٠ ١٢٣٤ ٥٦٧٨", "01012345678"),
        ("+20 (10) 1234-5678", "+201012345678"),
        ("0020 2 27921111", "+20227921111"),
        ("16000", "16000"),
    ],
)
def test_a_telephone_number_loses_its_spaces(read: Read, typed: str, kept: str) -> None:
    assert read(one("textfield", validate={"validationType": "phone"}), answer=typed).values == {"answer": kept}


@pytest.mark.parametrize("typed", ["010 12", "+0123456789", "call me"])
def test_what_is_no_telephone_number_gets_a_sentence(read: Read, typed: str) -> None:
    errors = read(one("textfield", validate={"validationType": "phone"}), answer=typed).errors
    assert errors["answer"].en.startswith("Enter the answer as a telephone number")


def test_an_address_of_mail_has_a_shape(read: Read) -> None:
    errors = read(one("textfield", validate={"validationType": "email"}), answer="mona@").errors
    assert errors["answer"].en.startswith("Enter the answer in the correct format")


def test_digits_are_normalised_before_a_pattern(read: Read) -> None:
    form = one("textfield", validate={"pattern": "^[0-9]{14}$"})
    assert read(form, answer="٢٩٠٠١٠١٠١٢٣٤٥٦").values == {"answer": "29001010123456"}


def test_free_text_keeps_its_own_digits(read: Read) -> None:
    assert read(one("textarea"), answer="قالت: ٣ مرات").values == {"answer": "قالت: ٣ مرات"}


def test_free_text_keeps_joiners_and_loses_control_signs(read: Read) -> None:
    assert read(one("textarea"), answer=" مي\u200cخواهم\x00\x07\r\nline ").values == {"answer": "مي\u200cخواهم\nline"}


def test_a_text_has_a_ceiling_even_without_a_limit(read: Read) -> None:
    assert "500 characters or fewer" in read(one("textfield"), answer="x" * 501).errors["answer"].en


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_a_choice_is_one_of_its_options(read: Read, kind: str) -> None:
    assert read(one(kind, options=LANGUAGES), answer="xxx").errors["answer"].en == "Select the answer from the list"


def test_several_choices_are_a_list(read: Read) -> None:
    assert read(one("checklist", options=LANGUAGES), answer=["ara", "eng"]).values == {"answer": ["ara", "eng"]}


def test_an_unticked_box_is_false(read: Read) -> None:
    assert read(one("checkbox")).values == {"answer": False}


def test_a_box_that_must_be_ticked_says_so(read: Read) -> None:
    errors = read(one("checkbox", validate={"required": True})).errors
    assert errors["answer"].en == "Confirm “Answer” by ticking the box"


def test_a_file_nobody_stored_is_refused(read: Read) -> None:
    assert read(one("filepicker"), answer="forged_content_id").errors["answer"].en == "The answer must be a file"


def test_a_stored_file_brings_its_facts() -> None:
    files = {"content_1": {"name": "a.pdf", "size": 10, "type": "application/pdf"}}
    answers = one("filepicker").read({"answer": ["content_1"]}, {}, now=datetime.now(CAIRO), zone=CAIRO, files=files)
    assert answers.values == {"answer": [{"id": "content_1", **files["content_1"]}]}


def test_a_file_of_another_type_is_refused() -> None:
    files = {"content_1": {"name": "a.exe", "size": 10, "type": "application/x-dosexec"}}
    form = one("filepicker", accept=".pdf,image/*")
    answers = form.read({"answer": ["content_1"]}, {}, now=datetime.now(CAIRO), zone=CAIRO, files=files)
    assert "one of these types: .pdf, image/*" in answers.errors["answer"].en


def test_what_was_typed_is_kept_exactly(read: Read) -> None:
    assert read(one("number"), answer=" ١٢ x").typed == {"answer": [" ١٢ x"]}
