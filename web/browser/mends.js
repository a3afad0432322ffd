// What mends a problem of the checker where that is certain: a change, or the question whose answer mends it.

import { drawn } from "./changes.js";
import { bringIntoSight } from "./steps.js";
import { isMachineMade, word } from "./word-ids.js";

const formulas = ["build", "condition", "time", "script", "eventCondition"];

// By the code of the problem: the questions of the panel that answer it, the first one that is asked.
const questions = {
  lane_missing: ["role"],
  lane_unknown: ["laneRole"],
  purpose_unknown: ["purpose"],
  same_person_unknown: ["notBy"],
  operation_missing: ["operation"],
  operation_unknown: ["operation"],
  operation_input: ["given"],
  decision_unknown: ["decision"],
  called_process_missing: ["called"],
  called_process_unknown: ["called"],
  reference_missing: ["message", "signal", "error", "escalation"],
  timer_text: ["time"],
  timer_text_missing: ["time"],
  condition_missing: ["build", "condition"],
  expression_unreadable: formulas,
  expression_empty: formulas,
  function_unknown: formulas,
  variable_unknown: formulas,
  answer_unknown: ["build", "condition"],
  option_unknown: ["value", "condition"],
  python_condition: ["condition"],
  condition_event_empty: ["eventCondition"],
  script_missing: ["script"],
  script_line: ["script"],
  repetition_without_list: ["collection"],
};

export class Mends {
  constructor(modeler, panel, words, language) {
    Object.assign(this, { modeler, panel, words, language });
  }

  // Each mend: its words, and what it does.
  of({ code, element: id }) {
    const element = drawn(this.modeler, id);
    if (!element) return [];
    const certain = this[code]?.(element, element.businessObject);
    if (certain) return certain;
    return questions[code] ? [this.question(element, questions[code])] : [];
  }

  question(element, keys) {
    return {
      words: this.words.mendAnswer,
      act: () => {
        bringIntoSight(this.modeler, element);
        const asked = keys.flatMap((key) => [...this.panel.querySelectorAll(`#panel-${key}, [id^="panel-${key}-"]`)])[0];
        asked?.scrollIntoView({ block: "center" });
        asked?.focus();
      },
    };
  }

  change(words, element, act) {
    return {
      words,
      act: () => {
        act(this.modeler.get("modeling"));
        bringIntoSight(this.modeler, element);
      },
    };
  }

  english(object) {
    return object.get(this.language === "ar" ? "ihala:nameAr" : "name");
  }

  name_missing(element) {
    const own = element.businessObject.processRef ?? element.businessObject;
    const prefix = element.businessObject.processRef ? "process_" : "";
    return [this.question(element, [prefix + (this.english(own) ? "arabic" : "english")])];
  }

  id_no_word(element, object) {
    const made = word(this.english(object));
    if (!isMachineMade(object.id) && !made) return [];
    if (!made) return [this.question(element, ["english"])];
    const ids = this.modeler.get("moddle").ids;
    let id = made;
    for (let number = 2; ids.assigned(id); number += 1) id = `${made}_${number}`;
    return [this.change(this.words.mendId.replace("{id}", id), element, (modeling) => modeling.updateProperties(element, { id }))];
  }

  // An arrow without a condition can only be the default; where all have one, any of them may become it.
  default_missing(element) {
    const arrows = element.outgoing.filter((arrow) => arrow.type === "bpmn:SequenceFlow");
    const free = arrows.filter((arrow) => !arrow.businessObject.conditionExpression);
    return (free.length ? free : arrows).map((arrow) => {
      const flow = arrow.businessObject;
      const target = flow.name || flow.targetRef.name || flow.targetRef.id;
      return this.change(this.words.mendDefault.replace("{name}", target), element, (modeling) => {
        modeling.updateProperties(element, { default: flow });
        if (flow.conditionExpression) modeling.updateProperties(arrow, { conditionExpression: undefined });
      });
    });
  }

  condition_ignored(element) {
    if (!element.waypoints) return [];
    return [this.change(this.words.mendCondition, element, (modeling) => modeling.updateProperties(element, { conditionExpression: undefined }))];
  }

  step_without_kind(element) {
    return [
      {
        words: this.words.mendKind,
        act: () => bringIntoSight(this.modeler, this.modeler.get("bpmnReplace").replaceElement(element, { type: "bpmn:UserTask" })),
      },
    ];
  }
}
