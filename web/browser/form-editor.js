// Edits a form in the page: <div data-form-editor> inside the form whose <textarea name="content"> holds its text.
//
// data-preview   where the server draws what is not saved yet
// The editor of form-js is not used: it speaks English only, is used by mouse only, and offers what the form profile refuses.

import "./form-editor.css";

import { FormDocument } from "./form-document.js";
import { FormOutline } from "./form-outline.js";
import { FormPanel, nameOf } from "./form-panel.js";
import { FormPreview } from "./form-preview.js";
import { said } from "./form-words.js";

const place = document.querySelector("[data-form-editor]");
if (place) edit(place);

function edit(place) {
  const form = place.closest("form");
  const text = form.elements.content;
  const language = document.documentElement.lang.startsWith("ar") ? "ar" : "en";
  const words = said(language);
  const part = (name) => place.querySelector(`[data-${name}]`);
  let file;
  try {
    file = new FormDocument(text.value);
  } catch (error) {
    console.warn(error);
    return; // the text stays, to be mended or replaced
  }
  const outline = new FormOutline(file, part("outline"), part("toolbar"), words, language);
  const panel = new FormPanel(file, part("panel"), words, language);
  const preview = new FormPreview(file, part("pages"), place.dataset.preview, form.elements.csrf_token.value, words, language);
  preview.onProblems = (problems) => {
    outline.complain(problems);
    panel.complain(problems);
  };
  preview.onFollow = (name) => choose(file, name, part("panel"));
  text.closest(".govuk-form-group").hidden = true;
  for (const plain of document.querySelectorAll("[data-without-editor]")) plain.hidden = true;
  place.hidden = false;
  choose(file, decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", () => choose(file, decodeURIComponent(location.hash.slice(1)), part("panel")));
  preview.refresh();
  keep(file, form, text);
  place.addEventListener("keydown", (event) => undo(event, file));
}

// A name, as a problem gives it, chooses its part of the form.
function choose(file, name, panel) {
  const path = name && pathTo(file.form, name);
  if (!path) return;
  file.select(path);
  panel?.scrollIntoView({ block: "nearest" });
  panel?.querySelector("input, textarea, select")?.focus();
}

function pathTo(parent, name) {
  for (const [place, one] of (parent.components ?? []).entries()) {
    if (nameOf(one) === name) return [place];
    const deeper = pathTo(one, name);
    if (deeper) return [place, ...deeper];
  }
  return null;
}

function keep(file, form, text) {
  form.addEventListener("submit", () => {
    text.value = file.text;
    form.dataset.saving = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.saving && file.isChanged) event.preventDefault();
  });
}

// In a line the browser undoes typing; elsewhere the keys undo a step of the form.
function undo(event, file) {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input[type=text], textarea")) return;
  const by = { z: event.shiftKey ? 1 : -1, y: 1 }[event.key.toLowerCase()];
  if (!by) return;
  event.preventDefault();
  file.go(by);
}
