// The words of bpmn-js in Arabic. What stands not here is shown as it is: a test holds the list against the library.

const kinds = {
  Task: "مهمة",
  "User task": "مهمة مستخدم",
  "Manual task": "مهمة يدوية",
  "Service task": "مهمة خدمة",
  "Script task": "مهمة حسابية",
  "Business rule task": "جدول قرار",
  "Send task": "مهمة إرسال",
  "Receive task": "مهمة استلام",
  "Call activity": "استدعاء إجراء",
  "Sub-process": "عملية فرعية",
  "Sub-process (collapsed)": "عملية فرعية (مطوية)",
  "Sub-process (expanded)": "عملية فرعية (مفتوحة)",
  "Ad-hoc sub-process": "عملية فرعية حرة",
  "Ad-hoc sub-process (collapsed)": "عملية فرعية حرة (مطوية)",
  "Ad-hoc sub-process (expanded)": "عملية فرعية حرة (مفتوحة)",
  "Event sub-process": "عملية فرعية حدثية",
  Transaction: "معاملة",
  "Exclusive gateway": "بوابة حصرية",
  "Parallel gateway": "بوابة متوازية",
  "Inclusive gateway": "بوابة شاملة",
  "Complex gateway": "بوابة مركبة",
  "Event-based gateway": "بوابة أحداث",
  "Event based instantiating Gateway": "بوابة أحداث تبدأ الإجراء",
  "Parallel Event based instantiating Gateway": "بوابة أحداث متوازية تبدأ الإجراء",
  "Data object reference": "كائن بيانات",
  "Data store reference": "مخزن بيانات",
  "Sequence flow": "سهم",
  "Default flow": "سهم افتراضي",
  "Conditional flow": "سهم بشرط",
  "Expanded pool/participant": "حوض مفتوح",
  "Empty pool/participant": "حوض فارغ",
  "Start event": "حدث بداية",
  "End event": "حدث نهاية",
  "Intermediate throw event": "حدث وسيط مُطلِق",
  "Boundary event": "حدث حدّي",
};

const acts = {
  "Activate create/remove space tool": "أداة توسيع المكان وتضييقه",
  "Activate global connect tool": "أداة الوصل",
  "Activate hand tool": "أداة تحريك اللوحة",
  "Activate lasso tool": "أداة تحديد مجموعة",
  "Add lane above": "إضافة مسار فوقه",
  "Add lane below": "إضافة مسار تحته",
  "Add text annotation": "إضافة ملاحظة",
  "Align elements": "محاذاة العناصر",
  "Align elements ": "محاذاة العناصر",
  "Append compensation activity": "إضافة نشاط تعويض",
  "Append conditional intermediate catch event": "إضافة انتظار شرط",
  "Append end event": "إضافة نهاية",
  "Append gateway": "إضافة بوابة",
  "Append intermediate/boundary event": "إضافة حدث وسيط",
  "Append message intermediate catch event": "إضافة انتظار رسالة",
  "Append receive task": "إضافة مهمة استلام",
  "Append signal intermediate catch event": "إضافة انتظار إشارة",
  "Append task": "إضافة مهمة",
  "Append timer intermediate catch event": "إضافة انتظار موعد",
  "Change element": "تغيير النوع",
  Collection: "مجموعة",
  "Connect to other element": "وصل بعنصر آخر",
  "Connect using association": "وصل بخط ملاحظة",
  "Connect using data input association": "وصل بسهم بيانات",
  "Create data object reference": "كائن بيانات جديد",
  "Create data store reference": "مخزن بيانات جديد",
  "Create end event": "نهاية جديدة",
  "Create expanded sub-process": "عملية فرعية جديدة",
  "Create gateway": "بوابة جديدة",
  "Create group": "مجموعة جديدة",
  "Create intermediate/boundary event": "حدث وسيط جديد",
  "Create pool/participant": "حوض جديد",
  "Create start event": "بداية جديدة",
  "Create task": "مهمة جديدة",
  Delete: "حذف",
  "Distribute elements horizontally": "توزيع أفقي",
  "Distribute elements vertically": "توزيع رأسي",
  "Divide into three lanes": "تقسيم إلى ثلاثة مسارات",
  "Divide into two lanes": "تقسيم إلى مسارين",
  Loop: "تكرار",
  "Open {element}": "فتح {element}",
  "Parallel multi-instance": "تكرار متوازٍ لكل عنصر",
  "Sequential multi-instance": "تكرار متتابع لكل عنصر",
  "Open minimap": "فتح الخريطة المصغرة",
  "Close minimap": "إغلاق الخريطة المصغرة",
  "Participant multiplicity": "تعدد المشاركين",
  "Search in diagram": "بحث في المخطط",
  "Toggle non-interrupting": "قاطع أو غير قاطع",
  " + shift + ": " + shift + ",
};

const triggers = {
  Message: "رسالة",
  Timer: "موعد",
  Signal: "إشارة",
  Conditional: "شرط",
  Error: "خطأ",
  Escalation: "تصعيد",
  Cancel: "إلغاء",
  Compensation: "تعويض",
  Terminate: "إنهاء الكل",
  Link: "وصلة",
};
const places = {
  "start event": "بداية",
  "end event": "نهاية",
  "boundary event": "حدث حدّي",
  "intermediate catch event": "انتظار",
  "intermediate throw event": "إطلاق",
};

// "Timer boundary event (non-interrupting)": a trigger, a place, and whether it interrupts.
const event = /^(\w+) (start event|end event|boundary event|intermediate catch event|intermediate throw event)( \(non-interrupting\))?$/;

export function inArabic(words) {
  const found = kinds[words] ?? acts[words];
  if (found) return found;
  const [, trigger, place, beside] = event.exec(words) ?? [];
  return triggers[trigger] ? `${places[place]}: ${triggers[trigger]}${beside ? " (غير قاطع)" : ""}` : words;
}

export const arabic = {
  translate: ["value", (words, values = {}) => inArabic(words).replace(/{([^}]+)}/g, (_, key) => values[key] ?? `{${key}}`)],
};
