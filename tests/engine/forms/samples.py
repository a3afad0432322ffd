"""A long form of synthetic questions with every kind of component, for tests of the engine and of the pages."""

from __future__ import annotations

import json
from typing import Any

from engine.forms import Form


def question(kind: str, key: str, en: str, ar: str, **more: Any) -> dict[str, Any]:
    """A component with both texts; `properties` and `ar` options are merged."""
    properties = {"label_ar": ar, "classification": "operational", **more.pop("properties", {})}
    options = more.pop("options", {})
    if options:
        more["values"] = [{"value": value, "label": en} for value, (en, _) in options.items()]
        properties |= {f"option_ar:{value}": ar for value, (_, ar) in options.items()}
    hint = more.pop("hint", None)
    if hint:
        more["description"], properties["description_ar"] = hint
    name = {"path": key} if kind == "dynamiclist" else {"key": key}
    return {"type": kind, "id": key, **name, "label": en, "properties": properties, **more}


def group(key: str, en: str, ar: str, *components: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A group, which at the top of a form is a section."""
    return {
        "type": "group",
        "id": key,
        "label": en,
        "properties": {"label_ar": ar},
        "components": list(components),
        **more,
    }


def form_of(*components: dict[str, Any]) -> Form:
    """A form of these components."""
    source = {"schemaVersion": 16, "type": "default", "id": "sample", "components": list(components)}
    return Form.load(json.dumps(source).encode(), "sample.form")


YES_NO = {"yes": ("Yes", "نعم"), "no": ("No", "لا"), "unknown": ("Not known yet", "غير معروف بعد")}
LANGUAGES = {
    "ara": ("Arabic", "العربية"),
    "eng": ("English", "الإنجليزية"),
    "amh": ("Amharic", "الأمهرية"),
    "tir": ("Tigrinya", "التغرينية"),
}
SEXES = {
    "Feminine": ("Female", "أنثى"),
    "Masculine": ("Male", "ذكر"),
    "NonSpecifiedUnknown": ("Not known", "غير معروف"),
}
NEEDS = {
    "emergency_shelter": ("A safe place tonight", "مكان آمن الليلة"),
    "medical": ("Medical care", "رعاية طبية"),
    "food": ("Food and clothing", "طعام وملابس"),
}
GOVERNORATES = {"C": ("Cairo", "القاهرة"), "GZ": ("Giza", "الجيزة"), "ALX": ("Alexandria", "الإسكندرية")}
IDENTIFYING, SENSITIVE = {"classification": "identifying"}, {"classification": "sensitive"}

INSTRUCTIONS = {
    "type": "text",
    "id": "instructions",
    "text": "Record the referral as it was told to you. **Do not ask about the exploitation itself.**\n\n"
    "- Stay where you can talk alone\n- Stop whenever the person wishes",
    "properties": {
        "text_ar": "تسجيل الإحالة كما وردت. **لا تُطرح أسئلة عن الاستغلال نفسه.**\n\n"
        "- اختيار مكان يتيح الحديث على انفراد\n- التوقف متى رغب الشخص في ذلك"
    },
}

LONG_FORM = form_of(
    INSTRUCTIONS,
    group(
        "referral",
        "The referral",
        "الإحالة",
        question(
            "datetime",
            "happened_at",
            "When the referral arrived",
            "وقت ورود الإحالة",
            subtype="datetime",
            validate={"required": True},
            properties={"happened": "true"},
        ),
        question(
            "radio",
            "interpreter",
            "Is an interpreter needed?",
            "هل هناك حاجة إلى مترجم شفهي؟",
            options=YES_NO,
            validate={"required": True},
            hint=("Somebody who came along never interprets.", "لا يترجم من حضر مع الشخص."),
        ),
        question(
            "select",
            "language",
            "Language",
            "اللغة",
            options=LANGUAGES,
            validate={"required": True},
            conditional={"hide": '=interpreter != "yes"'},
        ),
        question("checklist", "needs", "Urgent needs", "الاحتياجات العاجلة", options=NEEDS, properties=SENSITIVE),
        question(
            "textfield",
            "safe_phone",
            "Safe telephone number",
            "رقم هاتف آمن",
            validate={"validationType": "phone"},
            properties={**IDENTIFYING, "match": "phone"},
            hint=("A number only this person answers.", "رقم لا يجيب عليه إلا الشخص نفسه."),
        ),
    ),
    group(
        "person",
        "The person",
        "الشخص",
        question("textfield", "known_as", "Known as", "الاسم المتعارف عليه", properties=IDENTIFYING),
        question("select", "sex", "Sex", "الجنس", options=SEXES, validate={"required": True}, properties=SENSITIVE),
        question(
            "datetime",
            "born_on",
            "Date of birth",
            "تاريخ الميلاد",
            subtype="date",
            properties={**IDENTIFYING, "becomes": "age", "precision": "estimated"},
            hint=("The year alone is enough.", "تكفي السنة وحدها."),
        ),
        question(
            "number",
            "children_with",
            "Children who come along",
            "عدد الأبناء المرافقين",
            decimalDigits=0,
            validate={"min": 0, "max": 15},
            appearance={"suffixAdorner": "children"},
            properties={"suffixAdorner_ar": "أبناء"},
        ),
        question(
            "dynamiclist",
            "children",
            "Children",
            "الأبناء",
            properties={},
            conditional={"hide": "=children_with = null or children_with = 0"},
            components=[
                question("textfield", "child_name", "Name", "الاسم", properties=IDENTIFYING),
                question(
                    "number", "child_age", "Age", "العمر", decimalDigits=0, validate={"required": True, "max": 17}
                ),
            ],
        ),
    ),
    group(
        "safety",
        "Safety",
        "الأمان",
        question("radio", "danger", "Is there imminent danger?", "هل هناك خطر داهم؟", options=YES_NO),
        question(
            "textarea",
            "danger_account",
            "What the danger is",
            "بيان الخطر",
            validate={"required": True, "maxLength": 2000},
            properties=SENSITIVE,
            conditional={"hide": '=not(danger = "yes")'},
        ),
        {"type": "separator", "id": "line"},
        question(
            "select",
            "exploiter_governorate",
            "Governorate of the alleged exploiter",
            "محافظة المشتبه في استغلاله",
            options=GOVERNORATES,
            properties={**SENSITIVE, "grant": "exploiter"},
        ),
        question(
            "filepicker",
            "documents",
            "Documents",
            "المستندات",
            accept=".pdf,image/*",
            multiple=True,
            properties=IDENTIFYING,
        ),
        question(
            "checkbox",
            "read_back",
            "The record was read back to the person",
            "تمت قراءة البيانات على الشخص",
            validate={"required": True},
        ),
    ),
)
