// Copies keep what bpmn-js would drop, and can be pasted in another tab of the studio as well.
//
// What was copied goes from tab to tab and is never stored, so nothing of it stays in the browser.

const early = 2000;

export const copying = { __init__: ["ihalaCopying"], ihalaCopying: ["type", Copying] };

Copying.$inject = ["bpmnjs", "eventBus", "moddle", "bpmnFactory", "clipboard"];
function Copying(bpmnjs, eventBus, moddle, bpmnFactory, clipboard) {
  // The language of instructions is no property that bpmn-js knows: without it the Arabic ones would become English.
  eventBus.on("moddleCopy.canCopyProperty", early, ({ property }) => {
    if (property?.$type !== "bpmn:Documentation" || !property.$attrs["xml:lang"]) return undefined;
    return bpmnFactory.create("bpmn:Documentation", { text: property.text, "xml:lang": property.$attrs["xml:lang"] });
  });
  // A message, signal, error or escalation of the same name is the same one, whatever file it comes from.
  eventBus.on("copyPaste.pasteElement", early, ({ descriptor }) => {
    const pointed = descriptor.referencedRootElement;
    const there = pointed && bpmnjs.getDefinitions().rootElements.find((one) => one.$type === pointed.$type && one.name === pointed.name);
    if (there) descriptor.referencedRootElement = there;
  });

  const tabs = new BroadcastChannel("ihala-copied");
  const tell = () => clipboard.isEmpty() || tabs.postMessage({ copied: JSON.stringify(clipboard.get(), packed) });
  eventBus.on("copyPaste.elementsCopied", ({ hints, tree }) => {
    if (hints?.clip === false) return;
    clipboard.set(tree);
    tell();
  });
  tabs.addEventListener("message", ({ data }) => {
    if (data.asked) return tell();
    clipboard.set(JSON.parse(data.copied, unpacked(moddle)));
    return eventBus.fire("ihala.copied");
  });
  tabs.postMessage({ asked: true });
}

// Attributes that moddle does not know, as the language of instructions, are hidden from JSON.
function packed(_, value) {
  return value?.$type ? { ...value, ...value.$attrs } : value;
}

const unpacked = (moddle) => (_, value) => {
  if (!value?.$type) return value;
  const { $type, ...own } = value;
  return moddle.create($type, own);
};

// Pasted beside the middle of what is in sight, into the pool or lane that is drawn there: for whoever has no mouse.
export function paste(modeler) {
  const canvas = modeler.get("canvas");
  const sight = canvas.viewbox();
  const point = { x: sight.x + sight.width / 2, y: sight.y + sight.height / 2 };
  const holds = ({ x, y, width, height, type }) => ["bpmn:Participant", "bpmn:SubProcess"].includes(type) && point.x > x && point.x < x + width && point.y > y && point.y < y + height;
  const pools = modeler.get("elementRegistry").filter((one) => one.type === "bpmn:Participant");
  const around = modeler.get("elementRegistry").filter(holds).at(-1) ?? pools[0];
  if (around && !holds(around)) Object.assign(point, { x: around.x + around.width / 2, y: around.y + around.height / 2 });
  const made = modeler.get("copyPaste").paste({ element: around ?? canvas.getRootElement(), point });
  modeler.get("selection").select(made.filter((one) => !one.labelTarget && !made.includes(one.parent)));
}
