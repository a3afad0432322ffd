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
