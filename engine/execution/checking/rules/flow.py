"""Rules about where tokens can go: every step reachable, every path with an end, no join that waits for ever."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule, advice, cannot_run, not_publishable
from engine.text import Text

FLOW_RULES: tuple[Rule, ...] = (
    cannot_run(
        "unreachable",
        Text("No path from the start leads to {element}.", "لا يوجد مسار من البداية إلى {element}."),
        Text("Draw an arrow to it, or remove it.", "ارسم سهمًا إليه أو احذفه."),
    ),
    cannot_run(
        "no_way_to_end",
        Text("From {element} no path leads to an end.", "لا يوجد مسار من {element} إلى نهاية."),
        Text("Draw a way out of the circle.", "ارسم مخرجًا من الحلقة."),
    ),
    cannot_run(
        "endless_circle",
        Text(
            "The circle through {element} waits for nothing and has no way out: it would never rest.",
            "الحلقة المارّة بـ {element} لا تنتظر شيئًا ولا مخرج منها: لن تتوقف أبدًا.",
        ),
        Text("Put a task, an event or a choice into it.", "ضع فيها مهمة أو حدثًا أو اختيارًا."),
    ),
    advice(
        "circle_without_waiting",
        Text(
            "The circle through {element} waits for nobody: it turns at once until its condition lets it out.",
            "الحلقة المارّة بـ {element} لا تنتظر أحدًا: تدور فورًا حتى يُخرجها شرطها.",
        ),
        Text("Make sure that something in it changes.", "تأكد من أن شيئًا فيها يتغيّر."),
    ),
    cannot_run(
        "deadlock",
        Text(
            "The parallel gateway {element} waits for arrows that never come together.",
            "البوابة المتوازية {element} تنتظر أسهمًا لا تجتمع أبدًا.",
        ),
        Text(
            "Paths that were chosen between meet in an exclusive gateway.",
            "المسارات التي جرى الاختيار بينها تلتقي في بوابة حصرية.",
        ),
    ),
    advice(
        "may_wait_for_ever",
        Text(
            "If one of the choices before it goes another way, the gateway {element} waits for ever.",
            "إذا سلك أحد الاختيارات السابقة طريقًا آخر تبقى البوابة {element} منتظرة دائمًا.",
        ),
        Text("Lead every choice to it, or past it.", "وجّه كل اختيار إليها أو بعيدًا عنها."),
    ),
    advice(
        "doubled",
        Text(
            "Parallel paths meet in {element} without waiting for each other: what follows happens once for each.",
            "مسارات متوازية تلتقي في {element} دون انتظار: ما بعدها يحدث مرة لكل مسار.",
        ),
        Text("Use a parallel gateway to bring them together.", "استخدم بوابة متوازية لجمعها."),
    ),
    not_publishable(
        "path_without_end",
        Text("The path stops at {element} without an end event.", "يتوقف المسار عند {element} دون حدث نهاية."),
        Text("Draw an arrow onwards, or an end event.", "ارسم سهمًا إلى ما بعده أو حدث نهاية."),
    ),
    cannot_run(
        "two_writers",
        Text(
            "{element} and {other} can run side by side and both write {name}: the last one would win.",
            "يمكن أن يعمل {element} و{other} معًا ويكتبا {name}: يفوز آخرهما.",
        ),
        Text("Give each its own name.", "أعطِ كلًّا منهما اسمًا خاصًا."),
    ),
    cannot_run(
        "calls_itself",
        Text(
            "The process calls itself ({path}) before anybody acts: it would never rest.",
            "الإجراء يستدعي نفسه ({path}) قبل أن يعمل أحد: لن يتوقف أبدًا.",
        ),
        Text("Put a task, an event or a choice before the call.", "ضع مهمة أو حدثًا أو اختيارًا قبل الاستدعاء."),
    ),
    cannot_run(
        "called_process_unknown",
        Text("It calls the process {name}, which is not there.", "يستدعي الإجراء {name} وهو غير موجود."),
        Text("Choose an existing process, or add the file.", "اختر إجراءً موجودًا أو أضف ملفه."),
    ),
    cannot_run(
        "process_twice",
        Text("The process {element} is also in the file {other}.", "الإجراء {element} موجود أيضًا في الملف {other}."),
        Text("Keep one of them, or rename one.", "أبقِ واحدًا أو غيّر اسم أحدهما."),
    ),
)
