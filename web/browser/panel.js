// What the selected element says, in questions a process owner understands; every answer is one step of undo.

import { is } from "bpmn-js/lib/util/ModelUtil";

import { arrangement } from "./arrange.js";
import { processOf, setMapping } from "./changes.js";
import { ConditionBuilder } from "./condition.js";
import { Formula } from "./formula.js";
import { Inputs } from "./inputs.js";
import { said } from "./panel-words.js";

const people = ["bpmn:UserTask", "bpmn:ManualTask"];
const mapped = ["bpmn:ServiceTask", "bpmn:BusinessRuleTask", "bpmn:CallActivity", "bpmn:SendTask"];
const references = { message: "Message", signal: "Signal", error: "Error", escalation: "Escalation" };
const times = ["timeDuration", "timeDate", "timeCycle"];

export class Panel extends Inputs {
  constructor(modeler, place, language, known, choices, reading, forms) {
    super(said(language));
    Object.assign(this, { modeler, place, language, known, choices, reading, forms });
    modeler.on("selection.changed", ({ newSelection }) => this.show(newSelection));
    modeler.on("elements.changed", ({ elements }) => {
      // not before the focus has come to where it goes: whoever tabs from a changed line is still answering
      setTimeout(() => elements.includes(this.element) && this.changed());
    });
    this.show([]);
  }

  changed() {
    if (this.place.contains(document.activeElement)) this.place.querySelector("bdi").textContent = this.element.id;
    else this.show([this.element]);
  }

  show(selection) {
    const [element] = selection;
    this.element = selection.length === 1 ? (element.labelTarget ?? element) : null;
    if (!selection.length && is(this.sheet, "bpmn:Process")) this.element = this.sheet; // a process without a pool
    const parts = this.element ? this.questions(this.element) : [paragraph(selection.length ? this.words.several : this.words.nothing)];
    if (!selection.length && this.element) parts.unshift(paragraph(this.words.nothing));
    if (selection.length > 1) parts.push(arrangement(this.modeler, selection, this.words));
    this.place.replaceChildren(...parts.filter(Boolean));
  }

  get sheet() {
    return this.modeler.get("canvas").getRootElement();
  }

  // Which questions an element is asked -----------------------------------------------------------------------------
  questions(element) {
    const object = element.businessObject;
    const one = (types) => types.some((type) => is(object, type));
    const [canvas, other] = this.language === "ar" ? ["arabic", "english"] : ["english", "arabic"];
    const loop = object.loopCharacteristics;
    return [
      paragraph(`${this.words.id}: `, object.id),
      ...(this.problems?.of(element) ?? []),
      "name" in object.$descriptor.propertiesByName && this.text(canvas, object.name, this.property("name")),
      this.text(other, object.get("ihala:nameAr"), this.property("ihala:nameAr")),
      ...(processOf(element) ? this.ofProcess(processOf(element), canvas, other) : []),
      one(["bpmn:Lane"]) && this.among("laneRole", object.id, this.choices.roles, (role) => role && this.update({ id: role })),
      ...(one(people) ? this.ofPeople(object) : []),
      ...(one(["bpmn:ServiceTask"]) ? this.ofOperation(object) : []),
      one(["bpmn:BusinessRuleTask"]) && this.among("decision", object.get("ihala:decision"), this.choices.decisions, this.property("ihala:decision")),
      one(["bpmn:CallActivity"]) && this.among("called", object.calledElement, this.choices.processes, this.property("calledElement")),
      one(["bpmn:CallActivity"]) && paragraph(this.words.calledVersion),
      ...(one(["bpmn:SendTask", "bpmn:ReceiveTask"]) ? this.ofMessage(object, object) : []),
      one(["bpmn:ScriptTask"]) && this.lines("script", object.script, (script) => this.update({ script, scriptFormat: "feel" })),
      one(["bpmn:SequenceFlow"]) && this.condition(object),
      one(["bpmn:SequenceFlow"]) && this.isDefault(object),
      ...(object.eventDefinitions ?? []).flatMap((definition) => this.ofTrigger(object, definition)),
      ...(one(mapped) ? ["Input", "Output"].map((kind) => this.mappings(object, kind)) : []),
      ...(loop ? this.ofLoop(loop) : []),
      ...["documentation", "documentationAr"].map((key) => {
        const inArabic = key === "documentationAr";
        return this.lines(key, documented(object, inArabic)?.text, (text) => this.document(object, text, inArabic), "auto");
      }),
    ];
  }

