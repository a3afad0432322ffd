// The form as a list of its parts: choose, drag, or move with Alt and the arrow keys; above it what can be added and done.

import { freeName, keyName } from "./form-document.js";
import { nameOf } from "./form-panel.js";
import { labelOf } from "./form-rule.js";
import { redraw } from "./redraw.js";

const kinds = ["yesno", "radio", "select", "checklist", "checkbox", "textfield", "textarea", "number", "datetime", "text", "separator", "group", "dynamiclist"];

export class FormOutline {
  constructor(file, place, tools, words, language) {
    Object.assign(this, { file, place, words, language, problems: [] });
    this.buttons = {
      undo: this.button("undo", () => file.go(-1)),
      redo: this.button("redo", () => file.go(1)),
      up: this.button("up", () => file.move(-1)),
      down: this.button("down", () => file.move(1)),
      copy: this.button("copy", () => file.copy()),
      remove: this.button("remove", () => file.remove()),
    };
    tools.replaceChildren(this.adding(), ...Object.values(this.buttons));
    file.addEventListener("selected", () => this.show());
    file.addEventListener("changed", () => redraw(() => this.show()));
    place.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  show() {
    const hadFocus = this.place.contains(document.activeElement);
    this.place.replaceChildren(this.list(this.file.form.components, []));
    const { isChanged, canRedo, chosen } = this.file;
    this.buttons.undo.disabled = !isChanged;
    this.buttons.redo.disabled = !canRedo;
    for (const act of ["up", "down", "copy", "remove"]) this.buttons[act].disabled = !chosen;
    if (hadFocus) this.place.querySelector("[aria-current]")?.focus();
  }

  complain(problems) {
    this.problems = problems;
    redraw(() => this.show());
  }

  list(components, above) {
    const list = Object.assign(document.createElement("ol"), { className: "ihala-outline" });
    list.append(...components.map((one, place) => this.part(one, [...above, place])));
    return list;
  }

  part(component, path) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ihala-outline__part", draggable: true });
    const title = Object.assign(document.createElement("span"), { dir: "auto", textContent: labelOf(component, this.language).split("\n")[0] || this.words.untitled });
    const kind = Object.assign(document.createElement("span"), { className: "ihala-outline__kind", textContent: this.words[component.type] ?? this.words.other });
    button.append(title, kind);
    if (this.file.path?.join() === path.join()) button.ariaCurrent = "true";
    const own = this.problems.find((one) => one.element === nameOf(component));
    if (own) button.append(Object.assign(document.createElement("span"), { className: "ihala-outline__problem", textContent: own.text }));
    button.addEventListener("click", () => this.file.select(path));
    this.drags(button, path);
    item.append(button);
    if (component.components?.length) item.append(this.list(component.components, path));
    return item;
  }

  drags(button, path) {
    button.addEventListener("dragstart", (event) => {
      this.dragged = path;
      event.dataTransfer.setData("text/plain", path.join());
    });
    button.addEventListener("dragover", (event) => this.dragged && event.preventDefault());
    button.addEventListener("drop", (event) => {
      event.preventDefault();
      if (this.dragged) this.file.drop(this.dragged, path);
      this.dragged = null;
    });
  }

  key(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    if (event.altKey && this.file.chosen) return this.file.move(by);
    const parts = [...this.place.querySelectorAll("button")];
    parts[parts.indexOf(document.activeElement) + by]?.focus();
  }

  adding() {
    const select = Object.assign(document.createElement("select"), { className: "govuk-select", id: "form-add" });
    select.append(...kinds.map((kind) => new Option(this.words[kind], kind)));
    const label = Object.assign(document.createElement("label"), { className: "govuk-visually-hidden", htmlFor: select.id, textContent: this.words.add });
    const around = Object.assign(document.createElement("div"), { className: "ihala-form-editor__add" });
    around.append(label, select, this.button("add", () => this.file.add(fresh(select.value, this.file.form))));
    return around;
  }

  button(key, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button govuk-button--secondary", textContent: this.words[key] });
    made.addEventListener("click", act);
    return made;
  }
}

const noQuestions = ["text", "group", "separator"];

// A new part of that kind, which the form profile accepts as far as it can before it has words.
function fresh(kind, form) {
  const type = kind === "yesno" ? "radio" : kind;
  const name = freeName(form, noQuestions.includes(type) ? `${type}_1` : "question_1");
  const component = { type, id: name };
  if (type === "separator") return component;
  if (type === "group") return { ...component, components: [], properties: {} };
  if (type === "text") return { ...component, text: "", properties: {} };
  component[keyName(component)] = name;
  if (type === "dynamiclist") return { ...component, components: [], properties: {} };
  if (type === "datetime") component.subtype = "date";
  if (type === "number") component.decimalDigits = 0;
  if (kind === "yesno") {
    component.values = [{ label: "Yes", value: "yes" }, { label: "No", value: "no" }];
    return { ...component, validate: { required: true }, properties: { "option_ar:yes": "نعم", "option_ar:no": "لا" } };
  }
  if (["radio", "select", "checklist"].includes(type)) component.values = [{ label: "", value: "option_1" }];
  return { ...component, properties: {} };
}
