// What the chosen part of the form says and asks; every answer is one step of undo. What is not asked here is kept.

import { ConditionBuilder } from "./condition.js";
import { inside, keyName } from "./form-document.js";
import { FormOptions } from "./form-options.js";
import { askedBefore, opposite } from "./form-rule.js";
import { Inputs } from "./inputs.js";
import { redraw } from "./redraw.js";

const choices = ["radio", "select", "checklist"];
const coded = ["checkbox", "checklist", "radio", "select", "number", "datetime"];
const moments = { date: "date", clock: "time", moment: "datetime" };

export class FormPanel extends Inputs {
  constructor(file, place, words, language) {
    super(words);
    Object.assign(this, { file, place, language, problems: [] });
    this.saved = new Map([...inside(file.form)].map((one) => [one.id ?? nameOf(one), one]));
    file.addEventListener("selected", () => this.show());
    file.addEventListener("changed", () => redraw(() => this.show()));
    this.show();
  }

  show() {
    const focused = this.place.contains(document.activeElement) && document.activeElement.id;
    const { chosen } = this.file;
    const parts = chosen ? this.questions(chosen) : [hint(this.words.none)];
    this.complaints = Object.assign(document.createElement("div"), { role: "status" });
    this.place.replaceChildren(this.complaints, ...parts.flat().filter(Boolean));
    this.complain(this.problems);
    if (focused) document.getElementById(focused)?.focus();
  }

  // The problems of the chosen part, above its questions.
  complain(problems) {
    this.problems = problems;
    const own = this.file.chosen ? problems.filter((one) => one.element === nameOf(this.file.chosen)) : [];
    this.complaints.replaceChildren(...own.map(({ text, mend }) => said("govuk-error-message", `${text} ${mend}`)));
  }

  // Which questions a part of the form is asked -----------------------------------------------------------------------
  questions(component) {
    const { type } = component;
    if (type === "separator") return [this.rule(component)];
    if (type === "text") return [...this.both("text_en", "text_ar", "text", "text_ar", "lines"), this.rule(component)];
    const label = type === "datetime" && !component.label ? dateLabel(component.subtype) : "label";
    const title = type === "group" ? ["title", "title_ar"] : ["label", "label_ar"];
    return [
      ...this.both(...title, label, "label_ar"),
      ...(type === "group" ? [] : this.ofQuestion(component)),
      this.rule(component),
    ];
  }

  ofQuestion(component) {
    const { type, validate = {} } = component;
    return [
      ...this.both("description", "description_ar", "description", "description_ar", "lines"),
      this.tick("required", validate.required === true, (on) => this.limit("required", on || undefined)),
      choices.includes(type) && new FormOptions(this, component, this.savedAs(component)).element,
      ...this.limits(component),
      type === "datetime" && this.ofMoment(component),
      ...["prefixAdorner", "suffixAdorner"].flatMap((name) => (component.appearance?.[name] ? this.adorner(component, name) : [])),
      this.classified(component),
      this.named(component),
    ];
  }

  both(english, arabic, name, property, kind = "text") {
    const { chosen } = this.file;
    return [
      this.inEach(kind, english, chosen[name], "ltr", "en", (text) => this.set((one) => put(one, name, text))),
      this.inEach(kind, arabic, chosen.properties?.[property], "rtl", "ar", (text) => this.property(property, text)),
    ];
  }

  inEach(kind, key, value, direction, lang, set) {
    const group = this[kind](key, value, set, direction);
    const input = group.querySelector("input, textarea");
    Object.assign(input, { lang, spellcheck: true, ...(kind === "lines" && { rows: 2 }) });
    return group;
  }

  adorner(component, name) {
    return [
      this.inEach("text", name, component.appearance[name], "ltr", "en", (text) => this.set((one) => put(one.appearance, name, text))),
      this.inEach("text", `${name}_ar`, component.properties?.[`${name}_ar`], "rtl", "ar", (text) => this.property(`${name}_ar`, text)),
    ];
  }

  limits({ type, validate = {}, decimalDigits }) {
    const number = (key) => this.text(key, validate[key], (text) => this.limit(key, numberOf(text)), "ltr");
    if (type === "number") return [number("min"), number("max"), this.digits(decimalDigits)];
    if (type === "textarea") return [number("minLength"), number("maxLength")];
    if (type !== "textfield") return [];
    const kinds = ["any", "email", "phone"];
    const kind = kinds.includes(validate.validationType) ? validate.validationType : "any";
    return [number("minLength"), number("maxLength"), this.choice("validationType", kind, kinds, (one) => this.limit("validationType", one === "any" ? undefined : one))];
  }

