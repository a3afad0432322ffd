"""Rules about how the elements of one diagram hang together."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule, advice, cannot_run
from engine.text import Text

STRUCTURE_RULES: tuple[Rule, ...] = (
    cannot_run(
        "no_process",
        Text("The file holds no process that runs.", "لا يحتوي الملف على إجراء قابل للتنفيذ."),
        Text("Draw a process and mark it as executable.", "ارسم إجراءً وحدّده كقابل للتنفيذ."),
    ),
    cannot_run(
        "empty_process",
        Text("The process is empty.", "الإجراء فارغ."),
        Text("Draw its steps.", "ارسم خطواته."),
    ),
    cannot_run(
        "id_missing",
        Text("An element of kind {kind} has no id.", "عنصر من نوع {kind} بلا معرّف."),
        Text("Give it an id that is a word.", "أعطه معرّفًا يكون كلمة."),
    ),
    cannot_run(
        "id_twice",
        Text("The id {id} is given to {count} elements.", "المعرّف {id} مُعطى لعدد {count} من العناصر."),
        Text("Give each element its own id.", "أعطِ كل عنصر معرّفًا خاصًا به."),
    ),
    cannot_run(
        "id_reserved",
        Text(
            "The id holds “::”, which is kept for generated elements.",
            "المعرّف يحتوي على «::» المحجوزة للعناصر المولَّدة.",
        ),
        Text("Give it an id that is a word.", "أعطه معرّفًا يكون كلمة."),
    ),
    cannot_run(
        "flow_to_nowhere",
        Text(
            "The arrow {element} does not join two steps of this level: {end} is not there.",
            "السهم {element} لا يصل بين خطوتين في هذا المستوى: {end} غير موجود.",
        ),
        Text("Draw the arrow again from one step to the next.", "ارسم السهم من جديد من خطوة إلى التي تليها."),
    ),
    cannot_run(
        "flow_into_start",
        Text(
            "An arrow leads into {element}, which begins by itself.", "سهم يدخل إلى {element} وهو يبدأ من تلقاء نفسه."
        ),
        Text("Lead the arrow to the step after it.", "وجّه السهم إلى الخطوة التي بعده."),
    ),
    cannot_run(
        "flow_out_of_end",
        Text("An arrow leaves the end event.", "سهم يخرج من حدث النهاية."),
        Text("Make it an intermediate event, or remove the arrow.", "اجعله حدثًا وسيطًا أو احذف السهم."),
    ),
    cannot_run(
        "condition_ignored",
        Text(
            "The arrow has a condition, but nothing chooses between the arrows of {element}.",
            "للسهم شرط، لكن لا شيء يختار بين أسهم {element}.",
        ),
        Text(
            "Remove the condition, or use an exclusive or inclusive gateway.",
            "احذف الشرط أو استخدم بوابة حصرية أو شاملة.",
        ),
    ),
    cannot_run(
        "condition_missing",
        Text(
            "The arrow to {target} has no condition and is not the default.",
            "السهم إلى {target} بلا شرط وليس هو الافتراضي.",
        ),
        Text("Give it a condition, or make it the default.", "اكتب له شرطًا أو اجعله الافتراضي."),
    ),
    cannot_run(
        "default_elsewhere",
        Text("The default arrow {flow} does not leave this element.", "السهم الافتراضي {flow} لا يخرج من هذا العنصر."),
        Text("Choose the default among its own arrows.", "اختر السهم الافتراضي من أسهم العنصر نفسه."),
    ),
    cannot_run(
        "trigger_not_here",
        Text(
            "“{trigger}” cannot stand in an event of this kind ({kind}).",
            "«{trigger}» لا يصلح لحدث من هذا النوع ({kind}).",
        ),
        Text("Choose another kind of event.", "اختر نوعًا آخر من الأحداث."),
    ),
    cannot_run(
        "trigger_missing",
        Text("The event does not say what it waits for.", "الحدث لا يذكر ما ينتظره."),
        Text("Choose a message, a timer, a signal or a condition.", "اختر رسالة أو مؤقتًا أو إشارة أو شرطًا."),
    ),
    cannot_run(
        "reference_missing",
        Text("The event or task names no {kind}.", "الحدث أو المهمة لا تذكر {kind}."),
        Text("Choose the {kind} it means.", "اختر {kind} المقصود."),
    ),
    cannot_run(
        "reference_unknown",
        Text("It names the {kind} {id}, which is not in the file.", "يُذكر {kind} باسم {id}، وهو غير موجود في الملف."),
        Text("Choose one that exists, or add it.", "اختر واحدًا موجودًا أو أضِفه."),
    ),
    advice(
        "reference_nameless",
        Text(
            "The {kind} {id} has no name: sender and receiver find each other by its id.",
            "{kind} {id} بلا اسم: يتعارف المرسل والمستقبل بمعرّفه.",
        ),
        Text("Give it a name that people understand.", "أعطه اسمًا يفهمه الناس."),
    ),
    cannot_run(
        "attached_wrongly",
        Text(
            "The boundary event sits on {target}, which is no step of this level.",
            "الحدث الحدّي مثبّت على {target} وهو ليس خطوة في هذا المستوى.",
        ),
        Text("Put it on the border of a task or a sub-process.", "ضعه على حدّ مهمة أو عملية فرعية."),
    ),
    cannot_run(
        "always_interrupts",
        Text(
            "An event of kind “{trigger}” always stops its step, but this one says it does not.",
            "«{trigger}» يوقف خطوته دائمًا، لكن الحدث يقول غير ذلك.",
        ),
        Text("Make it interrupting.", "اجعله قاطعًا."),
    ),
    cannot_run(
        "cancel_without_transaction",
        Text(
            "Cancel is only known inside a transaction and on its border.", "الإلغاء لا يُعرف إلا داخل معاملة وعلى حدّها."
        ),
        Text("Make the sub-process a transaction, or use an error.", "اجعل العملية الفرعية معاملة أو استخدم خطأ."),
    ),
    cannot_run(
        "event_subprocess_start",
        Text(
            "An event sub-process needs exactly one start event, with a trigger; start events found: {count}.",
            "العملية الفرعية الحدثية تحتاج حدث بداية واحدًا له مُشغِّل؛ عدد أحداث البداية: {count}.",
        ),
        Text("Give it one start event with a trigger.", "أعطها حدث بداية واحدًا له مُشغِّل."),
    ),
    cannot_run(
        "event_subprocess_flow",
        Text(
            "An event sub-process is started by its event, not by an arrow, a loop or a border event.",
            "العملية الفرعية الحدثية يبدؤها حدثها، لا سهم ولا تكرار ولا حدث حدّي.",
        ),
        Text("Remove the arrow, loop or border event.", "احذف السهم أو التكرار أو الحدث الحدّي."),
    ),
    cannot_run(
        "several_plain_starts",
        Text(
            "There are {count} plain start events: the diagram does not say which one begins.",
            "هناك {count} أحداث بداية عادية: لا يُعرف أيها يبدأ.",
        ),
        Text(
            "Keep one; let a parallel gateway after it begin the other paths.",
            "أبقِ واحدًا، وابدأ المسارات الأخرى ببوابة متوازية بعده.",
        ),
    ),
    cannot_run(
        "start_in_subprocess",
        Text(
            "A sub-process begins when the arrow reaches it: its start event can have no trigger.",
            "العملية الفرعية تبدأ عند وصول السهم: لا يكون لحدث بدايتها مُشغِّل.",
        ),
        Text(
            "Use a plain start event; wait with an intermediate event after it.",
            "استخدم حدث بداية عاديًا، وانتظر بحدث وسيط بعده.",
        ),
    ),
    cannot_run(
        "link_without_partner",
        Text(
            "The link “{name}” has no partner of the same name at this level.",
            "الرابط «{name}» ليس له مقابل بالاسم نفسه في هذا المستوى.",
        ),
        Text("Draw the other half, or use an arrow.", "ارسم النصف الآخر أو استخدم سهمًا."),
    ),
    cannot_run(
        "link_twice",
        Text("The link “{name}” arrives at {count} places.", "الرابط «{name}» يصل إلى {count} مواضع."),
        Text("Keep one arriving link of each name.", "أبقِ رابط وصول واحدًا لكل اسم."),
    ),
    cannot_run(
        "event_gateway_target",
        Text(
            "After an event gateway only waiting events and receive tasks stand, with no other arrow; found {target}.",
            "بعد بوابة الأحداث لا يأتي إلا أحداث انتظار ومهام استلام لا يصلها سهم آخر؛ الموجود {target}.",
        ),
        Text("Put the event directly after the gateway, and only there.", "ضع الحدث بعد البوابة مباشرة، وفيها فقط."),
    ),
    cannot_run(
        "starts_by_receiving",
        Text(
            "The element starts the process but cannot stand there as it is drawn: {reason}.",
            "العنصر يبدأ الإجراء ولا يصلح موضعه كما رُسم: {reason}.",
        ),
        Text("Use a start event with the same message.", "استخدم حدث بداية بالرسالة نفسها."),
    ),
    cannot_run(
        "timer_text_missing",
        Text(
            "The timer needs one of: a duration, a date, a cycle; found {count}.",
            "يحتاج المؤقت إلى واحد من: مدة أو تاريخ أو دورة؛ الموجود {count}.",
        ),
        Text("Write when it goes off, for instance P5D.", "اكتب موعده، مثل P5D."),
    ),
    cannot_run(
        "condition_event_empty",
        Text("The event waits for a condition, but none is written.", "الحدث ينتظر شرطًا ولم يُكتب شرط."),
        Text("Write the condition.", "اكتب الشرط."),
    ),
    cannot_run(
        "called_process_missing",
        Text("The call activity names no process.", "نشاط الاستدعاء لا يذكر إجراءً."),
        Text("Choose the process it calls.", "اختر الإجراء الذي يستدعيه."),
    ),
    cannot_run(
        "operation_missing",
        Text("The service task does not say what is to be done.", "مهمة الخدمة لا تذكر ما يجب عمله."),
        Text("Choose an operation (ihala:operation).", "اختر عملية (ihala:operation)."),
    ),
    cannot_run(
        "script_missing",
        Text("The script task holds no script.", "المهمة البرمجية فارغة."),
        Text("Write assignments, or make it a user task.", "اكتب عبارات إسناد أو اجعلها مهمة مستخدم."),
    ),
)
