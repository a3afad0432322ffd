// The inputs of a panel: a label in the words of the page, an input, and what to do with the answer.

export class Inputs {
  constructor(words) {
    this.words = words;
  }

  text(key, value, set, direction = "auto") {
    const input = Object.assign(document.createElement("input"), { type: "text", className: "govuk-input", value: value ?? "", dir: direction });
    return this.question(key, input, () => set(input.value.trim()));
  }

  lines(key, value, set, direction = "ltr") {
    const input = Object.assign(document.createElement("textarea"), { className: "govuk-textarea", rows: 3, value: value ?? "", dir: direction, spellcheck: direction === "auto" });
    return this.question(key, input, () => set(input.value.trim()));
  }

  choice(key, value, options, set) {
    const select = Object.assign(document.createElement("select"), { className: "govuk-select" });
    for (const option of options) select.append(new Option(this.words[option], option, false, option === value));
    return this.question(key, select, () => set(select.value));
  }

  // One of those that there are; what is written there and is none of them stays, and can be seen.
  among(key, value, known, set) {
    const select = Object.assign(document.createElement("select"), { className: "govuk-select" });
    const others = value && !known.some(([one]) => one === value) ? [[value, `${value} (${this.words.unknown})`]] : [];
    for (const [one, words] of [["", this.words.choose], ...others, ...known]) select.append(new Option(words, one, false, one === (value ?? "")));
    return this.question(key, select, () => set(select.value));
  }

  // A line that can be written freely, with what is known offered below it.
  offering(question, known) {
    const [input] = question.getElementsByTagName("input");
    const list = Object.assign(document.createElement("datalist"), { id: `${input.id}-known` });
    for (const [value, words] of known) list.append(new Option(words, value));
    input.setAttribute("list", list.id);
    question.append(list);
    return question;
  }

  tick(key, isOn, set) {
    const group = Object.assign(document.createElement("div"), { className: "govuk-checkboxes__item" });
    const input = Object.assign(document.createElement("input"), { type: "checkbox", className: "govuk-checkboxes__input", checked: isOn, id: `panel-${key}` });
    input.addEventListener("change", () => set(input.checked));
    const label = Object.assign(document.createElement("label"), { className: "govuk-label govuk-checkboxes__label", htmlFor: input.id, textContent: this.words[key] });
    group.append(input, label);
    const around = Object.assign(document.createElement("div"), { className: "govuk-form-group govuk-checkboxes govuk-checkboxes--small" });
    around.append(group);
    return around;
  }

  question(key, input, set) {
    input.id = `panel-${key}`;
    let kept = input.value;
    const keep = () => {
      if (input.value === kept) return; // Enter and then leaving the line are one answer, and one step of undo
      kept = input.value;
      set();
    };
    input.addEventListener("change", keep);
    // Enter in a line keeps the answer instead of sending the page
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && input.tagName === "INPUT") {
        event.preventDefault();
        keep();
      }
    });
    const label = Object.assign(document.createElement("label"), { className: "govuk-label", htmlFor: input.id, textContent: this.words[key] });
    const group = Object.assign(document.createElement("div"), { className: "govuk-form-group" });
    group.append(label, input);
    return group;
  }
}
