"""The command `ihala` finds its verbs, speaks the terminal's language and says what it refuses."""

import pytest

from engine import command_line


def test_the_terminal_speaks_arabic_where_its_locale_is_arabic() -> None:
    assert command_line.language({"LANG": "ar_EG.UTF-8"}) == "ar"


def test_the_language_asked_for_wins_over_the_locale() -> None:
    assert command_line.language({"IHALA_LANGUAGE": "en", "LC_ALL": "ar_EG.UTF-8"}) == "en"


def test_the_terminal_speaks_english_where_nothing_is_said() -> None:
    assert command_line.language({}) == "en"


def test_an_unknown_verb_is_a_wrong_call() -> None:
    assert command_line.main(["no-such-verb"]) == 2


def test_an_unknown_verb_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(["no-such-verb"])
    assert "no-such-verb" in capsys.readouterr().err
