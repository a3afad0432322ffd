// The keys of the canvas, as a list beside it: each does what it says while the canvas has the focus.

const keys = [
  ["Ctrl+Z", "undo"],
  ["Ctrl+Y", "redo"],
  ["Ctrl+C", "copy"],
  ["Ctrl+X", "keyCut"],
  ["Ctrl+V", "paste"],
  ["Ctrl+D", "keyDouble"],
  ["Ctrl+A", "keyAll"],
  ["Ctrl+F", "keyFind"],
  ["Delete", "keyRemove"],
  ["E", "keyName"],
  ["R", "keyKind"],
  ["C", "keyConnect"],
  ["L", "keyLasso"],
  ["H", "keyHand"],
  ["S", "keySpace"],
  ["← ↑ → ↓", "keyMove"],
  ["Ctrl+← ↑ → ↓", "keyCanvas"],
  ["Ctrl++, Ctrl+-", "keyZoom"],
];

export function listKeys(place, words) {
  const list = Object.assign(document.createElement("dl"), { className: "ihala-keys" });
  for (const [key, word] of keys) {
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { dir: "ltr", textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: words[word] }));
  }
  const hint = Object.assign(document.createElement("p"), { className: "govuk-hint", textContent: words.keysHint });
  place.replaceChildren(Object.assign(document.createElement("summary"), { textContent: words.keys }), hint, list);
}
