// What can be done with the whole drawing: undo, redo, copy, paste, show all of it, see it small, keep it as a picture.

import { paste } from "./copying.js";

export class Toolbar {
  constructor(modeler, place, words, name) {
    const stack = modeler.get("commandStack");
    const canvas = modeler.get("canvas");
    const undo = button(words.undo, () => stack.undo());
    const redo = button(words.redo, () => stack.redo());
    const fit = button(words.fit, () => canvas.zoom("fit-viewport", "auto"));
    const near = button(words.near, () => canvas.zoom(1));
    const picture = button(words.picture, async () => {
      const { svg } = await modeler.saveSVG();
      const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
      Object.assign(document.createElement("a"), { href: address, download: `${name}.svg` }).click();
      URL.revokeObjectURL(address);
    });
    const selection = modeler.get("selection");
    const clipboard = modeler.get("clipboard");
    const copy = button(words.copy, () => modeler.get("copyPaste").copy(selection.get()));
    const put = button(words.paste, () => paste(modeler));
    const map = button(words.map, () => {
      modeler.get("minimap").toggle();
      map.setAttribute("aria-pressed", modeler.get("minimap").isOpen());
    });
    map.setAttribute("aria-pressed", "false");
    place.replaceChildren(undo, redo, copy, put, fit, near, map, picture);
    const follow = () => {
      undo.disabled = !stack.canUndo();
      redo.disabled = !stack.canRedo();
    };
    const followCopies = () => {
      copy.disabled = !selection.get().length;
      put.disabled = clipboard.isEmpty();
    };
    modeler.on("commandStack.changed", follow);
    modeler.on(["selection.changed", "copyPaste.elementsCopied", "ihala.copied"], 100, followCopies);
    follow();
    followCopies();
  }
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "govuk-button govuk-button--secondary";
  made.addEventListener("click", act);
  return made;
}
