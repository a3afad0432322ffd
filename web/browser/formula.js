// Helps to write a condition by hand: offers what fits to the word that is being written, and reads the whole back as a
// sentence in both languages.

const quiet = 400; // milliseconds without a letter
const most = 6;

export class Formula {
  // `reading`: where a condition is read back, and the token of the page
  constructor(area, known, words, reading) {
    Object.assign(this, { area, known, words, reading });
    this.offers = Object.assign(document.createElement("div"), { className: "ihala-offers" });
    this.offers.setAttribute("role", "group");
    this.offers.setAttribute("aria-label", words.offers);
    this.said = Object.assign(document.createElement("div"), { className: "ihala-read-back" });
    this.said.setAttribute("role", "status");
    area.addEventListener("input", () => this.written());
    area.after(this.offers, this.said);
    this.read();
  }

  written() {
    this.offer();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), quiet);
  }

  // The word before the caret, or the value after a comparison of an answer that has options.
  offer() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const [, path, typed] = /([\w.]+)\s*!?=\s*("?[\w ]*)$/.exec(before) ?? [];
    const options = this.known.find((one) => one.path === path)?.options ?? [];
    const values = options.map(([value, words]) => [`"${value}"`, words]).filter(([value]) => value.startsWith(typed || '"'));
    const word = /[\w.]*$/.exec(before)[0];
    const fits = ({ path, words }) => word && path !== word && (path.includes(word) || words.toLowerCase().includes(word.toLowerCase()));
    const paths = this.known.filter(fits).map((one) => [one.path, one.words]);
    const [offered, replaced] = values.length && typed !== undefined ? [values, typed] : [paths, word];
    this.offers.replaceChildren(...offered.slice(0, most).map(([text, words]) => this.button(text, words, replaced)));
  }

  button(text, words, replaced) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ihala-link-button", textContent: words });
    button.append(" ", Object.assign(document.createElement("bdi"), { dir: "ltr", textContent: text }));
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the line keeps the focus
    button.addEventListener("click", () => {
      const caret = this.area.selectionStart;
      this.area.setRangeText(text, caret - replaced.length, caret, "end");
      this.area.focus();
      this.written();
      this.offers.replaceChildren();
    });
    return button;
  }

  async read() {
    const expression = this.area.value.trim();
    if (!expression) return this.said.replaceChildren();
    const body = new URLSearchParams({ expression, csrf_token: this.reading.token });
    const answer = await fetch(this.reading.address, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || this.area.value.trim() !== expression) return undefined; // a later one is on its way
    const said = await answer.json();
    this.said.classList.toggle("ihala-read-back--unread", !said.is_readable);
    const first = document.documentElement.lang.startsWith("ar") ? ["ar", "en"] : ["en", "ar"];
    return this.said.replaceChildren(
      ...first.map((lang) => Object.assign(document.createElement("p"), { className: "govuk-body-s", lang, dir: lang === "ar" ? "rtl" : "ltr", textContent: said[lang] })),
    );
  }
}
