"""The words of other tools that a diagram may bring along, and what becomes of each here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Becomes = Literal["kept", "ignored", "replace"]
"""`kept`: stays in the file and changes nothing; `ignored`: did something there and does nothing here; `replace`: what
it did has to be said in our words."""

TOOLS: dict[str, str] = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://flowable.org/bpmn": "Flowable",
    "http://activiti.org/bpmn": "Activiti",
    "http://camunda.org/schema/zeebe/1.0": "Camunda 8",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffArena",
}
"""Vocabularies whose words mean something when a diagram runs there."""
DRAWING: dict[str, str] = {
    "http://camunda.org/schema/modeler/1.0": "Camunda Modeler",
    "http://bpmn.io/schema/bpmn/biocolor/1.0": "bpmn.io",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0": "bpmn.io",
    "http://www.signavio.com": "Signavio",
    "http://www.bizagi.com/bpmn20": "Bizagi",
}
"""Vocabularies that only describe the drawing."""


@dataclass(frozen=True, slots=True)
class Word:
    """What becomes of a word of another tool, and the sentence that says so."""

    becomes: Becomes
    text: Text


def _replace(en: str, ar: str) -> Word:
    return Word("replace", Text(en, ar))


def _ignored(en: str, ar: str) -> Word:
    return Word("ignored", Text(en, ar))


FORM = _replace(
    "{tool} shows a form of its own here. Draw the form anew: it belongs to this task by its name.",
    "يعرض {tool} هنا نموذجًا خاصًا به. يُرسم النموذج من جديد، ويتبع هذه المهمة باسمها.",
)
_PERSON = _ignored(
    "{tool} names a person or a group here. With us the lane says which role does it.",
    "يسمّي {tool} هنا شخصًا أو مجموعة. لدينا يحدد المسار الدور المنفّذ.",
)
_ROLE = _replace(
    "{tool} gives this task to the group “{value}”. With us the lane or the role says who does it.",
    "يسند {tool} هذه المهمة إلى المجموعة «{value}». لدينا يحدد المسار أو الدور من ينفّذها.",
)
PROGRAM = _replace(
    "{tool} calls a program here (“{value}”). Choose an operation of the mechanism, or make it a task of people.",
    "يستدعي {tool} هنا برنامجًا («{value}»). تُختار عملية من عمليات الآلية، أو تُجعل مهمة لأشخاص.",
)
_LISTENER = _replace(
    "{tool} runs a program when this begins or ends. Draw what it does as a step of its own.",
    "يشغّل {tool} برنامجًا عند بداية هذا العنصر أو نهايته. يُرسم ما يفعله خطوة مستقلة.",
)
_SCRIPT = _replace(
    "{tool} runs a script of its own here. Write it as assignments in FEEL, in a script task.",
    "يشغّل {tool} هنا نصًا برمجيًا خاصًا به. يُكتب كعبارات إسناد بلغة FEEL في مهمة حسابية.",
)
DUE = _replace(
    "{tool} keeps a due date here. Draw a timer at the border of the task and mark it as its deadline.",
    "يحتفظ {tool} هنا بموعد استحقاق. يُرسم مؤقت على حد المهمة ويُحدَّد موعدًا نهائيًا لها.",
)
_TABLE = _replace(
    "{tool} asks the decision “{value}” here.",
    "يطلب {tool} هنا القرار «{value}».",
)
_CALLED = _replace("{tool} calls the process “{value}” here.", "يستدعي {tool} هنا الإجراء «{value}».")
_EACH = _replace("{tool} does this once for each of “{value}”.", "ينفّذ {tool} هذا مرة لكل عنصر من «{value}».")
_MAPPING = _replace("{tool} hands “{value}” in or out here.", "يمرّر {tool} هنا «{value}» إدخالًا أو إخراجًا.")
_WORDS = _replace("{tool} shows instructions to people here.", "يعرض {tool} هنا تعليمات للعاملين.")
_TECHNICAL = _ignored(
    "“{word}” tells {tool} how to run this technically; here every step is kept safely by itself.",
    "‏«{word}» يحدد لـ{tool} طريقة التشغيل التقنية، وهنا تُحفظ كل خطوة بأمان من تلقاء نفسها.",
)
_RESULT = _ignored(
    "{tool} stores the result under a name. With us a result is known by the id of its step.",
    "يحفظ {tool} النتيجة باسم. لدينا تُعرف النتيجة بمعرّف خطوتها.",
)
_VERSION = _ignored(
    "{tool} chooses a version here. With us a case keeps to the release it began with.",
    "يختار {tool} هنا إصدارًا. لدينا تبقى الحالة على الإصدار الذي بدأت به.",
)
_KEY = _replace(
    "{tool} finds the waiting case by “{value}”. Say it in our words: the keys of the message at its event.",
    "يجد {tool} الحالة المنتظرة بـ«{value}». يُقال بكلماتنا: مفاتيح الرسالة عند حدثها.",
)
UNKNOWN = _ignored("“{word}” of {tool} is kept and does nothing here.", "‏«{word}» من {tool} يُحفظ ولا يفعل شيئًا هنا.")

_CAMUNDA_7 = {
    FORM: "formKey formRef formData formProperty",
    _PERSON: "assignee candidateUsers",
    _ROLE: "candidateGroups",
    PROGRAM: "class delegateExpression expression topic connector",
    _LISTENER: "executionListener taskListener",
    _SCRIPT: "script resource",
    DUE: "dueDate followUpDate",
    _TABLE: "decisionRef",
    _EACH: "collection",
    _MAPPING: "inputParameter outputParameter in out",
    _RESULT: "resultVariable mapDecisionResult",
    _VERSION: "calledElementBinding calledElementVersion decisionRefBinding decisionRefVersion versionTag",
    _TECHNICAL: "asyncBefore asyncAfter exclusive jobPriority priority failedJobRetryTimeCycle historyTimeToLive "
    "isStartableInTasklist initiator async type",
}
_CAMUNDA_8 = {
    FORM: "formDefinition userTaskForm",
    _ROLE: "assignmentDefinition",
    PROGRAM: "taskDefinition",
    _LISTENER: "executionListener taskListener",
    _SCRIPT: "script",
    DUE: "taskSchedule",
    _TABLE: "calledDecision",
    _CALLED: "calledElement",
    _EACH: "loopCharacteristics",
    _MAPPING: "input output",
    _VERSION: "versionTag",
    _KEY: "subscription",
    _TECHNICAL: "taskHeaders priorityDefinition modelerTemplate modelerTemplateVersion modelerTemplateIcon",
}
_SPIFF = {
    FORM: "properties",
    _SCRIPT: "preScript postScript",
    PROGRAM: "serviceTaskOperator",
    _TABLE: "calledDecisionId",
    _WORDS: "instructionsForEndUser",
    _KEY: "processVariableCorrelation messagePayload messageVariable",
    _PERSON: "lane_owners allowGuest guestConfirmation",
    _TECHNICAL: "scriptsOnInstances unitTests isOutputSynchronous signalButtonLabel taskMetadataValues",
}


def _by_name(words: dict[Word, str]) -> dict[str, Word]:
    return {name: word for word, names in words.items() for name in names.split()}


_OF_CAMUNDA_7 = _by_name(_CAMUNDA_7)
WORDS: dict[str, dict[str, Word]] = {
    "Camunda 7": _OF_CAMUNDA_7,
    "Flowable": _OF_CAMUNDA_7,
    "Activiti": _OF_CAMUNDA_7,
    "Camunda 8": _by_name(_CAMUNDA_8),
    "SpiffArena": _by_name(_SPIFF),
}
"""By tool, and by the local name of the element or attribute."""
GROUPS = frozenset({"inputOutput", "ioMapping", "executionListeners", "taskListeners", "userTask"})
"""Elements that say nothing by themselves: what stands in them does."""