  ofPeople(object) {
    const own = (name, direction = "ltr") => this.text(name, object.get(`ihala:${name}`), this.property(`ihala:${name}`), direction);
    return [
      this.offering(own("role"), this.choices.roles.map(([role, words]) => [`"${role}"`, words])),
      own("organisation"),
      this.among("purpose", object.get("ihala:purpose"), this.choices.purposes, this.property("ihala:purpose")),
      this.among("notBy", object.get("ihala:notBy"), this.choices.tasks, this.property("ihala:notBy")),
      is(object, "bpmn:UserTask") && this.formOf(object),
      this.choice("priority", object.get("ihala:priority") ?? "normal", ["normal", "high", "immediate"], (value) =>
        this.update({ "ihala:priority": value === "normal" ? undefined : value }),
      ),
      this.tick("joinsTeam", object.get("ihala:joinsTeam") === "false", (on) => this.update({ "ihala:joinsTeam": on ? "false" : undefined })),
    ];
  }

  formOf(object) {
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", textContent: this.words.form });
    link.href = `${this.forms}?${new URLSearchParams({ task: object.id })}`;
    const around = paragraph("");
    around.append(link);
    return around;
  }

  ofTrigger(object, definition) {
    const kind = definition.$type.replace(/^bpmn:|EventDefinition$/g, "").toLowerCase();
    if (kind === "timer") return this.ofTimer(object, definition);
    if (kind === "conditional") {
      const set = (text) => this.updateIn(definition, { condition: this.expression(text) });
      return [this.lines("eventCondition", definition.condition?.body, set)];
    }
    if (!references[kind]) return [];
    if (kind === "message") return this.ofMessage(object, definition);
    const key = `${kind}Ref`;
    return [this.text(kind, definition[key]?.name, (name) => this.updateIn(definition, { [key]: name ? this.root(references[kind], name) : undefined }))];
  }

  // A message by its name, with what finds the one case that waits for it.
  ofMessage(object, holder) {
    const set = (name) => this.updateIn(holder, { messageRef: name ? this.root("Message", name) : undefined });
    const own = (name) => (value) => this.updateIn(holder, { [`ihala:${name}`]: value || undefined });
    return [
      this.offering(this.text("message", holder.messageRef?.name, set), this.choices.messages.map((name) => [name, name])),
      this.text("correlation", holder.get("ihala:correlation"), own("correlation"), "ltr"),
      this.choice("reach", holder.get("ihala:reach") ?? "case", ["case", "mechanism"], (value) => own("reach")(value === "case" ? "" : value)),
    ];
  }

  // The process that a pool, or the whole sheet, stands for.
  ofProcess(process, canvas, other) {
    const set = (name) => (value) => this.updateIn(process, { [name]: value || undefined });
    const isPool = process !== this.element.businessObject;
    return [
      isPool && this.text(`process_${canvas}`, process.name, set("name")),
      isPool && this.text(`process_${other}`, process.get("ihala:nameAr"), set("ihala:nameAr")),
      this.tick("executable", process.isExecutable === true, (on) => this.updateIn(process, { isExecutable: on })),
    ];
  }

  // An operation of the mechanism, and each input it needs in its own words.
  ofOperation(object) {
    const name = object.get("ihala:operation");
    const given = (input) => (object.extensionElements?.values ?? []).find((one) => one.$type === "ihala:Input" && one.name === input)?.expression;
    const asked = (this.choices.inputs[name] ?? []).map(([input, words, isOptional]) => {
      const question = this.lines("given", given(input), (text) => setMapping(this.modeler, this.element, "ihala:Input", input, text.replaceAll("\n", " ")));
      const [label, area] = question.children;
      area.id = label.htmlFor = `panel-given-${input}`;
      area.rows = 1;
      label.textContent = `${words}${isOptional ? ` (${this.words.optional})` : ""} (FEEL)`;
      return question;
    });
    const set = (value) => {
      this.property("ihala:operation")(value);
      this.show([this.element]);
      this.place.querySelector("#panel-operation").focus();
    };
    return [this.among("operation", name, this.choices.operations, set), ...asked];
  }

  isDefault(flow) {
    const source = flow.sourceRef;
    const shape = this.element.source;
    if (!("default" in source.$descriptor.propertiesByName) || shape.outgoing.length < 2) return null;
    return this.tick("isDefault", source.default === flow, (on) => this.modeler.get("modeling").updateProperties(shape, { default: on ? flow : undefined }));
  }

  ofTimer(object, definition) {
    const kind = times.find((one) => definition[one]) ?? "timeDuration";
    const set = (chosen, text) =>
      this.updateIn(definition, Object.fromEntries(times.map((one) => [one, one === chosen && text ? this.expression(text) : undefined])));
    const present = () => times.find((one) => definition[one]) ?? kind;
    return [
      this.choice("timeKind", kind, times, (chosen) => set(chosen, definition[present()]?.body)),
      this.text("time", definition[kind]?.body, (text) => set(present(), text), "ltr"),
      this.tick("working", object.get("ihala:calendar") === "working" || definition.get("ihala:calendar") === "working", (on) =>
        this.update({ "ihala:calendar": on ? "working" : undefined }),
      ),
      is(object, "bpmn:BoundaryEvent") &&
        this.tick("deadline", object.get("ihala:deadline") === "true", (on) => this.update({ "ihala:deadline": on ? "true" : undefined })),
    ];
  }

