"""Forms: form-js files to questions in two languages, and answers to process variables and case record."""

from engine.forms.ages import PartialDate, age_band, age_on
from engine.forms.form import Accepted, Answers, Form, FormErrors, FormProblem
from engine.forms.lists import with_item, without_item
from engine.forms.model import Field, Group, Limits, Option, Part, Section, Separator, Words, fields_of
from engine.forms.pages import merged, names_of
from engine.forms.typed import Typed
from engine.forms.visibility import Reveal, reveal_of

__all__ = [
    "Accepted",
    "Answers",
    "Field",
    "Form",
    "FormErrors",
    "FormProblem",
    "Group",
    "Limits",
    "Option",
    "Part",
    "PartialDate",
    "Reveal",
    "Section",
    "Separator",
    "Typed",
    "Words",
    "age_band",
    "age_on",
    "fields_of",
    "merged",
    "names_of",
    "reveal_of",
    "with_item",
    "without_item",
]
