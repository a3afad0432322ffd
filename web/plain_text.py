"""Words of a form or a diagram to HTML: paragraphs, headings, lists and **bold**; everything else stays as written."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def paragraphs(text: str) -> Markup:
    """The text as HTML. Blank lines part paragraphs, `- ` begins an item of a list, `#` a heading."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(_block(block.strip()) for block in blocks if block.strip())


def _block(block: str) -> Markup:
    lines = block.splitlines()
    if block.startswith("#") and len(lines) == 1:
        return Markup('<h3 class="govuk-heading-s">{}</h3>').format(_inline(block.lstrip("# ")))
    if all(line.lstrip().startswith(("- ", "* ")) for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_inline(line.lstrip()[2:])) for line in lines)
        return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
    return Markup('<p class="govuk-body">{}</p>').format(Markup("<br>").join(map(_inline, lines)))


def _inline(text: str) -> Markup:
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))
