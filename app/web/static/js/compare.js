// A change that is gone to stands at the head of the window. The keys n and p go from change to change; whoever does
// not want them switches them off, and that is remembered, for the keys of the reading view too (keyboard.js).
const OFF = "kelishim-keys-off";
let wanted;

export function compare(document) {
  if (!document.querySelector(".law-compared")) return;
  addEventListener("hashchange", showNamed);
  showNamed();
  const hint = document.querySelector(".compare-keys[data-keys]");
  if (hint) keys(document, hint);
}

function keys(document, hint) {
  const changes = [...document.querySelectorAll("[data-change]")];
  const choice = hint.querySelector("[data-keys-on]");
  hint.hidden = false;
  choice.checked = !areOff();
  choice.addEventListener("change", () => switchOff(!choice.checked));
  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    if (!step || !choice.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const target = changes[current(changes) + step];
    if (!target) return;
    event.preventDefault();
    history.replaceState(null, "", `#${target.id}`);
    target.focus({ preventScroll: true });
    show(target);
  });
}

function showNamed() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.closest(".law-compared")) show(target);
}

// Clauses that were not on the screen yet get their true height when they come near, so it is looked after again.
function show(target, frames = 6) {
  wanted = target;
  const settle = (left) => {
    if (target !== wanted) return;
    target.scrollIntoView({ block: "start" });
    if (left) requestAnimationFrame(() => settle(left - 1));
  };
  settle(frames);
}

// Where the reader is: at the change that has the focus, else at the last one whose beginning has been scrolled past.
function current(changes) {
  const focused = changes.findIndex((change) => change.contains(document.activeElement));
  if (focused >= 0) return focused;
  return changes.findLastIndex((change) => change.getBoundingClientRect().top < 0);
}

function areOff() {
  try { return Boolean(localStorage.getItem(OFF)); } catch { return false; }
}

function switchOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF);
  } catch {
    // A browser that keeps nothing keeps the keys on.
  }
}