  ofLoop(loop) {
    const formula = (key, name) => this.text(key, loop[name]?.body, (text) => this.updateIn(loop, { [name]: this.expression(text) }), "ltr");
    if (is(loop, "bpmn:StandardLoopCharacteristics")) {
      const most = (text) => this.updateIn(loop, { loopMaximum: text ? Number(text) : undefined });
      return [formula("loopWhile", "loopCondition"), this.text("loopMost", loop.loopMaximum?.toString(), most, "ltr")];
    }
    const own = (name) => this.text(name, loop.get(`ihala:${name}`), (value) => this.updateIn(loop, { [`ihala:${name}`]: value || undefined }), "ltr");
    return [own("collection"), own("item"), formula("loopTimes", "loopCardinality"), formula("loopUntil", "completionCondition")];
  }

  condition(flow) {
    const chooses = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:Activity"].some((type) => is(flow.sourceRef, type));
    if (!chooses) return null;
    const text = flow.conditionExpression?.body ?? "";
    const written = this.lines("condition", text, (typed) => this.update({ conditionExpression: this.expression(typed) }));
    const area = written.querySelector("textarea");
    const formula = new Formula(area, this.known, this.words, this.reading);
    const built = new ConditionBuilder(this.known, this.words, text, (made) => {
      area.value = made;
      formula.read();
      this.update({ conditionExpression: this.expression(made) });
    });
    const both = document.createElement("div");
    both.append(...(this.known.length ? [built.element] : []), written);
    return both;
  }

  // One a line: name = FEEL. What else stands among the extensions of other tools is kept.
  mappings(object, kind) {
    const type = `ihala:${kind}`;
    const extensions = object.extensionElements;
    const own = (extensions?.values ?? []).filter((value) => value.$type === type);
    const written = own.map((one) => `${one.name} = ${one.expression ?? ""}`).join("\n");
    const factory = this.modeler.get("bpmnFactory");
    return this.lines(`${kind.toLowerCase()}s`, written, (text) => {
      const fresh = text
        .split("\n")
        .filter((line) => line.trim())
        .map((line) => {
          const [name, ...expression] = line.split("=");
          return factory.create(type, { name: name.trim(), expression: expression.join("=").trim() });
        });
      const kept = (object.extensionElements?.values ?? []).filter((value) => value.$type !== type);
      const values = [...kept, ...fresh];
      this.update({ extensionElements: values.length ? factory.create("bpmn:ExtensionElements", { values }) : undefined });
    });
  }

  // The English documentation stands first, the Arabic one says its language.
  document(object, text, inArabic) {
    const former = documented(object, inArabic);
    const kept = (object.documentation ?? []).filter((one) => one !== former);
    const written = text ? [this.modeler.get("bpmnFactory").create("bpmn:Documentation", { text, ...(inArabic && { "xml:lang": "ar" }) })] : [];
    this.update({ documentation: inArabic ? [...kept, ...written] : [...written, ...kept] });
  }

  // Changing the model ------------------------------------------------------------------------------------------------
  property(name) {
    return (value) => this.update({ [name]: value || undefined });
  }

  update(properties) {
    this.modeler.get("modeling").updateProperties(this.element, properties);
  }

  updateIn(inner, properties) {
    this.modeler.get("modeling").updateModdleProperties(this.element, inner, properties);
  }

  expression(body) {
    return body ? this.modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
  }

  // The message, signal, error or escalation of that name; a new one where there is none.
  root(kind, name) {
    const definitions = this.modeler.getDefinitions();
    const found = definitions.rootElements.find((one) => one.$type === `bpmn:${kind}` && one.name === name);
    if (found) return found;
    const made = this.modeler.get("bpmnFactory").create(`bpmn:${kind}`, { name });
    if (kind === "Error") made.errorCode = name;
    if (kind === "Escalation") made.escalationCode = name;
    made.$parent = definitions;
    this.updateIn(definitions, { rootElements: [...definitions.rootElements, made] });
    return made;
  }
}

function documented(object, inArabic) {
  return (object.documentation ?? []).find((one) => (one.$attrs["xml:lang"] ?? "").startsWith("ar") === inArabic);
}

function paragraph(text, code) {
  const made = Object.assign(document.createElement("p"), { className: "govuk-hint", textContent: text });
  if (code) made.append(Object.assign(document.createElement("bdi"), { dir: "ltr", textContent: code }));
  return made;
}
