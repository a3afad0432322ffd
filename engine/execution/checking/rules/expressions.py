"""Rules about expressions: readable FEEL, known names, nothing that could name a person."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule, advice, cannot_run, not_publishable
from engine.text import Text

EXPRESSION_RULES: tuple[Rule, ...] = (
    cannot_run(
        "expression_unreadable",
        Text("“{text}” is not readable FEEL: {reason}", "«\u2066{text}\u2069» ليست عبارة FEEL مقروءة: {reason}"),
        Text("Write it in FEEL, for instance age < 18.", "اكتبها بلغة FEEL، مثل age < 18."),
    ),
    cannot_run(
        "expression_empty",
        Text("An input or output has no expression.", "مُدخَل أو مُخرَج بلا عبارة."),
        Text("Write where its value comes from.", "اكتب مصدر قيمته."),
    ),
    cannot_run(
        "function_unknown",
        Text("FEEL knows no function {name}.", "لا توجد في FEEL دالة باسم {name}."),
        Text("Use a function of FEEL.", "استخدم دالة من دوال FEEL."),
    ),
    cannot_run(
        "timer_text",
        Text("“{text}” is no time the clock understands.", "«\u2066{text}\u2069» ليس وقتًا مفهومًا."),
        Text(
            "Write a duration (P5D, PT15M), a date (2026-03-01) or a cycle (R/P7D).",
            "اكتب مدة (P5D أو PT15M) أو تاريخًا (2026-03-01) أو دورة (R/P7D).",
        ),
    ),
    cannot_run(
        "script_line",
        Text("The script cannot be read: {reason}", "لا يمكن قراءة البرنامج: {reason}"),
        Text("Write one assignment a line: total = price * 2.", "اكتب في كل سطر إسنادًا واحدًا: total = price * 2."),
    ),
    cannot_run(
        "variable_unknown",
        Text(
            "“{text}” uses {name}, which no form, table, script or message of the process gives.",
            "«\u2066{text}\u2069» تستخدم {name}، ولا يعطيه أي نموذج أو جدول أو برنامج أو رسالة في الإجراء.",
        ),
        Text("Correct the name, or add what gives it.", "صحّح الاسم أو أضف ما يعطيه."),
    ),
    advice(
        "variable_maybe_unknown",
        Text(
            "“{text}” uses {name}, which only whoever starts the process can give.",
            "«\u2066{text}\u2069» تستخدم {name}، ولا يعطيه إلا من يبدأ الإجراء.",
        ),
        Text("Make sure that it is given.", "تأكد من إعطائه."),
    ),
    cannot_run(
        "answer_unknown",
        Text(
            "“{text}” uses {name}, but {task} gives no answer of that name.",
            "«\u2066{text}\u2069» تستخدم {name}، لكن {task} لا يعطي جوابًا بهذا الاسم.",
        ),
        Text("Correct the name; known are: {known}.", "صحّح الاسم؛ المعروف: {known}."),
    ),
    cannot_run(
        "answer_private",
        Text(
            "“{text}” uses {name}, a free or identifying answer: it stays in the record and never steers a process.",
            "«\u2066{text}\u2069» تستخدم {name}، وهو جواب حر أو كاشف للهوية: "
            "مثل هذه الأجوبة تبقى في سجل الملف ولا توجّه الإجراء.",
        ),
        Text(
            "Ask a coded question (yes/no, a choice, a number) and use that.",
            "أضف سؤالًا مُرمَّزًا (نعم/لا أو اختيار أو رقم) واستخدمه.",
        ),
    ),
    cannot_run(
        "kinds_differ",
        Text(
            "“{text}” compares {first} with {second}: that never holds.",
            "«\u2066{text}\u2069» تقارن {first} مع {second}: هذا لا يتحقق أبدًا.",
        ),
        Text(
            'Compare things of the same kind, for instance age < 18, agrees = true, kind = "child".',
            'قارن بين أشياء من النوع نفسه، مثل age < 18 أو agrees = true أو kind = "child".',
        ),
    ),
    cannot_run(
        "option_unknown",
        Text(
            "“{text}” asks whether {name} is “{value}”, which it can never be.",
            "«\u2066{text}\u2069» تسأل هل {name} هو «{value}»، وهذا لا يمكن أن يكون.",
        ),
        Text("Correct it; there can be: {known}.", "صحّحها؛ الممكن: {known}."),
    ),
    cannot_run(
        "condition_kind",
        Text(
            "“{text}” is to be yes or no, but part of it is {found}.",
            "يجب أن تكون «\u2066{text}\u2069» نعم أو لا، لكن جزءًا منها {found}.",
        ),
        Text(
            'Compare it with something: answer = "yes", count(list) > 0.',
            'قارنه بشيء: answer = "yes" أو count(list) > 0.',
        ),
    ),
    cannot_run(
        "other_language",
        Text(
            "“{text}” reads like another programming language: FEEL takes “{name}” for the name of a variable.",
            "«\u2066{text}\u2069» تبدو بلغة برمجة أخرى: تفهم FEEL «{name}» كاسم متغير.",
        ),
        Text("Write true, false, null, not(...) and a = b.", "اكتب true وfalse وnull وnot(...)‎ وa = b."),
    ),
    cannot_run(
        "table_unreadable",
        Text("The table cannot be read: {reason}", "لا يمكن قراءة الجدول: {reason}"),
        Text("Open it in the studio and save it again.", "افتحه في الاستوديو واحفظه من جديد."),
    ),
    cannot_run(
        "cell_unreadable",
        Text("{reason}", "{reason}"),
        Text("Correct the cell.", "صحّح الخلية."),
    ),
    not_publishable(
        "table_incomplete",
        Text("{reason}", "{reason}"),
        Text("Add or correct the rule.", "أضف القاعدة أو صحّحها."),
    ),
    cannot_run(
        "decision_input",
        Text(
            "The decision {name} needs {input}, which nothing in the process gives.",
            "القرار {name} يحتاج {input} ولا يعطيه شيء في الإجراء.",
        ),
        Text("Give it with ihala:input.", "أعطه عبر ihala:input."),
    ),
    cannot_run(
        "decision_unknown",
        Text("It asks for the decision {name}, which is in no table.", "يُطلب القرار {name} وهو غير موجود في أي جدول."),
        Text("Choose an existing decision, or add the file {name}.dmn.", "اختر قرارًا موجودًا أو أضف الملف {name}.dmn."),
    ),
    cannot_run(
        "operation_unknown",
        Text("There is no operation {name}.", "لا توجد عملية باسم {name}."),
        Text("Choose one of the page of operations.", "اختر واحدة من صفحة العمليات."),
    ),
    cannot_run(
        "operation_input",
        Text("The operation {name} needs the input {input}.", "العملية {name} تحتاج المُدخَل {input}."),
        Text("Give it with ihala:input.", "أعطه عبر ihala:input."),
    ),
    cannot_run(
        "same_person_unknown",
        Text(
            "“Not by” names {name}, which is no user task of this process.",
            "«ليس من قِبَل» يذكر {name} وهو ليس مهمة مستخدم في هذا الإجراء.",
        ),
        Text("Name a user task that comes before.", "اذكر مهمة مستخدم سابقة."),
    ),
)
