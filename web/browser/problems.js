// Brings what `check` says to the drawing: a mark at each element, its sentences beside its questions, and a button
// where a mend is certain, there and in the list above the canvas.

import { apply, drawn } from "./changes.js";
import { bringIntoSight } from "./steps.js";

const ranks = ["cannot_run", "not_publishable", "advice"];

export class Problems {
  constructor(modeler, list, mends, words) {
    Object.assign(this, { modeler, mends, words });
    this.rows = [...list].map((row) => ({ row, ...row.dataset, code: row.dataset.problem, text: row.querySelector("p").textContent }));
    for (const problem of this.rows) {
      const offered = this.buttons(problem);
      if (offered) problem.row.querySelector(".ihala-task__what").append(offered);
    }
    this.mark();
  }

  // The worst of an element is its mark; the whole sheet has no place for one.
  mark() {
    const worst = new Map();
    for (const problem of this.rows) {
      const element = drawn(this.modeler, problem.element);
      const before = element && worst.get(element);
      if (element?.parent && (!before || ranks.indexOf(problem.severity) < ranks.indexOf(before.severity))) worst.set(element, problem);
    }
    for (const [element, problem] of worst) {
      const html = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, title: problem.text, textContent: "!" });
      html.className = `ihala-mark ihala-mark--${problem.severity}`;
      html.setAttribute("aria-label", problem.text);
      html.addEventListener("click", () => bringIntoSight(this.modeler, element));
      this.modeler.get("overlays").add(element.id, "problem", { position: { top: -12, left: -12 }, html });
    }
  }

  // What is said of an element, for the panel.
  of(element) {
    const said = this.rows.filter((problem) => drawn(this.modeler, problem.element) === element);
    return said.map((problem) => {
      const place = Object.assign(document.createElement("div"), { className: `ihala-said ihala-said--${problem.severity}` });
      place.append(Object.assign(document.createElement("p"), { className: "govuk-body-s", textContent: problem.text }));
      const offered = this.buttons(problem);
      if (offered) place.append(offered);
      return place;
    });
  }

  buttons(problem) {
    const mends = problem.mend ? this.translation(problem) : this.mends.of(problem);
    if (!mends.length) return null;
    const group = Object.assign(document.createElement("div"), { className: "ihala-mends" });
    for (const { words, act } of mends) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "ihala-link-button", textContent: words });
      button.addEventListener("click", act);
      group.append(button);
    }
    return group;
  }

  // What another tool said, in our words.
  translation(problem) {
    const element = drawn(this.modeler, problem.element);
    if (!element) return [];
    const act = () => {
      apply(this.modeler, element, JSON.parse(problem.mend));
      bringIntoSight(this.modeler, element);
    };
    return [{ words: this.words.mendTranslate, act }];
  }
}
