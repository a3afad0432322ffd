"""A sentence in both languages, kept side by side so that neither is forgotten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and Arabic. Where one is empty, the other is shown.

    What an Arabic sentence quotes of FEEL or of a table's cell stands between U+2066 and U+2069, because `< 18` would
    be seen as its opposite; U+2068 instead of U+2066 where it may be words of either language (Unicode, UAX #9).
    """

    en: str
    ar: str = ""

    def in_(self, language: str) -> str:
        """The words in `language` (`"en"` or `"ar"`), or in the other language where they are missing."""
        return (self.ar or self.en) if language == "ar" else (self.en or self.ar)

    def format(self, **values: object) -> Text:
        """Both sentences with `{name}` replaced; a `Text` value is put in in the matching language."""
        return Text(
            self.en.format(**{k: v.in_("en") if isinstance(v, Text) else v for k, v in values.items()}),
            self.ar.format(**{k: v.in_("ar") if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def __bool__(self) -> bool:
        return bool(self.en or self.ar)

    def __str__(self) -> str:
        return self.en or self.ar
