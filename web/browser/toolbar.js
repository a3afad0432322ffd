// What can be done with the whole drawing: undo, redo, show all of it, keep it as a picture.

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
    place.replaceChildren(undo, redo, fit, near, picture);
    const follow = () => {
      undo.disabled = !stack.canUndo();
      redo.disabled = !stack.canRedo();
    };
    modeler.on("commandStack.changed", follow);
    follow();
  }
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  made.className = "govuk-button govuk-button--secondary";
  made.addEventListener("click", act);
  return made;
}
