"""Rules about elements of the standard that the engine does not execute."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule, advice, cannot_run, not_publishable
from engine.text import Text

CONSTRUCT_RULES: tuple[Rule, ...] = (
    cannot_run(
        "compensation",
        Text("Compensation (undoing a finished step) is not executed.", "التعويض (إلغاء أثر خطوة منتهية) لا يُنفَّذ."),
        Text("Draw the steps that put things right as a path of their own.", "ارسم خطوات تصحيح الوضع كمسار مستقل."),
    ),
    cannot_run(
        "complex_gateway",
        Text("A complex gateway is not executed.", "البوابة المركبة لا تُنفَّذ."),
        Text(
            "Use exclusive, inclusive and parallel gateways instead.",
            "استخدم بدلًا منها بوابات حصرية أو شاملة أو متوازية.",
        ),
    ),
    cannot_run(
        "ad_hoc_sequential",
        Text(
            "An ad-hoc sub-process in which only one step may be done at a time holds {count} steps for people: "
            "they would all be offered together.",
            "عملية فرعية حرة لا يجوز فيها إلا خطوة واحدة في الوقت نفسه، وبها {count} خطوات للأشخاص: ستُعرض كلها معًا.",
        ),
        Text(
            "Set its ordering to Parallel, or draw the order of the steps.",
            "اجعل ترتيبها Parallel، أو ارسم ترتيب الخطوات.",
        ),
    ),
    cannot_run(
        "token_quantity",
        Text(
            "{attribute} must be a whole number from 1 to 9999; found “{count}”.",
            "يجب أن يكون {attribute} عددًا صحيحًا من 1 إلى 9999؛ الموجود «{count}».",
        ),
        Text("Write the number of tokens, or remove {attribute}.", "اكتب عدد الرموز أو احذف {attribute}."),
    ),
    cannot_run(
        "repetition_events",
        Text(
            "The repetition is to throw events (behavior {behavior}), but it names none that can be thrown there.",
            "على التكرار أن يُطلق أحداثًا (behavior {behavior})، لكنه لا يذكر حدثًا يمكن إطلاقه.",
        ),
        Text(
            "Name a message, signal, error or escalation, or remove behavior, so that it waits for all.",
            "اذكر رسالة أو إشارة أو خطأ أو تصعيدًا، أو احذف behavior لينتظر اكتمال الجميع.",
        ),
    ),
    cannot_run(
        "loop_count",
        Text(
            "The loop's maximum must be a whole number, zero or more; found {count}.",
            "يجب أن يكون الحد الأقصى للتكرار عددًا صحيحًا غير سالب؛ الموجود: {count}.",
        ),
        Text("Give the number of rounds.", "اكتب عدد مرات التكرار."),
    ),
    cannot_run(
        "loop_without_end",
        Text(
            "The loop has neither a condition nor a maximum: it would never end.",
            "ليس للتكرار شرط ولا حد أقصى: لن ينتهي أبدًا.",
        ),
        Text("Give a condition to go on, or a maximum.", "اكتب شرط الاستمرار أو حدًا أقصى."),
    ),
    cannot_run(
        "repetition_without_list",
        Text(
            "The step repeats for each item, but no list and no number is given.",
            "الخطوة تتكرر لكل عنصر، ولم تُحدَّد قائمة ولا عدد.",
        ),
        Text("Name the list (ihala:collection) or the number.", "حدّد القائمة (ihala:collection) أو العدد."),
    ),
    cannot_run(
        "repetition_two_sources",
        Text("The repetition names both a list and a number.", "حُدِّد للتكرار قائمة وعدد معًا."),
        Text("Keep one of them.", "أبقِ واحدًا منهما فقط."),
    ),
    cannot_run(
        "script_language",
        Text(
            "The script is written in {language}; only FEEL is executed.",
            "البرنامج مكتوب بلغة {language}؛ لا يُنفَّذ إلا FEEL.",
        ),
        Text(
            "Write it as FEEL assignments, one a line: total = price * 2.",
            "اكتبه كعبارات إسناد بلغة FEEL، واحدة في كل سطر: total = price * 2.",
        ),
    ),
    cannot_run(
        "expression_language",
        Text(
            "The expression is written in {language}; only FEEL is executed.",
            "العبارة مكتوبة بلغة {language}؛ لا يُنفَّذ إلا FEEL.",
        ),
        Text("Write it in FEEL and remove the attribute language.", "اكتبها بلغة FEEL واحذف السمة language."),
    ),
    cannot_run(
        "computing_data_arrow",
        Text("A data arrow holds a calculation, which is not executed.", "سهم بيانات يحتوي على حساب، وهذا لا يُنفَّذ."),
        Text("Write the calculation as a script task.", "اكتب الحساب في مهمة برمجية."),
    ),
    cannot_run(
        "word_unknown",
        Text("“ihala:{name}” is no word of these diagrams.", "«ihala:{name}» ليست من كلمات هذه المخططات."),
        Text("Correct it; known are: {known}.", "صحّحها؛ المعروف: {known}."),
    ),
    cannot_run(
        "word_misplaced",
        Text(
            "“ihala:{name}” means nothing on this element ({kind}).",
            "«ihala:{name}» لا معنى لها على هذا العنصر ({kind}).",
        ),
        Text("Put it where it belongs, or remove it.", "ضعها في موضعها أو احذفها."),
    ),
    cannot_run(
        "word_value",
        Text("“ihala:{name}” cannot be “{value}”.", "لا يمكن أن تكون قيمة «ihala:{name}» هي «{value}»."),
        Text("Use one of: {known}.", "استخدم إحدى القيم: {known}."),
    ),
    cannot_run(
        "word_nameless",
        Text("An “ihala:{name}” has no name.", "عنصر «ihala:{name}» بلا اسم."),
        Text("Give it the attribute name.", "أعطه السمة name."),
    ),
    cannot_run(
        "unknown_element",
        Text("The engine does not know the element {name}.", "المحرك لا يعرف العنصر {name}."),
        Text("Use one of the elements of the studio's palette.", "استخدم أحد عناصر لوحة الاستوديو."),
    ),
    advice(
        "data_store",
        Text(
            "A data store is only a note to the reader: the engine reads and writes nothing there.",
            "مخزن البيانات ملاحظة للقارئ فقط: المحرك لا يقرأ منه ولا يكتب فيه.",
        ),
        Text("Use a service task where a register must be read.", "استخدم مهمة خدمة حيث يجب الاطلاع على سجل."),
    ),
    not_publishable(
        "step_without_kind",
        Text(
            "The step {element} has no kind: nobody is asked to do it, and the process passes it at once.",
            "الخطوة {element} بلا نوع: لا يُطلب من أحد تنفيذها، ويتجاوزها الإجراء في الحال.",
        ),
        Text("Make it a user task, or the kind of task it is.", "اجعلها مهمة مستخدم أو النوع المناسب من المهام."),
    ),
)
