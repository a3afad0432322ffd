// What can be done with several elements at once: bring them into line, or the same distance apart.

// In place of the menus of bpmn-js, whose inline styles a strict policy refuses.
export const noMenus = Object.fromEntries(
  ["alignElementsContextPadProvider", "alignElementsMenuProvider", "distributeElementsMenuProvider"].map((one) => [one, ["value", {}]]),
);

const lines = ["left", "center", "right", "top", "middle", "bottom"];
const distances = { spreadAcross: "horizontal", spreadDown: "vertical" };

export function arrangement(modeler, selection, words) {
  const place = Object.assign(document.createElement("div"), { className: "ihala-modeler__arrange" });
  const movable = selection.filter((one) => !one.waypoints && !one.labelTarget && one.type !== "bpmn:Lane" && one.type !== "bpmn:Participant");
  const offer = (key, least, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words[key], disabled: movable.length < least });
    button.className = "govuk-button govuk-button--secondary";
    button.addEventListener("click", act);
    place.append(button);
  };
  for (const line of lines) offer(`line_${line}`, 2, () => modeler.get("alignElements").trigger(movable, line));
  for (const [key, axis] of Object.entries(distances)) offer(key, 3, () => modeler.get("distributeElements").trigger(movable, axis));
  return place;
}
