"""What a person reads when an answer does not fit. Arabic uses verbal nouns: an imperative has a gender."""

from __future__ import annotations

import re

from engine.text import Text

_DETERMINED = re.compile(
    r"(the|a|an|her|his|their|your|our|this|that|these|those|any|all|no|each|every)\b", re.IGNORECASE
)
_QUESTION = re.compile(
    r"(who|what|when|where|why|which|whose|how|is|are|was|were|does|do|did|has|have|had|can|could|may|should|will|would)\b",
    re.IGNORECASE,
)


def _named(label: str) -> str:
    """The label as the object of an English sentence: `the date of birth`; a question stays in quotation marks."""
    if not label or label.endswith("?") or _QUESTION.match(label):
        return f"the answer to “{label}”"
    words = label if label[:2].isupper() else label[0].lower() + label[1:]
    return words if _DETERMINED.match(label) else f"the {words}"


def about(sentence: Text, label: Text, **values: object) -> Text:
    """The sentence with the question's label in it (`{the}`, `{The}` at its start, `{label}` as written)."""
    the = _named(label.in_("en"))
    english = {"the": the, "The": the[:1].upper() + the[1:], "label": label.in_("en")}
    both = {name: value if isinstance(value, Text) else Text(str(value), str(value)) for name, value in values.items()}
    return Text(
        sentence.en.format(**english, **{name: value.en for name, value in both.items()}),
        sentence.ar.format(label=label.in_("ar"), **{name: value.in_("ar") for name, value in both.items()}),
    )


ENTER = Text("Enter {the}", "يُرجى إدخال «{label}»")
SELECT = Text("Select {the}", "يُرجى اختيار «{label}»")
TICK = Text("Confirm “{label}” by ticking the box", "يُرجى تأكيد «{label}» بوضع علامة في المربع")
ADD = Text("Add at least one entry under “{label}”", "يُرجى إضافة بيان واحد على الأقل في «{label}»")
ATTACH = Text("Select a file for “{label}”", "يُرجى اختيار ملف في «{label}»")

NO_NUMBER = Text("{The} must be a number, like 12", "يجب أن يكون «{label}» رقمًا، مثل 12")
NO_WHOLE_NUMBER = Text("{The} must be a whole number", "يجب أن يكون «{label}» رقمًا صحيحًا بدون كسور")
TOO_MANY_DECIMALS = Text(
    "{The} must have no more than {digits} decimal places", "يجب ألا يزيد عدد الأرقام العشرية في «{label}» على {digits}"
)
TOO_SMALL = Text("{The} must be {limit} or more", "يجب ألا يقل «{label}» عن {limit}")
TOO_LARGE = Text("{The} must be {limit} or less", "يجب ألا يزيد «{label}» على {limit}")
TOO_SHORT = Text("{The} must be {limit} characters or more", "يجب ألا يقل «{label}» عن عدد الحروف المطلوب ({limit})")
TOO_LONG = Text("{The} must be {limit} characters or fewer", "يجب ألا يزيد «{label}» على عدد الحروف المسموح ({limit})")
WRONG_PATTERN = Text("Enter {the} in the form that is asked for", "يُرجى إدخال «{label}» بالصيغة المطلوبة")
NO_EMAIL = Text(
    "Enter {the} in the correct format, like name@example.com",
    "يُرجى إدخال «{label}» بالصيغة الصحيحة، مثل name@example.com",
)
NO_PHONE = Text(
    "Enter {the} as a telephone number, like 01012345678 or +201012345678",
    "يُرجى إدخال «{label}» كرقم هاتف، مثل 01012345678 أو \u2066+201012345678\u2069",
)
NO_OPTION = Text("Select {the} from the list", "يُرجى اختيار «{label}» من القائمة")
NO_TEXT = Text("{The} must be text", "يجب أن يكون «{label}» نصًا")
NO_YES_OR_NO = Text("{The} must be yes or no", "يجب أن تكون إجابة «{label}» نعم أو لا")
NO_LIST = Text("{The} must be a list", "يجب أن يكون «{label}» قائمة")
TOO_MANY_ITEMS = Text("{The} must have {limit} entries or fewer", "يجب ألا يزيد عدد البيانات في «{label}» على {limit}")

NO_DATE = Text("{The} must be a real date, like 27 3 2026", "يجب أن يكون «{label}» تاريخًا صحيحًا، مثل 27 3 2026")
NO_TIME = Text("{The} must be a real time, like 14:30", "يجب أن يكون «{label}» وقتًا صحيحًا، مثل 14:30")
NO_SUCH_TIME = Text(
    "{The} must be a time that existed: the clocks went forward over it",
    "يجب أن يكون «{label}» وقتًا موجودًا: قُدِّمت الساعة في هذا الوقت",
)
NO_FOUR_DIGIT_YEAR = Text(
    "{The} must have a year of 4 digits, like 1998", "يجب أن تتكون السنة في «{label}» من 4 أرقام، مثل 1998"
)
LACKS = Text("{The} must include {missing}", "يجب أن يتضمن «{label}» {missing}")
IN_FUTURE = Text("{The} must be now or in the past", "يجب ألا يكون «{label}» في المستقبل")
IN_FUTURE_DAY = Text("{The} must be today or in the past", "يجب أن يكون «{label}» اليوم أو قبله")
IN_PAST = Text("{The} must be today or in the future", "يجب أن يكون «{label}» اليوم أو بعده")
NO_FILE = Text("{The} must be a file", "يجب أن يكون «{label}» ملفًا")
NO_SUCH_FILE_TYPE = Text(
    "{The} must be a file of one of these types: {types}", "يجب أن يكون «{label}» ملفًا من أحد الأنواع: {types}"
)
NO_QUESTION = Text("This form asks no question “{label}”", "لا يتضمن هذا النموذج سؤالًا باسم «{label}»")

PARTS = {
    "day": Text("a day", "اليوم"),
    "month": Text("a month", "الشهر"),
    "year": Text("a year", "السنة"),
    "hour": Text("an hour", "الساعة"),
    "minute": Text("minutes", "الدقائق"),
}
