// Words chosen in the text of a clause, by pointer or finger, come into the field "On these words" of its comment form.
import { WORD, edges, occurrence, said } from "./words.js";

export function quoting(document) {
  let button = null;
  let waiting = null; // words chosen in the reading text, until the margin has its form

  // Where words can be chosen: the clause on its own page, in the margin, in the reading text; what an amendment says.
  function chosen() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const node = range.commonAncestorContainer;
    const element = node.nodeType === 1 ? node : node.parentElement;
    const words = element?.closest(".law-single .words, .margin-words, .clause[data-clause] > .words, .amendment-changes ins, .rationale-full");
    if (!words) return null;
    const reading = words.parentElement.matches(".clause[data-clause]") ? words.parentElement : null;
    if (reading?.matches(".is-changed, .is-marked")) return null; // a redline or brackets: not the clause's own words
    const form = reading ? null : document.querySelector("[data-quote]");
    const opener = reading?.querySelector('[data-then="comment"]');
    if (!form && !opener) return null;
    const text = said(words);
    const [start, end] = edges(text, said(words, range));
    const quote = text.slice(start, end);
    return WORD.test(quote) ? { quote, number: occurrence(text, quote, start), range, form, opener } : null;
  }

  function fill(words, field = document.querySelector("[data-quote]")) {
    if (!field) return;
    field.value = words.quote;
    field.dataset.from = "text";
    const number = field.form.querySelector("[data-occurrence]");
    if (number) number.value = words.number;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(words) {
    const template = document.querySelector("[data-quote-button]");
    button?.remove();
    button = template ? template.content.firstElementChild.cloneNode(true) : null;
    if (!button) return;
    document.body.append(button);
    const box = words.range.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = button;
    const below = box.bottom + 8 + height < innerHeight ? box.bottom + 8 : Math.max(8, box.top - height - 8);
    button.style.insetBlockStart = `${below}px`;
    button.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the choice stays chosen
    button.addEventListener("click", () => take(words));
  }

  function take(words) {
    button?.remove();
    button = null;
    if (words.opener) {
      waiting = words;
      words.opener.click();
      return;
    }
    fill(words);
    document.querySelector("#body-new")?.focus();
  }

  function look() {
    const words = chosen();
    if (!words) {
      button?.remove();
      button = null;
      return;
    }
    const field = words.form;
    if (field && (!field.value || field.dataset.from === "text")) fill(words, field);
    offer(words);
  }

  document.addEventListener("pointerup", () => setTimeout(look, 10));
  document.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") look(); });
  let settling;
  document.addEventListener("selectionchange", () => { // fingers move the ends of a choice without a pointer's up
    clearTimeout(settling);
    settling = setTimeout(look, 400);
  });
  document.addEventListener("margin-filled", () => {
    if (waiting) fill(waiting);
    waiting = null;
  });
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target.matches?.("[data-quote]")) delete event.target.dataset.from;
  });
}
