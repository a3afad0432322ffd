// Draws again once the pointer is up and the attention has moved: what is clicked or tabbed to is still there until then.

let isDown = false;
const released = ["pointerup", "pointercancel"];
document.addEventListener("pointerdown", () => (isDown = true), true);
for (const event of released) document.addEventListener(event, () => (isDown = false), true);

export function redraw(act) {
  setTimeout(() => {
    if (!isDown) return act();
    for (const event of released) document.addEventListener(event, () => setTimeout(act), { once: true });
  });
}
