// The options of a question: words in both languages, and a value that stays once it was saved.

import { redraw } from "./redraw.js";

export class FormOptions {
  constructor(panel, component, saved) {
    Object.assign(this, { panel, words: panel.words });
    this.saved = (saved?.values ?? []).map((one) => one.value);
    this.element = Object.assign(document.createElement("fieldset"), { className: "govuk-fieldset govuk-form-group ihala-options" });
    const legend = Object.assign(document.createElement("legend"), { className: "govuk-fieldset__legend govuk-fieldset__legend--s", textContent: this.words.options });
    const hint = Object.assign(document.createElement("p"), { className: "govuk-hint", textContent: this.words.optionFixed });
    const options = component.values ?? [];
    this.element.append(legend, hint, ...options.map((option, place) => this.option(component, option, place)), this.button("addOption", "add-option", () => this.add()));
  }

  option(component, { value, label }, place) {
    const group = Object.assign(document.createElement("div"), { className: "ihala-options__one", role: "group" });
    group.ariaLabel = `${this.words.option} ${place + 1}`;
    const set = (act) => this.panel.set((one) => act(one.values[place], (one.properties ??= {})));
    const property = `option_ar:${value}`;
    const identified = this.input("optionValue", place, value, "ltr", (text) =>
      set((option, properties) => {
        const fresh = `option_ar:${text}`;
        const moves = property in properties && !(fresh in properties);
        if (moves) properties[fresh] = properties[property];
        option.value = text;
        if (moves && !component.values.some((other, at) => at !== place && other.value === value)) delete properties[property];
      }),
    );
    identified.querySelector("input").readOnly = this.saved.includes(value) && component.values.findIndex((other) => other.value === value) === place;
    group.append(
      this.input("english", place, label, "ltr", (text) => set((option) => (option.label = text))),
      this.input("arabic", place, component.properties?.[property], "rtl", (text) =>
        set((_, properties) => (text ? (properties[property] = text) : delete properties[property])),
      ),
      identified,
      this.button("removeOption", `remove-option-${place}`, () => this.remove(place, property), `${label || value}`),
    );
    return group;
  }

  add() {
    this.panel.set((one) => {
      one.values ??= [];
      let number = one.values.length + 1;
      while (one.values.some((option) => option.value === `option_${number}`)) number += 1;
      one.values.push({ label: "", value: `option_${number}` });
    });
    redraw(() => document.getElementById(`panel-english-${this.panel.file.chosen.values.length - 1}`)?.focus());
  }

  remove(place, property) {
    this.panel.set((one) => {
      const [{ value }] = one.values.splice(place, 1);
      if (!one.values.some((other) => other.value === value)) delete one.properties?.[property];
    });
  }

  input(key, place, value, direction, set) {
    const group = this.panel.text(key, value, set, direction);
    const [input, label] = [group.querySelector("input"), group.querySelector("label")];
    input.id = label.htmlFor = `panel-${key}-${place}`;
    return group;
  }

  button(key, id, act, which) {
    const made = Object.assign(document.createElement("button"), { type: "button", id: `panel-${id}`, className: "ihala-link-button", textContent: this.words[key] });
    if (which) made.ariaLabel = `${this.words[key]}: ${which}`;
    made.addEventListener("click", act);
    return made;
  }
}
