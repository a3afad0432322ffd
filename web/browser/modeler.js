// Draws a diagram in the page: <div data-modeler> inside the form whose <textarea name="content"> holds its text.
//
// data-known    what conditions can ask, as JSON; data-name what a picture of it is called; data-forms where forms of tasks are
// data-choices  what steps may name, as JSON: roles, purposes, operations, tables, processes, tasks, messages
// data-reading  where a condition is read back as a sentence
// data-unsaved  where what is not saved yet is kept; data-restored: this is such a drawing, so nothing of it is saved
// In Arabic the names on the canvas are the Arabic ones: the two names of each element change places while it is drawn,
// and change back when it is saved.

import "./diagram.css";
import "./modeler.css";

import Modeler from "bpmn-js/lib/Modeler";
import minimap from "diagram-js-minimap";

import { arabic } from "./arabic.js";
import { noMenus } from "./arrange.js";
import { drawn } from "./changes.js";
import { copying } from "./copying.js";
import { listKeys } from "./keys.js";
import { named } from "./names.js";
import { Mends } from "./mends.js";
import { Panel } from "./panel.js";
import { said } from "./panel-words.js";
import { Problems } from "./problems.js";
import { Toolbar } from "./toolbar.js";
import { bringIntoSight, StepList } from "./steps.js";
import { Unsaved } from "./unsaved.js";
import { wordIds } from "./word-ids.js";

const place = document.querySelector("[data-modeler]");
if (place) draw(place);

async function draw(place) {
  const form = place.closest("form");
  const text = form.elements.content;
  const language = document.documentElement.lang.startsWith("ar") ? "ar" : "en";
  const words = said(language);
  const modeler = new Modeler({
    container: place.querySelector("[data-canvas]"),
    moddleExtensions: { ihala: named },
    additionalModules: [minimap, copying, noMenus, wordIds(language), ...(language === "ar" ? [arabic] : [])],
    textRenderer: { defaultStyle: { fontFamily: '"IBM Plex Sans Arabic", sans-serif' } },
  });
  const change = language === "ar" ? changeNames : () => {};
  modeler.on("import.parse.complete", ({ definitions }) => definitions && change(definitions));
  try {
    await modeler.importXML(text.value);
  } catch (error) {
    console.warn(error);
    place.hidden = true; // the text stays, to be mended or replaced
    return;
  }
  modeler.get("canvas").zoom("fit-viewport", "auto");
  text.closest(".govuk-form-group").hidden = true;
  const reading = { address: place.dataset.reading, token: form.elements.csrf_token.value };
  const [known, choices] = [place.dataset.known, place.dataset.choices].map((one) => JSON.parse(one));
  const panel = new Panel(modeler, place.querySelector("[data-panel]"), language, known, choices, reading, place.dataset.forms);
  const mends = new Mends(modeler, panel.place, words, language);
  panel.problems = new Problems(modeler, document.querySelectorAll("[data-problem]"), mends, words);
  new Toolbar(modeler, place.querySelector("[data-toolbar]"), words, place.dataset.name);
  new StepList(modeler, place.querySelector("[data-steps]"), words);
  listKeys(place.querySelector("[data-keys]"), words);
  follow(modeler);
  // The text of the drawing, its names in their own places; nobody draws while it is written.
  const written = async () => {
    change(modeler.getDefinitions());
    try {
      return (await modeler.saveXML({ format: true })).xml;
    } finally {
      change(modeler.getDefinitions());
    }
  };
  const unsaved = new Unsaved(modeler, place, form, words, written);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await unsaved.stops();
    text.value = await written();
    setTimeout(() => form.submit()); // not while the first sending is still being told to all
  });
}

// Every element of the file, drawn or not: its two names change places.
function changeNames(element, seen = new Set()) {
  if (!element || typeof element !== "object" || seen.has(element) || !element.$type) return;
  seen.add(element);
  const own = element.$descriptor.propertiesByName;
  if (own.name && own["ihala:nameAr"]) {
    const [english, other] = [element.get("name"), element.get("ihala:nameAr")];
    element.set("name", other);
    element.set("ihala:nameAr", english);
  }
  for (const property of element.$descriptor.properties) {
    if (property.isReference || property.isAttr) continue;
    for (const value of [element.get(property.name)].flat()) changeNames(value, seen);
  }
}

// A link to an element, as from the list of problems, selects it.
function follow(modeler) {
  const go = () => {
    const element = drawn(modeler, decodeURIComponent(location.hash.slice(1)));
    if (!element) return;
    bringIntoSight(modeler, element);
  };
  window.addEventListener("hashchange", go);
  go();
}
