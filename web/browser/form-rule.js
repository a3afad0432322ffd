// A rule hides; people think of when a question is shown. The one is made the other here, and what a rule can ask is listed.

import { inside, keyName } from "./form-document.js";

const equal = /^([\w.]+)\s*(=|!=)\s*("[^"\\]*"|true|false)$/;
const negated = /^not\((list contains\([^()]*\)|[\w.]+\s*(?:=|!=|<=|>=|<|>)\s*(?:"[^"\\]*"|-?[\d.]+|date\("[^"]*"\)))\)$/;

// Shown when ↔ hidden when: the opposite of the opposite is the rule itself.
export function opposite(rule) {
  const text = rule.trim().replace(/^=\s*/, "");
  const [, path, comparison, value] = equal.exec(text) ?? [];
  if (path) return `${path} ${comparison === "=" ? "!=" : "="} ${value}`;
  const [, inner] = negated.exec(text) ?? whole(text);
  return inner ?? (text && `not(${text})`);
}

// `not(...)` around all of it, whatever stands inside: its brackets close at the end only.
function whole(text) {
  if (!text.startsWith("not(") || !text.endsWith(")")) return [];
  let depth = 0;
  let quoted = false;
  for (const [place, sign] of [...text].entries()) {
    if (sign === '"') quoted = !quoted;
    if (!quoted) depth += { "(": 1, ")": -1 }[sign] ?? 0;
    if (sign === ")" && depth === 0 && place < text.length - 1) return [];
  }
  return [text, text.slice(4, -1)];
}

// The questions before the component, as `ConditionBuilder` knows variables.
export function askedBefore(form, component, language) {
  const before = [];
  for (const one of inside(form)) {
    if (one === component) break;
    const kind = kindOf(one);
    if (kind && !isInOtherList(form, one, component)) before.push({ path: one[keyName(one)], words: labelOf(one, language), kind, options: optionsOf(one, language) });
  }
  return before;
}

export function labelOf(component, language) {
  const english = component.label || component.dateLabel || component.timeLabel || component.text || "";
  const arabic = component.properties?.label_ar || component.properties?.text_ar || "";
  return language === "ar" ? arabic || english : english || arabic;
}

// What a list's items answered can be asked inside the same list only.
function isInOtherList(form, asked, component) {
  const list = [...inside(form)].find((one) => one.type === "dynamiclist" && [...inside(one)].includes(asked));
  return Boolean(list) && ![...inside(list)].includes(component);
}

function kindOf({ type, subtype = "date" }) {
  if (type === "datetime") return subtype === "date" ? "date" : null;
  return { radio: "text", select: "text", checklist: "list", checkbox: "yes or no", number: "number" }[type];
}

function optionsOf(component, language) {
  return (component.values ?? []).map(({ value, label }) => [value, language === "ar" ? component.properties?.[`option_ar:${value}`] || label : label]);
}
