// Opens and closes the questions whose rule is a plain equality; the server evaluates every rule again.

const OPENS = "[data-shown-when]";

// A waiting question lies in a <template>, inert; here it becomes part of the page, closed and not sent.
function unfold(form) {
  for (let waiting = form.querySelector(`template${OPENS}`); waiting; waiting = form.querySelector(`template${OPENS}`)) {
    const part = document.createElement("div");
    part.className = "ihala-conditional";
    Object.assign(part.dataset, waiting.dataset);
    part.append(waiting.content);
    waiting.replaceWith(part);
  }
}

function answersOf(form, name) {
  const inputs = [...form.elements].filter((input) => input.name === name && !input.matches(":disabled") && !input.closest("[hidden]"));
  return inputs.filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked).map((input) => input.value);
}

function isAsked(form, name) {
  return [...form.elements].some((input) => input.name === name);
}

function follow(form) {
  for (const part of form.querySelectorAll(OPENS)) {
    const { shownWhen, shownValue, scope } = part.dataset;
    const name = scope && isAsked(form, scope + shownWhen) ? scope + shownWhen : shownWhen;
    const isShown = answersOf(form, name).includes(shownValue) && !part.parentElement.closest(`${OPENS}[hidden]`);
    part.hidden = !isShown;
    for (const input of part.querySelectorAll("input, select, textarea, button")) input.disabled = Boolean(input.closest("[hidden]"));
  }
}

export function followAnswers(form) {
  unfold(form);
  follow(form);
  form.addEventListener("change", () => follow(form));
}
