// What the panel of the modeler says, in both languages.

const words = {
  steps: ["Steps as a list", "الخطوات كقائمة"],
  nothing: ["Select something in the diagram to see what it says.", "اختاروا عنصرًا في المخطط للاطلاع على مضمونه."],
  several: ["Several things are selected.", "عدة عناصر محددة."],
  id: ["Id, by which expressions and forms know it", "المعرّف، به تعرفه العبارات والنماذج"],
  english: ["Name in English", "الاسم بالإنجليزية"],
  arabic: ["Name in Arabic", "الاسم بالعربية"],
  documentation: ["Instructions and legal source, in English", "التعليمات والسند القانوني بالإنجليزية"],
  documentationAr: ["Instructions and legal source, in Arabic", "التعليمات والسند القانوني بالعربية"],
  role: ["Role that does it, if not the lane's (FEEL)", "الدور المنفّذ إن لم يكن دور المسار (FEEL)"],
  organisation: ["Organisation that does it (FEEL)", "الجهة المنفّذة (FEEL)"],
  purpose: ["Purpose that must be consented to", "الغرض الذي تلزم له موافقة"],
  notBy: ["Not by whoever did this task (id)", "ليس من قِبَل من نفّذ المهمة (المعرّف)"],
  priority: ["Priority", "الأولوية"],
  normal: ["normal", "عادية"],
  high: ["high", "مرتفعة"],
  immediate: ["immediate", "فورية"],
  joinsTeam: ["Its organisation does not join the case's team", "لا تنضم جهتها إلى فريق الملف"],
  operation: ["Operation", "العملية"],
  decision: ["Decision table", "جدول القرار"],
  called: ["Process that is called", "الإجراء المستدعى"],
  script: ["Assignments, one a line: total = price * 2", "عبارات الإسناد، واحدة في كل سطر: total = price * 2"],
  inputs: ["Inputs, one a line: name = FEEL", "المدخلات، واحد في كل سطر: name = FEEL"],
  outputs: ["Outputs, one a line: name = FEEL", "المخرجات، واحد في كل سطر: name = FEEL"],
  condition: ["Taken where (FEEL)", "يُسلك حين (FEEL)"],
  conditionHint: ['For instance interview.agrees = "yes"', 'مثل interview.agrees = "yes"'],
  time: ["Time: P5D is five days, PT4H four hours", "المدة: P5D خمسة أيام، وPT4H أربع ساعات"],
  timeKind: ["Kind of time", "نوع الموعد"],
  timeDuration: ["after a while", "بعد مدة"],
  timeDate: ["at a date", "في تاريخ"],
  timeCycle: ["again and again", "متكرر"],
  working: ["Count working days only", "احتساب أيام العمل فقط"],
  deadline: ["This is the deadline of its step", "هذا هو الموعد النهائي للخطوة"],
  eventCondition: ["Happens when (FEEL)", "يحدث حين (FEEL)"],
  message: ["Message", "الرسالة"],
  signal: ["Signal", "الإشارة"],
  error: ["Error", "الخطأ"],
  escalation: ["Escalation", "التصعيد"],
  collection: ["Once for each of this list (FEEL)", "مرة لكل عنصر من القائمة (FEEL)"],
  item: ["What each is called", "اسم كل عنصر"],
};

export function said(language) {
  const place = language === "ar" ? 1 : 0;
  return Object.fromEntries(Object.entries(words).map(([key, both]) => [key, both[place]]));
}
