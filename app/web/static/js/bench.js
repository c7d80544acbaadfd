// The bench shows at once what a tick or a settlement does. The button "Show the merged text" does the same without it.
import { fragment, parsed } from "./fragment.js";

export function bench(document) {
  const form = document.querySelector("[data-bench]");
  if (!form) return;
  let waiting;
  let asked = 0;

  function replace(answer, selector) {
    const [old, fresh] = [form.querySelector(selector), answer.querySelector(selector)];
    if (old && fresh) old.replaceWith(fresh);
  }

  async function show() {
    const number = ++asked;
    const body = new FormData(form);
    body.set("do", "preview");
    const merged = form.querySelector("[data-bench-merged]");
    merged.setAttribute("aria-busy", "true");
    try {
      const { html, status } = await fragment("bench", form.action, { method: "POST", body });
      if (number !== asked) return;
      const answer = parsed(html);
      if (status !== 200 || !answer.querySelector("[data-bench]")) return;
      replace(answer, "[data-bench-merged]");
      replace(answer, "[data-bench-unsettled]");
      replace(answer, "[data-bench-count]");
      for (const fate of answer.querySelectorAll("[data-fate]")) replace(answer, `[data-fate="${fate.dataset.fate}"]`);
      // What somebody is settling stays untouched unless the collisions themselves are others.
      const keys = (root) => root.querySelector("[data-bench-collisions]").dataset.keys;
      if (keys(form) !== keys(answer)) replace(answer, "[data-bench-collisions]");
    } catch {
      // The line is down: the button still sends the whole form.
    } finally {
      merged.setAttribute("aria-busy", "false");
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-own-words]")) {
      event.target.closest(".side").querySelector("[data-own-choice]").checked = true;
    } else if (!event.target.matches("[type=checkbox], [type=radio]")) {
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(show, event.target.matches("textarea") ? 500 : 120);
  });
}
