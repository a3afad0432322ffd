// The steps of the diagram as a list of buttons: the way to each element for whoever uses the keyboard or cannot see.

const shown = /^bpmn:(.*Task|Task|.*Event|.*Gateway|CallActivity|SubProcess|AdHocSubProcess|Transaction)$/;

const readable = 0.8;
const aside = { top: 120, left: 180, right: 120, bottom: 120 }; // the palette covers what is nearer to the edge

export function bringIntoSight(modeler, element, isOneMore = false) {
  const canvas = modeler.get("canvas");
  if (element === canvas.getRootElement()) return modeler.get("selection").select([]); // the whole sheet
  if (canvas.zoom() < readable) canvas.zoom(1);
  canvas.scrollToElement(element, aside);
  return modeler.get("selection").select(element, isOneMore);
}

export class StepList {
  constructor(modeler, place, words) {
    Object.assign(this, { modeler, place, words });
    modeler.on(["commandStack.changed"], () => this.write());
    this.write();
  }

  write() {
    const list = document.createElement("ol");
    list.className = "govuk-list";
    const elements = this.modeler.get("elementRegistry").filter((one) => shown.test(one.type) && one.type !== "label" && !one.labelTarget);
    for (const element of elements.sort((a, b) => a.x - b.x)) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "ihala-link-button", dir: "auto" });
      button.textContent = element.businessObject.name || element.id;
      button.addEventListener("click", (event) => {
        bringIntoSight(this.modeler, element, event.ctrlKey || event.metaKey || event.shiftKey);
      });
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    const title = document.createElement("summary");
    title.textContent = this.words.steps;
    const hint = document.createElement("p");
    hint.className = "govuk-hint";
    hint.textContent = this.words.stepsHint;
    this.place.replaceChildren(title, hint, list);
  }
}
