// The form as staff will see it, in both languages: the server draws what is not saved yet, and says what is wrong with it.

const pause = 250; // milliseconds after the last change

export class FormPreview {
  constructor(file, place, address, token, words, language) {
    Object.assign(this, { file, address, token, words });
    this.heading = Object.assign(document.createElement("h2"), { className: "govuk-heading-m", textContent: words.preview });
    this.status = Object.assign(document.createElement("div"), { role: "status", className: "govuk-body" });
    this.frames = Object.fromEntries((language === "ar" ? ["ar", "en"] : ["en", "ar"]).map((one) => [one, this.frame(one)]));
    const frames = Object.assign(document.createElement("div"), { className: "ihala-preview__pages" });
    frames.append(...Object.values(this.frames));
    place.replaceChildren(this.heading, this.widths(place), this.status, frames);
    file.addEventListener("changed", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.refresh(), pause);
    });
  }

  async refresh() {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const content = JSON.stringify(this.file.form);
    try {
      const answer = await fetch(this.address, { method: "POST", signal: asked.signal, headers: { "X-CSRFToken": this.token }, body: new URLSearchParams({ content }) });
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return; // a newer one was asked for
      console.warn(error);
      this.status.textContent = this.words.noPreview;
    }
  }

  show({ pages, problems }) {
    for (const [language, page] of Object.entries(pages)) this.frames[language].srcdoc = page;
    this.status.replaceChildren(...(problems.length ? this.listed(problems) : [document.createTextNode(this.words.fine)]));
    this.onProblems?.(problems);
  }

  listed(problems) {
    const list = Object.assign(document.createElement("ul"), { className: "govuk-list govuk-list--bullet" });
    list.append(...problems.map(({ element, text, mend }) => this.problem(element, `${text} ${mend}`)));
    const title = Object.assign(document.createElement("p"), { className: "govuk-heading-s", textContent: this.words.problems });
    return [title, list];
  }

  problem(element, text) {
    const item = document.createElement("li");
    if (!element) {
      item.textContent = text;
      return item;
    }
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ihala-link-button", textContent: text });
    button.addEventListener("click", () => this.onFollow?.(element));
    item.append(button);
    return item;
  }

  frame(language) {
    const names = { en: this.words.english, ar: this.words.arabic };
    return Object.assign(document.createElement("iframe"), { title: `${this.words.previewIn} ${names[language]}`, className: "ihala-preview__page" });
  }

  widths(place) {
    const select = Object.assign(document.createElement("select"), { className: "govuk-select govuk-!-margin-bottom-3", ariaLabel: this.words.preview });
    select.append(new Option(this.words.narrow, "narrow"), new Option(this.words.wide, "wide"));
    select.addEventListener("change", () => place.classList.toggle("ihala-preview--wide", select.value === "wide"));
    return select;
  }
}
