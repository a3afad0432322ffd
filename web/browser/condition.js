// Builds a condition by choosing: an answer in the words of its question, a comparison, a value. What it makes is FEEL,
// which stands below and can be changed by hand; a condition of that shape is read back into the choices.

const ordered = ["=", "!=", "<", "<=", ">", ">="];
const comparisons = { "yes or no": ["="], text: ["=", "!="], list: ["contains", "lacks"], number: ordered, date: ordered };
const simple = /^([\w.]+)\s*(=|!=|<=|>=|<|>)\s*(true|false|-?\d+(?:\.\d+)?|"[^"]*"|date\("[^"]*"\))$/;
const among = /^(not\()?list contains\(([\w.]+),\s*"([^"]*)"\)\)?$/;

export class ConditionBuilder {
  constructor(known, words, text, made) {
    Object.assign(this, { known, words, made });
    this.element = Object.assign(document.createElement("fieldset"), { className: "govuk-fieldset govuk-form-group" });
    this.read(text.trim());
    this.draw();
  }

  read(text) {
    const [, not, list, item] = among.exec(text) ?? [];
    const [, path, comparison, value] = simple.exec(text) ?? [];
    this.path = list ?? path ?? "";
    this.comparison = list ? (not ? "lacks" : "contains") : (comparison ?? "=");
    this.value = item ?? value?.replace(/^(?:date\()?"|"\)?$/g, "") ?? "";
    if (!this.variable) this.path = "";
  }

  get variable() {
    return this.known.find((one) => one.path === this.path);
  }

  draw() {
    const variables = this.known.filter((one) => comparisons[one.kind]).map((one) => [one.path, one.words]);
    const parts = [
      this.choice("build", [["", this.words.choose], ...variables], this.path, (path) => {
        this.path = path;
        this.comparison = comparisons[this.variable?.kind]?.[0] ?? "=";
        this.value = this.values()[0]?.[0] ?? "";
      }),
    ];
    if (this.variable) {
      const how = comparisons[this.variable.kind].map((one) => [one, this.words[one]]);
      if (how.length > 1) parts.push(this.choice("compare", how, this.comparison, (one) => (this.comparison = one)));
      parts.push(this.values().length ? this.choice("value", this.values(), this.value, (one) => (this.value = one)) : this.typed());
    }
    this.element.replaceChildren(...parts);
  }

  values() {
    if (this.variable?.kind === "yes or no") return [["true", this.words.yes], ["false", this.words.no]];
    return this.variable?.options ?? [];
  }

  feel() {
    const { path, kind } = this.variable;
    const quoted = `"${this.value.replaceAll('"', "")}"`;
    if (kind === "list") return this.comparison === "lacks" ? `not(list contains(${path}, ${quoted}))` : `list contains(${path}, ${quoted})`;
    const value = { number: this.value, "yes or no": this.value, date: `date(${quoted})` }[kind] ?? quoted;
    return `${path} ${this.comparison} ${value}`;
  }

  choice(key, options, value, set) {
    const select = Object.assign(document.createElement("select"), { className: "govuk-select" });
    for (const [one, words] of options) select.append(new Option(words, one, false, one === value));
    return this.question(key, select, () => set(select.value));
  }

  typed() {
    const input = Object.assign(document.createElement("input"), {
      className: "govuk-input",
      type: this.variable.kind === "date" ? "date" : "text",
      inputMode: this.variable.kind === "number" ? "decimal" : "text",
      value: this.value,
      dir: "ltr",
    });
    return this.question("value", input, () => (this.value = input.value.trim()));
  }

  question(key, input, set) {
    input.id = `panel-${key}`;
    input.addEventListener("change", () => {
      set();
      this.draw();
      this.element.querySelector(`#panel-${key}`)?.focus();
      if (this.variable && this.value !== "") this.made(this.feel());
    });
    const label = Object.assign(document.createElement("label"), { className: "govuk-label", htmlFor: input.id, textContent: this.words[key] });
    const group = Object.assign(document.createElement("div"), { className: "govuk-form-group" });
    group.append(label, input);
    return group;
  }
}
