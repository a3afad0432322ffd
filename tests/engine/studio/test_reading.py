"""Conditions read back as sentences, in both languages."""

from __future__ import annotations

import pytest

from engine.studio.reading import read_back
from engine.studio.variables import Variable
from engine.text import Text

KNOWN = [
    Variable("review.ok", Text("Is it complete?", "هل هي كاملة؟"), "text", (("yes", Text("Yes", "نعم")),)),
    Variable("hear.age", Text("Age", "السن"), "number"),
    Variable("hear.needs", Text("Needs", "الاحتياجات"), "list", (("food", Text("Food", "طعام")),)),
    Variable("hear.child", Text("A child?", "هل هو طفل؟"), "yes or no"),
]


@pytest.mark.parametrize(
    ("expression", "english", "arabic"),
    [
        ('review.ok = "yes"', "Taken when “Is it complete?” is “Yes”.", "يُسلك حين «هل هي كاملة؟» هو «نعم»."),
        ('review.ok != "yes"', "Taken when “Is it complete?” is not “Yes”.", "يُسلك حين «هل هي كاملة؟» ليس «نعم»."),
        ("hear.age < 18", "Taken when “Age” is less than 18.", "يُسلك حين «السن» أقل من \u206618\u2069."),
        ("18 > hear.age", "Taken when “Age” is less than 18.", "يُسلك حين «السن» أقل من \u206618\u2069."),
        ("hear.child", "Taken when “A child?” is yes.", "يُسلك حين «هل هو طفل؟» هو نعم."),
        ("hear.child = false", "Taken when “A child?” is no.", "يُسلك حين «هل هو طفل؟» هو لا."),
        ("hear.age = null", "Taken when “Age” has no answer.", "يُسلك حين «السن» بلا جواب."),
        (
            'list contains(hear.needs, "food")',
            "Taken when “Needs” has “Food” among it.",
            "يُسلك حين من بين «الاحتياجات»: «طعام».",
        ),
        (
            'not(list contains(hear.needs, "food"))',
            "Taken when it is not so that “Needs” has “Food” among it.",
            "يُسلك حين ليس صحيحًا أن من بين «الاحتياجات»: «طعام».",
        ),
        ("count(hear.needs) >= 2", "Taken when the number of “Needs” is at least 2.", "عدد «الاحتياجات» لا يقل عن"),
        ("hear.age between 9 and 17", "Taken when “Age” is between 9 and 17.", "«السن» بين"),
        ('review.ok in ("yes", "late")', "Taken when “Is it complete?” is “Yes” or “late”.", "«نعم» أو «late»"),
        (
            "hear.child and (hear.age > 9 or hear.age = null)",
            "Taken when “A child?” is yes and (“Age” is more than 9 or “Age” has no answer).",
            "و(",
        ),
        ("other = 1", "Taken when “other” is 1.", "\u2066other\u2069"),
        ("true", "Taken when anything is answered: always.", "دائمًا"),
    ],
)
def test_a_condition_is_a_sentence_in_the_words_of_its_questions(expression: str, english: str, arabic: str) -> None:
    said = read_back(expression, KNOWN)
    assert (said.text.en, arabic in said.text.ar, said.is_readable) == (english, True, True)


@pytest.mark.parametrize("expression", ["some x in hear.needs satisfies x = 1", "hear.age + 1 > 2", "sum([1]) = 1"])
def test_a_formula_that_no_sentence_can_hold_is_said_to_be_one(expression: str) -> None:
    said = read_back(expression, KNOWN)
    assert (said.is_readable, said.text.en.startswith("Taken when the formula")) == (True, True)


@pytest.mark.parametrize("expression", [" and ".join(["a"] * 50_000), "(" * 50_000, "not(" * 20_000])
def test_a_formula_of_any_size_is_answered(expression: str) -> None:
    assert read_back(expression, KNOWN).text.en.endswith(".")


@pytest.mark.parametrize("expression", ["", "review.ok = ", "((", 'a && "b"'])
def test_what_cannot_be_read_says_what_was_expected(expression: str) -> None:
    said = read_back(expression, KNOWN)
    assert (said.is_readable, said.text.en.startswith("This cannot be read yet: ")) == (False, True)
