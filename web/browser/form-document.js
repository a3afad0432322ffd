// The form being edited: plain JSON, of which nothing is lost that the editor does not know, and its steps to undo.
//
// A path leads to a component: [2, 0] is the first one inside the third.

const containers = ["group", "dynamiclist"];

export class FormDocument extends EventTarget {
  constructor(text) {
    super();
    this.opened = text;
    this.steps = [{ form: JSON.parse(text), path: null }];
    this.now = 0;
    if (!Array.isArray(this.form?.components)) throw new TypeError("a form has a list of components");
  }

  get form() {
    return this.steps[this.now].form;
  }

  get path() {
    return this.steps[this.now].path;
  }

  get chosen() {
    return this.path && componentAt(this.form, this.path);
  }

  get isChanged() {
    return this.now > 0;
  }

  // As it was opened where nothing was changed, so that saving it makes no difference.
  get text() {
    return this.isChanged ? `${JSON.stringify(this.form, null, 2)}\n` : this.opened;
  }

  get canRedo() {
    return this.now < this.steps.length - 1;
  }

  select(path) {
    this.steps[this.now].path = path;
    this.dispatchEvent(new Event("selected"));
  }

  // `act` changes a copy of the form and gives the component that is chosen then.
  change(act) {
    const form = structuredClone(this.form);
    const component = act(form, this.path && componentAt(form, this.path));
    this.steps = [...this.steps.slice(0, this.now + 1), { form, path: pathOf(form, component) }];
    this.now += 1;
    this.dispatchEvent(new Event("changed"));
  }

  go(by) {
    if (!this.steps[this.now + by]) return;
    this.now += by;
    this.dispatchEvent(new Event("changed"));
  }

  add(component) {
    this.change((form, chosen) => {
      if (chosen && containers.includes(chosen.type)) (chosen.components ??= []).push(component);
      else if (chosen) insert(listOf(form, chosen), chosen, component, 1);
      else form.components.push(component);
      return component;
    });
  }

  copy() {
    this.change((form, chosen) => {
      const copied = structuredClone(chosen);
      for (const one of [copied, ...inside(copied)]) rename(one, form);
      insert(listOf(form, chosen), chosen, copied, 1);
      return copied;
    });
  }

  remove() {
    this.change((form, chosen) => {
      const list = listOf(form, chosen);
      const place = list.indexOf(chosen);
      list.splice(place, 1);
      return list[place] ?? list[place - 1];
    });
  }

  // One place up (-1) or down (1): past its neighbour, into a group it meets, out of the group it leaves.
  move(by) {
    const { form, path } = this;
    const siblings = listAt(form, path);
    if (path.length === 1 && !siblings[path.at(-1) + by]) return;
    this.change((copy, chosen) => {
      const list = listAt(copy, path);
      const neighbour = list[path.at(-1) + by];
      list.splice(path.at(-1), 1);
      if (!neighbour) {
        const group = componentAt(copy, path.slice(0, -1));
        insert(listOf(copy, group), group, chosen, by > 0 ? 1 : 0);
      } else if (containers.includes(neighbour.type) && !containers.includes(chosen.type)) {
        neighbour.components ??= [];
        neighbour.components.splice(by > 0 ? 0 : neighbour.components.length, 0, chosen);
      } else insert(list, neighbour, chosen, by > 0 ? 1 : 0);
      return chosen;
    });
  }

  // Before the component at `to`, as it was dropped there; not into itself.
  drop(from, to) {
    if (from.every((one, depth) => one === to[depth])) return;
    this.change((form) => {
      const [moved, target] = [componentAt(form, from), componentAt(form, to)];
      const [source, list] = [listOf(form, moved), listOf(form, target)];
      source.splice(source.indexOf(moved), 1);
      insert(list, target, moved, 0);
      return moved;
    });
  }
}

export function* inside(component) {
  for (const one of component.components ?? []) {
    yield one;
    yield* inside(one);
  }
}

// The name of a question: of a list it is called `path`.
export function keyName(component) {
  return component.type === "dynamiclist" ? "path" : "key";
}

// A name that no other component of the form has.
export function freeName(form, wanted) {
  const taken = new Set([...inside(form)].flatMap((one) => [one.id, one.key, one.path]));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  let number = 2;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

function rename(component, form) {
  const key = keyName(component);
  const fresh = freeName(form, component[key] || component.id || component.type);
  if (component[key]) component[key] = fresh;
  component.id = fresh;
}

function componentAt(form, path) {
  return path.reduce((found, place) => found?.components?.[place], form);
}

function listAt(form, path) {
  return componentAt(form, path.slice(0, -1)).components;
}

function listOf(form, component) {
  return listAt(form, pathOf(form, component));
}

function pathOf(parent, component) {
  for (const [place, one] of (parent.components ?? []).entries()) {
    if (one === component) return [place];
    const deeper = pathOf(one, component);
    if (deeper) return [place, ...deeper];
  }
  return null;
}

function insert(list, neighbour, component, after) {
  list.splice(list.indexOf(neighbour) + after, 0, component);
}
