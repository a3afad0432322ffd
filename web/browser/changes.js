// Changes of an element that several parts of the modeler make; each is one step of undo.

// The shape or arrow that stands for an id: a process is drawn as its pool, or is the sheet itself.
export function drawn(modeler, id) {
  const found = modeler.get("elementRegistry").get(id);
  if (found) return found;
  const pool = modeler.get("elementRegistry").find((one) => one.businessObject?.processRef?.id === id);
  return pool ?? null;
}

export function processOf(element) {
  const object = element.businessObject;
  return object.$type === "bpmn:Process" ? object : object.processRef;
}

export function expression(modeler, body) {
  return body ? modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
}

// Inputs or outputs, by name: those of the same name are written anew, everything else among the extensions is kept.
export function setMapping(modeler, element, type, name, text) {
  const factory = modeler.get("bpmnFactory");
  const before = element.businessObject.extensionElements?.values ?? [];
  const place = before.findIndex((one) => one.$type === type && one.name === name);
  const values = before.filter((_, index) => index !== place);
  if (text) values.splice(place < 0 ? values.length : place, 0, factory.create(type, { name, expression: text }));
  const extensionElements = values.length ? factory.create("bpmn:ExtensionElements", { values }) : undefined;
  modeler.get("modeling").updateProperties(element, { extensionElements });
}

// What a word of another tool says, in our words: one change of the element for each part.
export function apply(modeler, element, mend) {
  const modeling = modeler.get("modeling");
  const object = element.businessObject;
  if (mend.properties) modeling.updateProperties(element, mend.properties);
  if (mend.condition) modeling.updateProperties(element, { conditionExpression: expression(modeler, mend.condition) });
  if (mend.script) modeling.updateProperties(element, { script: mend.script, scriptFormat: "feel" });
  if (mend.loop) modeling.updateModdleProperties(element, object.loopCharacteristics, mend.loop);
  if (mend.executable) modeling.updateModdleProperties(element, processOf(element), { isExecutable: true });
  if (mend.instructions) {
    const documentation = [modeler.get("bpmnFactory").create("bpmn:Documentation", { text: mend.instructions }), ...(object.documentation ?? [])];
    modeling.updateProperties(element, { documentation });
  }
  for (const [side, type] of [["inputs", "ihala:Input"], ["outputs", "ihala:Output"]]) {
    for (const [name, text] of mend[side] ?? []) setMapping(modeler, element, type, name, text);
  }
}