  digits(decimalDigits) {
    const group = this.text("decimalDigits", decimalDigits, (text) => this.set((one) => put(one, "decimalDigits", numberOf(text))), "ltr");
    Object.assign(group.querySelector("input"), { type: "number", min: 0, step: 1 });
    return group;
  }

  ofMoment(component) {
    const kind = Object.keys(moments).find((one) => moments[one] === (component.subtype ?? "date"));
    const flag = (name) => this.tick(name, ["true", true].includes(component.properties?.[name]), (on) => this.property(name, on ? "true" : ""));
    const set = (chosen) =>
      this.set((one) => {
        const words = one[dateLabel(one.subtype)];
        delete one[dateLabel(one.subtype)];
        one.subtype = moments[chosen];
        put(one, dateLabel(one.subtype), words);
      });
    return [this.choice("subtype", kind, Object.keys(moments), set), flag("happened"), flag("not_future"), flag("not_past")];
  }

  classified({ type, properties = {} }) {
    if (type === "dynamiclist") return null;
    const kinds = ["identifying", "sensitive", "operational", "statistical"];
    const present = kinds.includes(properties.classification) ? properties.classification : "unclassified";
    return this.choice("classification", present, ["unclassified", ...kinds], (one) => this.property("classification", one === "unclassified" ? "" : one));
  }

  // The name is fixed once it was saved; what diagrams make of it is said below.
  named(component) {
    const name = keyName(component);
    const isSaved = Boolean(this.savedAs(component)?.[name]);
    const group = this.text("key", component[name], (text) => this.set((one) => put(one, name, text)), "ltr");
    group.querySelector("input").readOnly = isSaved;
    if (isSaved) group.append(hint(this.words.keyFixed));
    const list = [...inside(this.file.form)].find((one) => one.type === "dynamiclist" && [...inside(one)].includes(component));
    const { classification, grant } = component.properties ?? {};
    const isKept = !coded.includes(component.type) || grant || !classification || classification === "identifying";
    if (isKept && component.type !== "dynamiclist") group.append(hint(this.words.kept));
    else group.append(hint(`${this.words.variable} `, [this.file.form.id, list?.path, component[name]].filter(Boolean).join(".")));
    return group;
  }

  rule(component) {
    const set = (text) => this.set((one) => put(one, "conditional", text && { ...one.conditional, hide: `=${opposite(text)}` }));
    const shown = opposite(component.conditional?.hide ?? "");
    const known = askedBefore(this.file.form, component, this.language);
    const written = this.lines("shown", shown, set);
    if (!known.length) return written;
    const { element, path } = new ConditionBuilder(known, this.words, shown, set);
    if (shown && !path) element.querySelector("option").textContent = this.words.written; // a rule beyond the choices
    element.addEventListener("change", ({ target }) => target.id === "panel-build" && !target.value && shown && set(""));
    return [element, written];
  }

  // How it stood when the page was opened; a part that is new since then did not.
  savedAs(component) {
    return this.saved.get(component.id ?? nameOf(component));
  }

  // Changing the form -------------------------------------------------------------------------------------------------
  set(act) {
    this.file.change((form, chosen) => {
      act(chosen, form);
      return chosen;
    });
  }

  property(name, value) {
    this.set((one) => put((one.properties ??= {}), name, value));
  }

  limit(name, value) {
    this.set((one) => {
      put((one.validate ??= {}), name, value);
      if (!Object.keys(one.validate).length) delete one.validate;
    });
  }
}

// How a problem names a component.
export function nameOf(component) {
  return component[keyName(component)] || component.id || component.type;
}

export function put(object, name, value) {
  if (value === undefined || value === "") delete object[name];
  else object[name] = value;
}

// Digits of any script; what is no number stays, and the problem of it is said.
function numberOf(text) {
  const western = text.replace(/[٠-٩۰-۹]/g, (digit) => (digit.charCodeAt(0) - 0x30) & 0xf).replace("٫", ".");
  return western === "" || Number.isNaN(Number(western)) ? western : Number(western);
}

function dateLabel(subtype) {
  return subtype === "time" ? "timeLabel" : "dateLabel";
}

function said(className, text) {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

function hint(text, code) {
  const made = said("govuk-hint", text);
  if (code) made.append(Object.assign(document.createElement("bdi"), { dir: "ltr", textContent: code }));
  return made;
}
