// Small things every staff page does at once; without it, questions open after a post and "hide now" is a link.

import { followAnswers } from "./forms.js";

// Hide the screen first, then leave: nothing of the page may stay in sight while the neutral one loads.
function hide(address) {
  document.documentElement.hidden = true;
  document.title = "";
  window.location.replace(address);
}

const way = document.querySelector("[data-hide-now]");
if (way) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    hide(way.href);
  });
  way.addEventListener("keydown", (event) => {
    if (event.key === " ") hide(way.href);
  });
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < 2000), now];
    if (pressed.length >= 3) hide(way.href);
  });
}

// A page that comes back out of the browser's memory after "hide now" or signing out is asked for again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const form of document.forms) if (form.querySelector("[data-shown-when]")) followAnswers(form);

// Which question had the attention: whoever signs in again after a time-out returns to it.
for (const form of document.querySelectorAll("form[data-typed]")) {
  const place = form.querySelector("[data-focus]");
  form.addEventListener("focusin", ({ target }) => {
    if (target.id && target.matches("input, select, textarea")) place.value = target.id;
  });
}

// What was typed, as text for another page or programme.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.parentElement.querySelector("[data-said]").textContent = button.dataset.copied;
  });
}

// What takes long is done in parts: the page says how far it is and asks for the next part by itself.
for (const form of document.querySelectorAll("form[data-submit-at-once]")) form.requestSubmit();

for (const part of document.querySelectorAll(".ihala-scripted")) part.hidden = false;
