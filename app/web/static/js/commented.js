// While a clause is in the margin, the words that comments are about stand out in the reading text too.
import { rangeOf, said } from "./words.js";

const NAME = "commented";

export function commented(document) {
  if (!globalThis.CSS?.highlights) return;

  function show() {
    CSS.highlights.delete(NAME);
    const beside = document.querySelector("[data-margin-clause] .margin-words");
    const words = document.querySelector(".clause.is-current > .words");
    if (!beside || !words || said(beside).trim() !== said(words).trim()) return;
    const lead = (text) => text.length - text.trimStart().length;
    const shift = lead(said(words)) - lead(said(beside));
    const ranges = [...beside.querySelectorAll("mark.commented")].map((mark) => {
      const marked = document.createRange();
      marked.selectNodeContents(mark);
      const [start, end] = said(beside, marked);
      return rangeOf(words, start + shift, end + shift);
    });
    if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
  }

  document.addEventListener("margin-filled", show);
  document.addEventListener("margin-closed", () => CSS.highlights.delete(NAME));
}
