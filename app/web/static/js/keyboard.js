// Single keys for those who read all day: from clause to clause, and what is done with one. They can be switched off
// (WCAG 2.1.4), never act while somebody types, and do nothing that a link or a button does not do too.
const OFF = "kelishim-keys-off";

export function keyboard(document) {
  const text = document.querySelector(".reading .law");
  const section = document.querySelector("[data-reading-keys]");
  if (!text || !section) return;
  const help = dialog(document, section);
  let current = null;

  const clauses = () => [...text.querySelectorAll(".clause[data-clause]")];
  const marked = () => [...text.querySelectorAll(".clause:is(.is-contested, .is-changed, .is-marked)")];

  function place() {
    const focused = document.activeElement?.closest?.(".law .clause");
    if (focused) return focused;
    if (current?.isConnected && near(current)) return current;
    return null;
  }

  function step(row, forward) {
    const here = place();
    const beyond = (clause) => here
      ? here.compareDocumentPosition(clause) & (forward ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING)
      : (forward ? clause.getBoundingClientRect().bottom > 80 : clause.getBoundingClientRect().top < 0);
    const found = forward ? row.find(beyond) : row.findLast(beyond);
    if (found) focus(found);
  }

  function focus(clause) {
    current = clause;
    clause.tabIndex = -1;
    clause.focus({ preventScroll: true });
    clause.scrollIntoView({ block: "center" });
  }

  // Where nothing has focus yet, a key acts on the clause that is being read.
  const read = () => place() ?? clauses().find((clause) => clause.getBoundingClientRect().bottom > innerHeight * 0.3);
  const press = (selector) => read()?.querySelector(selector)?.click();

  function search() {
    const field = document.querySelector('input[name="q"]');
    field?.focus();
    return Boolean(field);
  }

  const deeds = {
    j: () => step(clauses(), true), n: () => step(clauses(), true),
    k: () => step(clauses(), false), p: () => step(clauses(), false),
    N: () => step(marked(), true), P: () => step(marked(), false),
    c: () => press('[data-then="comment"]'), e: () => press("[data-propose]"), l: () => press("[data-copy-link]"),
    "/": search, "?": help.open,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (event.key === "Escape" && document.querySelector(".contents:target")) location.hash = "text";
    if (!help.wanted() || help.isOpen() || !Object.hasOwn(deeds, event.key)) return;
    if (deeds[event.key]() !== false) event.preventDefault();
  });
}

const near = (clause) => clause.getBoundingClientRect().bottom > -innerHeight && clause.getBoundingClientRect().top < 2 * innerHeight;
export const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

// Makes a dialog of the section that lists the keys, and opens it from its link.
export function dialog(document, section) {
  const frame = document.createElement("dialog");
  frame.className = "keys-dialog";
  frame.setAttribute("aria-labelledby", "keys-head");
  section.before(frame);
  section.removeAttribute("id");
  frame.append(section);
  for (const hidden of section.querySelectorAll(".keys-switch, .keys-close")) hidden.hidden = false;

  const box = section.querySelector("[data-keys-switch]");
  const wanted = () => { try { return !localStorage.getItem(OFF); } catch { return true; } };
  box.checked = wanted();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1");
    } catch {
      // A browser that keeps nothing keeps the keys on.
    }
  });
  section.querySelector("[data-keys-close]").addEventListener("click", () => frame.close());
  const open = () => { frame.showModal(); section.querySelector("h2").focus(); };
  document.querySelector("[data-keys-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  return { open, wanted, isOpen: () => frame.open };
}
