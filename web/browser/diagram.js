// Shows the diagram of each <div data-diagram> read-only, in the page's language, with the elements where a case stands marked.
//
// data-diagram  the address of the BPMN file; where it is empty, the file stands in a <script type="application/xml"> inside
// data-active   ids of the elements that wait now, separated by spaces
// data-heat     ids with what is written there, how strong it is (1 to 4) and where a click leads, as {"id": {text, level, href}}
// data-paper    set: the drawing is for paper, cut into parts that can be read, without buttons
// data-done     ids of the elements that are completed
// data-taken    ids of the elements and arrows that stories take
// data-never    ids of those that none takes
// The page holds the same as a text list: the picture is no tab stop for a screen reader.

import "./diagram.css";

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

import { named } from "./names.js";

const font = "IBM Plex Sans Arabic";
const smallest = 0.2;
const largest = 4;
const step = 1.25;

const words = {
  en: {
    enlarge: "Enlarge",
    reduce: "Reduce",
    fit: "Show all",
    failed: "The diagram cannot be shown. The steps are listed on this page.",
  },
  ar: {
    enlarge: "تكبير",
    reduce: "تصغير",
    fit: "عرض الكل",
    failed: "تعذّر عرض المخطط. الخطوات مذكورة في هذه الصفحة.",
  },
};

// A diagram in something closed has no size yet: it is drawn when it is opened.
for (const place of document.querySelectorAll("[data-diagram]")) {
  const around = place.closest("details:not([open])");
  if (around) around.addEventListener("toggle", () => show(place), { once: true });
  else show(place);
}

async function show(place) {
  const language = place.closest("[lang]")?.lang.startsWith("ar") ? "ar" : "en";
  try {
    const xml = await source(place);
    await document.fonts.load(`12px "${font}"`, language === "ar" ? "إحالة" : "Ihala");
    const viewer = await opened(place, xml, language);
    mark(viewer, place.dataset.active, "ihala-active");
    mark(viewer, place.dataset.done, "ihala-done");
    mark(viewer, place.dataset.taken, "ihala-taken");
    mark(viewer, place.dataset.never, "ihala-never");
    heat(viewer, JSON.parse(place.dataset.heat ?? "{}"));
    if ("paper" in place.dataset) onPaper(place, viewer);
    else place.prepend(buttons(viewer.get("canvas"), words[language]));
    place.dataset.shown = "yes";
  } catch (error) {
    console.warn(error);
    place.dataset.shown = "no";
    place.append(Object.assign(document.createElement("p"), { className: "govuk-body", textContent: words[language].failed }));
  }
}

async function source(place) {
  if (!place.dataset.diagram) return place.querySelector('script[type="application/xml"]').textContent;
  const answer = await fetch(place.dataset.diagram, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${place.dataset.diagram}: ${answer.status}`);
  return answer.text();
}

async function opened(place, xml, language) {
  const canvas = place.appendChild(Object.assign(document.createElement("div"), { className: "ihala-diagram__canvas" }));
  const viewer = new NavigatedViewer({
    container: canvas,
    moddleExtensions: { ihala: named },
    textRenderer: { defaultStyle: { fontFamily: `"${font}", sans-serif` } },
    zoomScroll: { enabled: false }, // the wheel scrolls the page
  });
  if (language === "ar") viewer.on("import.parse.complete", ({ elementsById }) => inArabic(elementsById));
  await viewer.importXML(xml);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  return viewer;
}

function inArabic(elementsById) {
  for (const element of Object.values(elementsById ?? {})) {
    const name = element.get("ihala:nameAr");
    if (name) element.name = name;
  }
}

// A release may have lost an element that an older case passed: what is not drawn is not marked.
function mark(viewer, ids, marker) {
  const drawn = viewer.get("elementRegistry");
  for (const id of (ids ?? "").split(/\s+/).filter((id) => drawn.get(id))) viewer.get("canvas").addMarker(id, marker);
}

// Not by colour alone: the number and as many bars as it is strong. The links of the table do for the keyboard.
function heat(viewer, marks) {
  const drawn = viewer.get("elementRegistry");
  for (const [id, { text, level, href }] of Object.entries(marks).filter(([id]) => drawn.get(id))) {
    viewer.get("canvas").addMarker(id, `ihala-hot-${level}`);
    const html = Object.assign(document.createElement("a"), { className: `ihala-heat ihala-heat--${level}`, href, dir: "ltr", tabIndex: -1 });
    html.append(`${"▂▄▆█".slice(0, level)} `, Object.assign(document.createElement("bdi"), { textContent: text }));
    viewer.get("overlays").add(id, { position: { top: -16, left: -6 }, html });
  }
  viewer.on("element.click", ({ element }) => {
    if (marks[element.id]) location.assign(marks[element.id].href);
  });
}

// At this size letters of 12 units are 6 points on A3; what is larger is cut into parts that overlap a little.
const widest = 2200;
const highest = 1250;
const overlap = 80;
const enlarged = 1.3; // where there is room for it

function onPaper(place, viewer) {
  const { x, y, width, height } = viewer.get("canvas").viewbox().inner;
  const drawing = place.querySelector(".djs-container > svg");
  drawing.querySelector(".viewport").removeAttribute("transform");
  const parts = [];
  for (const [top, tall] of cut(y, height, highest)) {
    for (const [left, wide] of cut(x, width, widest)) {
      const part = drawing.cloneNode(true);
      part.setAttribute("class", "ihala-print__drawing");
      part.setAttribute("viewBox", `${left - 10} ${top - 10} ${wide + 20} ${tall + 20}`);
      part.removeAttribute("height");
      part.setAttribute("width", Math.round((wide + 20) * enlarged));
      parts.push(part);
    }
  }
  viewer.destroy();
  place.replaceChildren(...parts);
}

function cut(begin, length, most) {
  const many = Math.ceil(length / most);
  const size = length / many;
  return Array.from({ length: many }, (_, number) => {
    const from = begin + number * size - (number ? overlap : 0);
    return [from, begin + (number + 1) * size - from];
  });
}

function buttons(canvas, said) {
  const group = Object.assign(document.createElement("div"), { className: "govuk-button-group ihala-diagram__buttons" });
  const zoom = (factor) => canvas.zoom(Math.min(largest, Math.max(smallest, canvas.zoom() * factor)));
  group.append(
    button(said.enlarge, () => zoom(step)),
    button(said.reduce, () => zoom(1 / step)),
    button(said.fit, () => canvas.zoom("fit-viewport", "auto")),
  );
  return group;
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "govuk-button govuk-button--secondary";
  made.addEventListener("click", act);
  return made;
}
