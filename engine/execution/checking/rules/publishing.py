"""Rules that a mechanism must keep before a release of it is proposed."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule, advice, cannot_run, not_publishable
from engine.text import Text

PUBLISHING_RULES: tuple[Rule, ...] = (
    cannot_run(
        "too_large",
        Text("The file is larger than {limit} MB.", "حجم الملف أكبر من {limit} ميجابايت."),
        Text("Divide it into smaller ones.", "قسّمه إلى ملفات أصغر."),
    ),
    cannot_run(
        "mechanism_unreadable",
        Text("The file is no readable TOML: {cause}.", "الملف ليس TOML مقروءًا: {cause}."),
        Text("Mend that line.", "صحّح ذلك السطر."),
    ),
    cannot_run(
        "mechanism_shape",
        Text("{name} must be {expected}.", "يجب أن يكون {name} {expected}."),
        Text("Write it as in the model mechanism.", "اكتبه كما في الآلية النموذجية."),
    ),
    not_publishable(
        "first_process_unknown",
        Text("The mechanism begins with {name}, which is no process.", "تبدأ الآلية بـ {name} وهو ليس إجراءً."),
        Text("Name an existing process as first_process.", "اذكر إجراءً موجودًا في first_process."),
    ),
    cannot_run(
        "zone_unknown",
        Text("There is no time zone {name}.", "لا توجد منطقة زمنية باسم {name}."),
        Text("Write one such as Africa/Cairo.", "اكتب منطقة مثل Africa/Cairo."),
    ),
    cannot_run(
        "form_unreadable",
        Text("{cause}", "{cause}"),
        Text("Save the form again in the studio.", "احفظ النموذج من جديد في الاستوديو."),
    ),
    not_publishable(
        "form_missing",
        Text("The user task {element} has no form.", "مهمة المستخدم {element} بلا نموذج."),
        Text("Add {element}.form in the folder of the diagram.", "أضف {element}.form في مجلد المخطط."),
    ),
    not_publishable(
        "form_without_task",
        Text("No user task belongs to this form.", "لا توجد مهمة مستخدم لهذا النموذج."),
        Text("Name the file after its user task, or remove it.", "سمِّ الملف باسم مهمته أو احذفه."),
    ),
    not_publishable(
        "lane_missing",
        Text(
            "The user task {element} is in no lane: nobody would receive it.",
            "مهمة المستخدم {element} ليست في مسار: لن يستلمها أحد.",
        ),
        Text("Put it into the lane of the role that does it.", "ضعها في مسار الدور الذي ينفذها."),
    ),
    not_publishable(
        "lane_unknown",
        Text("The lane {name} is no role of the mechanism.", "المسار {name} ليس دورًا في الآلية."),
        Text(
            "Use the id of a role, or add the role to mechanism.toml.",
            "استخدم معرّف دور أو أضف الدور إلى mechanism.toml.",
        ),
    ),
    not_publishable(
        "purpose_unknown",
        Text("The consent purpose {name} is not in the mechanism.", "غرض الموافقة {name} غير موجود في الآلية."),
        Text("Choose a purpose of mechanism.toml.", "اختر غرضًا من mechanism.toml."),
    ),
    not_publishable(
        "id_no_word",
        Text("The id {element} is no word.", "المعرّف {element} ليس كلمة."),
        Text("Give it an id such as assess_risk.", "أعطه معرّفًا مثل assess_risk."),
    ),
    not_publishable(
        "task_twice",
        Text("The user task {element} is also in {other}.", "مهمة المستخدم {element} موجودة أيضًا في {other}."),
        Text("Rename one of them.", "غيّر اسم إحداهما."),
    ),
    not_publishable(
        "name_missing",
        Text("{element} has no {language} name.", "{element} بلا اسم {language}."),
        Text("Give it its name in both languages.", "أعطه اسمًا باللغتين."),
    ),
    not_publishable(
        "default_missing",
        Text(
            "The gateway {element} has no default arrow for the case that no condition is true.",
            "البوابة {element} بلا سهم افتراضي إذا لم يتحقق أي شرط.",
        ),
        Text("Mark one of its arrows as the default.", "حدّد أحد أسهمها كافتراضي."),
    ),
    not_publishable(
        "process_not_file",
        Text(
            "The process {element} should have the name of its file, {name}.",
            "يجب أن يحمل الإجراء {element} اسم ملفه {name}.",
        ),
        Text("Rename the process or the file.", "غيّر اسم الإجراء أو الملف."),
    ),
    not_publishable(
        "several_processes",
        Text("The file holds {count} executable processes.", "يحتوي الملف على {count} إجراءات قابلة للتنفيذ."),
        Text("Keep one process in each file.", "أبقِ إجراءً واحدًا في كل ملف."),
    ),
    not_publishable(
        "decision_not_file",
        Text(
            "The table should hold the decision {name}, like its file.",
            "يجب أن يحتوي الجدول على القرار {name} مثل اسم ملفه.",
        ),
        Text("Rename the decision or the file.", "غيّر اسم القرار أو الملف."),
    ),
    not_publishable(
        "form_twice",
        Text("There is a second form for {element}: {other}.", "يوجد نموذج ثانٍ لـ {element}: {other}."),
        Text("Keep one of them.", "أبقِ واحدًا منهما."),
    ),
    not_publishable(
        "decision_twice",
        Text("The decision {element} is also in the file {other}.", "القرار {element} موجود أيضًا في الملف {other}."),
        Text("Keep one of them, or rename one.", "أبقِ واحدًا أو غيّر اسم أحدهما."),
    ),
    not_publishable(
        "safeguards_unreadable",
        Text("{cause}", "{cause}"),
        Text("Mend the list as docs/safeguards.md says.", "صحّح القائمة كما يوضح docs/safeguards.md."),
    ),
    advice(
        "no_clock",
        Text("No clock watches the user task {element}.", "لا توجد مهلة تراقب مهمة المستخدم {element}."),
        Text("Put a timer on its border, marked as its deadline.", "ضع مؤقتًا على حدّها وحدّده كموعد نهائي."),
    ),
)
