// Keeps on the server what is drawn and not saved yet, a moment after the last change or after every few of them, and
// warns whoever leaves with it. The file itself changes only by saving.

const quiet = 1500; // milliseconds without a change
const many = 8; // changes after which is not waited for quiet

export class Unsaved {
  constructor(modeler, place, form, words, written) {
    Object.assign(this, { modeler, form, words, written, address: place.dataset.unsaved, said: place.querySelector("[data-kept]") });
    this.changes = 0;
    this.sending = Promise.resolve();
    this.isUnsaved = "restored" in place.dataset;
    modeler.on("commandStack.changed", () => this.changed());
    window.addEventListener("beforeunload", (event) => {
      if (this.isUnsaved) event.preventDefault();
    });
  }

  changed() {
    this.isUnsaved = true;
    this.changes += 1;
    this.said.textContent = this.words.changed;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), this.changes < many ? quiet : 0);
  }

  // One sending after the other, so that the latest drawing is the one that stays.
  keep() {
    this.changes = 0;
    this.sending = this.sending.then(() => this.send());
  }

  async send() {
    try {
      const { csrf_token, revision } = this.form.elements;
      const body = new URLSearchParams({ csrf_token: csrf_token.value, revision: revision.value, content: await this.written() });
      const answer = await fetch(this.address, { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) throw new Error(`${this.address}: ${answer.status}`);
      const { at } = await answer.json();
      if (!this.changes) this.said.textContent = this.words.kept.replace("{at}", at);
    } catch (error) {
      console.warn(error);
      this.said.textContent = this.words.notKept;
    }
  }

  // Before the drawing is saved: nothing is kept any more, and nothing of it is still on its way.
  stops() {
    clearTimeout(this.timer);
    this.isUnsaved = false;
    return this.sending;
  }
}
