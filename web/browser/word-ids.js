// Gives what is drawn anew an id that is a word, made of its English name the first time it is named; from then on the
// id stays, because expressions, forms and cases know the element by it.

import { is } from "bpmn-js/lib/util/ModelUtil";
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";

const machine = /^(activity|event|gateway|flow|process|task|lane|participant|datastore\w*|dataobject\w*)_[0-9a-z]{6,8}$/i;
const longest = 40;

export const isMachineMade = (id) => machine.test(id);

// "Appoint an interpreter" -> appoint_an_interpreter; empty where the name has no Latin letter.
export function word(name) {
  const plain = (name ?? "").normalize("NFD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_\d]+|_+$/g, "");
  return plain.length > longest ? plain.slice(0, longest).replace(/_[^_]*$/, "") : plain;
}

export function wordIds(language) {
  WordIds.$inject = ["eventBus", "modeling", "moddle"];
  function WordIds(eventBus, modeling, moddle) {
    const english = (object) => object.get(language === "ar" ? "ihala:nameAr" : "name");
    new CommandInterceptor(eventBus).postExecuted(["element.updateProperties", "element.updateLabel"], 100, ({ context }) => {
      const element = context.element.labelTarget ?? context.element;
      const object = element.businessObject;
      if (is(object, "bpmn:Lane") || !isMachineMade(object.id)) return; // a lane is called as its role
      const made = free(word(english(object)), moddle);
      if (made) modeling.updateProperties(element, { id: made });
    });
  }
  return { __init__: ["ihalaWordIds"], ihalaWordIds: ["type", WordIds] };
}

function free(wanted, moddle) {
  if (!wanted || !moddle.ids.assigned(wanted)) return wanted;
  let number = 2;
  while (moddle.ids.assigned(`${wanted}_${number}`)) number += 1;
  return `${wanted}_${number}`;
}
